"""The parts of a pack as they are told: the same words to whoever makes one and to whoever opens it."""

from datetime import UTC, date, time

from bot.content.loader import Skill
from bot.conversation.dialogue import Choice, answer
from bot.conversation.scheduling import rule_told
from bot.conversation.turn import Turn
from bot.practice.schedule import Rule
from bot.store.packs import PackItem, Suggested, packed, unpacked
from bot.texts import Listing, Text, in_lines, t
from bot.understanding.times import Recurring

DAYS = range(1, 8)
_GROUP = 4


def parts_of(turn: Turn) -> list[PackItem]:
    """The parts of the pack that the conversation is about."""
    return unpacked(turn.slots.get("pack", []))


def part_at_hand(turn: Turn) -> PackItem:
    """The one of them that was asked about."""
    at: int = turn.slots["at"]
    return parts_of(turn)[at]


def put_at_hand(turn: Turn, item: PackItem) -> None:
    """Puts another in its place."""
    items = parts_of(turn)
    items[turn.slots["at"]] = item
    turn.slots["pack"] = packed(items)


def days_row() -> tuple[Choice, ...]:
    """How many days a week there are to choose from."""
    return tuple(answer(f"{number}", t("number", number=number)) for number in DAYS)


def name_of(turn: Turn, item: PackItem) -> str:
    """What a part is called."""
    skill = turn.skill(item.skill)
    return skill.name if skill is not None else item.name


def told(turn: Turn, item: PackItem) -> Text:
    """A part with all that is suggested for it, a line each."""
    skill = turn.skill(item.skill) if not turn.incoming.taps_only else None
    name = t("pack.part", name=name_of(turn, item))
    return in_lines([name, *lines(item, skill, turn.local_now.date())])


def lines(item: PackItem, skill: Skill | None, today: date) -> list[Text]:
    """What is suggested for a part, a line each; first, where the `skill` is given, what it is for."""
    rules = Listing(tuple(_rule_told(each, today) for each in item.rules))
    told_lines = [t("words", words=skill.purpose)] if skill is not None else []
    told_lines += [t("pack.part_days", n=item.target_days)] if item.target_days is not None else []
    told_lines += [t("pack.part_times", rules=rules)] if item.rules else []
    told_lines += [t("pack.part_cue", cue=item.cue)] if item.cue else []
    return told_lines + ([t("pack.part_note", words=item.instruction)] if item.instruction else [])


def listed(turn: Turn, items: list[PackItem]) -> Listing:
    """The names of the parts."""
    return Listing(tuple(name_of(turn, each) for each in items))


def suggested(rule: Recurring) -> Suggested:
    """A rule as it waits in a pack: without its first day, which is that of whoever takes it up."""
    until = rule.until.isoformat("minutes") if rule.until is not None else None
    return Suggested(rule.days, ",".join(each.isoformat("minutes") for each in rule.times), until)


def recurring(rule: Suggested, today: date) -> Recurring:
    """A suggested rule, from today on."""
    until = time.fromisoformat(rule.until) if rule.until is not None else None
    return Recurring(rule.days, _times(rule), today, until)


def spelt(code: str) -> str:
    """A code as it is read out and typed: in groups of four."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def cue_ideas(turn: Turn, skill: Skill | None) -> list[str]:
    """After or while what a skill may fit: its own ideas, or those for all."""
    return list(skill.cue_ideas if skill is not None else turn.library.content.cues(turn.person.language))[:4]


def _rule_told(rule: Suggested, today: date) -> Text:
    meant = recurring(rule, today)
    return rule_told(Rule(meant.days, meant.times, meant.starts), UTC, meant.until)


def _times(rule: Suggested) -> tuple[time, ...]:
    return tuple(time.fromisoformat(each) for each in rule.times.split(","))
