"""Packs: a therapist, with no account or set-up, puts homework together and passes it on as a link.

What is made holds nothing about a client, and whoever made it hears nothing of what becomes of it.
"""

from dataclasses import replace
from typing import Any

from bot.conversation.buttons import CANCEL, SKIP, addressed, number_in
from bot.conversation.dialogue import Choice, Dialogue, Move, Rows, Say, answer, ask, done, link, stay
from bot.conversation.dialogues import homework
from bot.conversation.dialogues.guided import LONGEST_NAME, named_skill, starters
from bot.conversation.dialogues.onboarding import welcome
from bot.conversation.dialogues.reminders import recurring, suggestions
from bot.conversation.pack_parts import (
    DAYS,
    cue_ideas,
    days_row,
    listed,
    name_of,
    part_at_hand,
    parts_of,
    put_at_hand,
    spelt,
    suggested,
    told,
)
from bot.conversation.turn import Turn
from bot.store.packs import LASTS, OpenPack, PackItem, packed
from bot.texts import FullDay, Text, in_lines, t
from bot.understanding.answers import Unreadable, read_rating

pack = Dialogue("pack")

MOST_PARTS, MOST_PACKS = 6, 20
LONGEST_NOTE, _LONGEST_CUE = 300, 200
_PAGE, _FOUND = 8, 6


@pack.command("pack")
def start(turn: Turn) -> Move:
    """`/pack`: what this is, and the person's own packs; `/pack <code>` opens one."""
    if turn.text:
        return _opened(turn)
    ways = (link("pack:0:new", t("pack.new")),), (link("pack:0:code", t("pack.have_code")),)
    for each in turn.store.packs.of(turn.person.id, turn.now):
        turn.say(Say(_line(turn, each), _buttons(each)))
    return stay(t("pack.what", days=LASTS.days), *ways)


@pack.step
def enter(turn: Turn) -> Move:
    """A code that was asked for."""
    if turn.press is not None or turn.skips:
        return done(t("cancel.done"))
    return _opened(turn)


@pack.press("pack")
def pressed(turn: Turn) -> Move:
    """`pack:0:new|code`, `pack:<pack>:show|page|longer|withdraw|gone`."""
    row_id, what = addressed(turn)
    if what == "code":
        return ask(enter, t("pack.enter"), (CANCEL,))
    if what == "new":
        return _begin(turn)
    found = turn.store.packs.get(turn.person.id, row_id, turn.now)
    if found is None:
        return stay(t("pack.gone"))
    if what == "longer":
        turn.store.packs.keep_longer(found, turn.now)
        return stay(_line(turn, found), *_buttons(found))
    if what == "withdraw":
        sure = link(f"pack:{row_id}:gone", t("pack.withdraw"))
        return stay(t("pack.sure", parts=listed(turn, found.items)), (sure,))
    if what == "gone":
        turn.store.packs.withdraw(found)
        return stay(t("pack.withdrawn"))
    if what == "page":
        return Move((_handout(turn, found),), stay=True)
    return Move((_passed_on(turn, found),), stay=True)


@pack.step
def choose(turn: Turn) -> Move:
    """The skill of a part: tapped, named, looked for, or in the therapist's own words."""
    if turn.press == "stop":
        return _card(turn) if parts_of(turn) else done(t("cancel.done"))
    if turn.press is None:
        skill = named_skill(turn, turn.text)
        return _found(turn) if skill is None else _added(turn, PackItem(skill.id))
    if turn.press == "own" and turn.slots.get("typed"):
        return _added(turn, PackItem(name=turn.slots["typed"]))
    page = number_in(turn.press.removeprefix("page-"))
    if page is not None:
        return _ask_skill(turn, page)
    return _ask_skill(turn) if turn.skill(turn.press) is None else _added(turn, PackItem(turn.press))


@pack.step
def part(turn: Turn) -> Move:
    """What else is said about a part; words are a note on it."""
    if turn.press is None:
        return _noted(turn) if turn.text else _card(turn)
    if turn.press == "stop":
        return done(t("cancel.done"))
    if turn.press == "out":
        return _taken_out(turn)
    number = number_in(turn.press.removeprefix("at-"))
    if number is not None and number < len(parts_of(turn)):
        turn.slots["at"] = number
        return _card(turn)
    asks = {"days": _ask_days, "when": _ask_when, "cue": _ask_cue, "note": _ask_note}
    asks |= {"more": _ask_skill, "see": _seen}
    return asks[turn.press](turn) if turn.press in asks else _card(turn)


