"""A pack on paper: the homework in words, with the code that opens it, for a client to take along."""

from collections.abc import Callable
from datetime import date

from bot.content.loader import Content
from bot.conversation.pack_parts import lines
from bot.pictures.qr import matrix_of
from bot.reports.paper import Block, Paper
from bot.store.packs import PackItem
from bot.texts import FullDay, Text, t


def handout_of(
    items: list[PackItem],
    *,
    link: str | None,
    code: str,
    last: date,
    today: date,
    content: Content,
    language: str,
    plain: Callable[[Text], str],
) -> Paper:
    """One page, or two of long homework. `code` is as it is typed, `last` the day until which it is good."""

    def part(number: int, item: PackItem) -> Block:
        skill = content.skill(item.skill, language) if item.skill is not None else None
        name = skill.name if skill is not None else item.name
        told = [plain(line) for line in lines(item, skill, today)]
        if skill is not None and skill.caution:
            told.append(plain(t("homework.caution", caution=skill.caution)))
        return Block(f"{number}. {name}", tuple(told))

    opening = [t("handout.scan"), t("handout.link", link=link)] if link is not None else []
    opening += [t("handout.code", code=code), t("handout.one_way")]
    return Paper(
        title=plain(t("handout.title")),
        subtitle=plain(t("handout.until", day=FullDay(last))),
        language=language,
        footer=plain(t("handout.footer")),
        overview=(
            *(part(number, item) for number, item in enumerate(items, 1)),
            Block(
                plain(t("handout.open")),
                tuple(plain(line) for line in opening),
                squares=matrix_of(link) if link is not None else (),
            ),
        ),
        appendix=(),
    )