@pack.step
def days(turn: Turn) -> Move:
    """On how many days a week."""
    number = read_rating(turn.press or turn.text)
    if turn.skips:
        return _card(turn)
    if isinstance(number, Unreadable) or number not in DAYS:
        return _ask_days(turn)
    return _changed(turn, target_days=number)


@pack.step
def when(turn: Turn) -> Move:
    """At what times."""
    if turn.skips:
        return _card(turn)
    read = recurring(turn)
    if isinstance(read, list):
        return _changed(turn, rules=[suggested(each) for each in read])
    said, rows = read
    return ask(when, said, *rows[:-1], (SKIP,))


@pack.step
def cue(turn: Turn) -> Move:
    """After or while what."""
    if turn.skips:
        return _card(turn)
    ideas = cue_ideas(turn, turn.skill(part_at_hand(turn).skill))
    number = number_in((turn.press or "").removeprefix("cue-"))
    tapped = ideas[number] if number is not None and number < len(ideas) else ""
    words = tapped if turn.press is not None else " ".join(turn.text.split())[:_LONGEST_CUE]
    return _changed(turn, cue=words) if words else _ask_cue(turn)


@pack.step
def note(turn: Turn) -> Move:
    """What else the client should know about it."""
    return _card(turn) if turn.skips or turn.press is not None else _noted(turn)


@pack.step
def preview(turn: Turn) -> Move:
    """Makes the link, or goes back."""
    if turn.press == "stop":
        return done(t("cancel.done"))
    if turn.press == "change":
        return _card(turn)
    if turn.press != "make":
        return _seen(turn)
    if len(turn.store.packs.of(turn.person.id, turn.now)) >= MOST_PACKS:
        return ask(preview, t("pack.full", most=MOST_PACKS), *_MAKE)
    made = turn.store.packs.make(turn.person.id, parts_of(turn), turn.now)
    return Move((_passed_on(turn, made),))


_MAKE: Rows = (
    (answer("make", t("pack.make")),),
    (answer("change", t("pack.change")), CANCEL),
)


def _opened(turn: Turn) -> Move:
    """Opens a pack; whoever has yet to agree hears first what Limber is."""
    return homework.opened(turn, turn.text) if turn.agreed else welcome(turn, turn.text)


def _begin(turn: Turn) -> Move:
    turn.party.talk.slots = {"pack": [], "at": 0}
    return _ask_skill(turn)


def _changed(turn: Turn, **parts: Any) -> Move:
    """Writes what was said about the part at hand, and shows all there is."""
    put_at_hand(turn, replace(part_at_hand(turn), **parts))
    return _card(turn)


def _added(turn: Turn, item: PackItem) -> Move:
    items = [*parts_of(turn), item]
    turn.slots["pack"], turn.slots["at"] = packed(items), len(items) - 1
    return _card(turn)


def _taken_out(turn: Turn) -> Move:
    items = parts_of(turn)
    del items[turn.slots["at"]]
    turn.slots["pack"], turn.slots["at"] = packed(items), max(0, len(items) - 1)
    return _card(turn) if items else _ask_skill(turn)


def _noted(turn: Turn) -> Move:
    words = turn.text.strip()
    if len(words) > LONGEST_NOTE:
        return ask(note, t("pack.note_length", most=LONGEST_NOTE, length=len(words)), (SKIP,))
    return _changed(turn, instruction=words)


def _ask_skill(turn: Turn, page: int = 0) -> Move:
    """Skills to tap, the easy ones first, a page at a time."""
    every = (turn.named(each) for each in turn.library.content.skills(turn.person.language))
    skills = list({each.id: each for each in (*starters(turn), *every)}.values())
    rows = tuple(
        (answer(each.id, t("words", words=each.name)),) for each in skills[page * _PAGE : (page + 1) * _PAGE]
    )
    back = (answer(f"page-{page - 1}", t("button.back")),) if page else ()
    more = (answer(f"page-{page + 1}", t("skills.more")),) if (page + 1) * _PAGE < len(skills) else ()
    return ask(choose, t("pack.which"), *rows, (*back, *more, CANCEL))


def _found(turn: Turn) -> Move:
    """What the words may mean; they may stand as they are."""
    words = " ".join(turn.text.split())[:LONGEST_NAME]
    if not words:
        return _ask_skill(turn)
    turn.slots["typed"] = words
    skills = turn.library.content.search(words, turn.person.language)[:_FOUND]
    rows = tuple((answer(each.id, t("words", words=each.name)),) for each in skills)
    own = answer("own", t("pack.own"))
    return ask(choose, t("pack.found", words=words), *rows, (own,), (CANCEL,))


def _card(turn: Turn) -> Move:
    """All parts so far, and what can be said about the one at hand."""
    items = parts_of(turn)
    if not items:
        return done(t("help.lost_place"))
    at = name_of(turn, part_at_hand(turn))
    said = in_lines([t("pack.so_far"), *(told(turn, each) for each in items), t("pack.at", name=at)])
    words = () if turn.incoming.taps_only else (answer("note", t("pack.note")),)
    others = tuple(
        answer(f"at-{number}", t("pack.other", name=name_of(turn, each)))
        for number, each in enumerate(items)
        if number != turn.slots["at"]
    )
    more = (answer("more", t("pack.more")),) if len(items) < MOST_PARTS else ()
    return ask(
        part,
        said,
        (answer("days", t("pack.days")), answer("when", t("pack.when"))),
        (answer("cue", t("pack.cue")), *words),
        *((each,) for each in others),
        (*more, answer("out", t("pack.out"))),
        (answer("see", t("pack.see")),),
        (CANCEL,),
    )


def _ask_days(turn: Turn) -> Move:
    return ask(days, t("pack.ask_days", name=name_of(turn, part_at_hand(turn))), days_row(), (SKIP,))


def _ask_when(turn: Turn) -> Move:
    said = t("pack.ask_when", name=name_of(turn, part_at_hand(turn)))
    return ask(when, said, *suggestions()[:-1], (SKIP,))


def _ask_cue(turn: Turn) -> Move:
    ideas = cue_ideas(turn, turn.skill(part_at_hand(turn).skill))
    rows = tuple((answer(f"cue-{number}", t("words", words=idea)),) for number, idea in enumerate(ideas))
    return ask(cue, t("pack.ask_cue", name=name_of(turn, part_at_hand(turn))), *rows, (SKIP,))


def _ask_note(turn: Turn) -> Move:
    return ask(note, t("pack.ask_note", name=name_of(turn, part_at_hand(turn)), most=LONGEST_NOTE), (SKIP,))


def _seen(turn: Turn) -> Move:
    """Exactly what the client will see."""
    turn.say(Say(t("pack.preview")))
    for each in homework.texts(turn, parts_of(turn)):
        turn.say(Say(each))
    return ask(preview, t("pack.make_it", days=LASTS.days), *_MAKE)


def _passed_on(turn: Turn, made: OpenPack) -> Say:
    """The link of a pack as a QR code and in words, and the code for where links don't lead."""
    address = turn.library.doors.link(made.code)
    key = "pack.code" if address is None else "pack.link"
    said = t(key, link=address or "", code=spelt(made.code), day=_last_day(turn, made))
    picture = {"kind": "qr", "link": address} if address is not None else None
    page = link(f"pack:{made.row.id}:page", t("pack.page"))
    return Say(said, ((page,), (link("c:pack", t("pack.mine")),)), picture=picture)


def _handout(turn: Turn, made: OpenPack) -> Say:
    """The pack as a page to print."""
    asked = {
        "kind": "pack",
        "link": turn.library.doors.link(made.code),
        "code": spelt(made.code),
        "last": _last_day(turn, made).on.isoformat(),
        "today": turn.local_now.date().isoformat(),
        "items": packed(made.items),
    }
    return Say(t("pack.page_here"), document=asked)


def _line(turn: Turn, each: OpenPack) -> Text:
    return t("pack.line", parts=listed(turn, each.items), day=_last_day(turn, each))


def _last_day(turn: Turn, each: OpenPack) -> FullDay:
    return FullDay(each.row.expires_at.astimezone(turn.zone).date())


def _buttons(each: OpenPack) -> tuple[tuple[Choice, ...], ...]:
    at = f"pack:{each.row.id}"
    return (
        (link(f"{at}:show", t("pack.show")),),
        (link(f"{at}:longer", t("pack.longer")), link(f"{at}:withdraw", t("pack.withdraw"))),
    )
