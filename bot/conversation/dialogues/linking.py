"""One person, several homes: a code made at one is entered at the other; either goes on with the record.

The record that goes on is that of the home where the code was made: a record can be ended from its own home
alone, so nobody who gets hold of a code can end somebody else's.
"""

from bot.conversation.buttons import CANCEL, addressed
from bot.conversation.dialogue import Choice, Dialogue, Move, Rows, Say, answer, ask, done, link, stay
from bot.conversation.homes import home
from bot.conversation.turn import Turn
from bot.store.links import LASTS, count_wrong, may_try, normalised
from bot.store.people import picked
from bot.store.tables import Account
from bot.texts import Listing, Text, t

linking = Dialogue("link")

_GROUP = 4


@linking.command("link")
def start(turn: Turn) -> Move:
    """`/link`: the person's homes, and a code for another; `/link <code>` enters one."""
    if turn.text:
        return _entered(turn)
    if not turn.agreed:
        return _ask_code(t("link.enter"))
    homes = _homes(turn)
    if len(homes) == 1:
        return stay(t("link.what"), *_ways_in())
    nudged = max(homes, key=picked)
    said = t("link.homes", homes=_named(homes), nudged=home(nudged.platform))
    return stay(said, *(_about(each, nudged) for each in homes), *_ways_in())


@linking.command("unlink")
def leave(turn: Turn) -> Move:
    """`/unlink`: which home is to be none any more."""
    homes = _homes(turn)
    if len(homes) == 1:
        return stay(
            t("link.alone"), (link("c:link", t("button.link")), link("c:delete", t("button.delete_all")))
        )
    return stay(t("link.leave_which"), *((_unlink(each),) for each in homes))


@linking.step
def enter(turn: Turn) -> Move:
    """A code that was asked for."""
    if turn.press is not None or turn.skips:
        return done(t("cancel.done"))
    return _entered(turn)


@linking.step
def confirm(turn: Turn) -> Move:
    """Links, or leaves everything as it was."""
    if turn.press != "link":
        return done(t("cancel.done")) if turn.press == "stop" or turn.skips else _preview(turn)
    owner = turn.store.links.use(turn.slots["code"], turn.now)
    if owner is None:
        return done(t("link.over"))
    here = turn.party.account
    if len(_homes(turn)) == 1:
        turn.store.packs.hand_over(turn.person.id, owner)
    turn.party = turn.store.people.join(turn.party, owner, turn.now)
    turn.store.people.note(turn.person, "link", turn.now)
    others = [each for each in _homes(turn) if each.id != here.id]
    for each in others:
        turn.tell(
            each, Say(t("link.made_there", home=home(here.platform)), ((link("c:link", t("button.homes")),),))
        )
    said = t("link.made", home=_named(others), nudged=home(max(_homes(turn), key=picked).platform))
    return Move((Say(said, _pick_rows(turn)),), stay=True, quiet=True)


@linking.press("home")
def pressed(turn: Turn) -> Move:
    """`home:<account>:nudges|unlink`, `home:0:code|enter`."""
    number, what = addressed(turn)
    if what == "code":
        return _make(turn)
    if what == "enter":
        return _ask_code(t("link.enter"))
    chosen = next((each for each in _homes(turn) if each.id == number), None)
    if chosen is None or what not in ("nudges", "unlink"):
        return stay(t("help.old_button"))
    if what == "unlink":
        return _part(turn, chosen)
    chosen.picked_at = turn.now
    return stay(t("link.nudged", home=home(chosen.platform)))


def _make(turn: Turn) -> Move:
    code = turn.store.links.make(turn.person.id, turn.now)
    shown = "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))
    return stay(t("link.code", code=shown, minutes=int(LASTS.total_seconds() // 60)))


def _entered(turn: Turn) -> Move:
    """Looks a code up; wrong ones are counted, and too many shut the door for a while."""
    account = turn.party.account
    if not may_try(account, turn.now):
        return done(t("link.slow"))
    code = normalised(turn.text)
    owner = turn.store.links.owner(code, turn.now)
    if owner is None:
        count_wrong(account, turn.now)
        return _ask_code(t("link.unknown"))
    if owner == turn.person.id:
        return done(t("link.same"))
    if any(each.platform == account.platform for each in turn.store.people.accounts(owner)):
        return done(t("link.taken", home=home(account.platform)))
    turn.slots["code"] = code
    return _preview(turn)


def _preview(turn: Turn) -> Move:
    """What linking would show here and do; asked before anything happens."""
    owner = turn.store.links.owner(turn.slots["code"], turn.now)
    if owner is None:
        return done(t("link.over"))
    theirs = _named(turn.store.people.accounts(owner))
    said = t("link.preview", homes=theirs, record=_record(turn, owner))
    yes, rows = t("link.yes"), []
    if turn.agreed:
        key = "link.stays_elsewhere" if len(_homes(turn)) > 1 else "link.ends_here"
        said = t("two_lines", first=said, second=t(key, record=_record(turn, turn.person.id), homes=theirs))
        yes = t("link.yes" if len(_homes(turn)) > 1 else "link.yes_ending")
        rows = [(link("c:export", t("button.export_first")),)]
    return ask(confirm, said, *rows, (answer("link", yes),), (CANCEL,))


def _record(turn: Turn, person_id: int) -> Text:
    """How much a record holds."""
    practices = turn.store.practices
    return t("link.record", practices=practices.count(person_id), notes=len(practices.reflections(person_id)))


def _part(turn: Turn, chosen: Account) -> Move:
    homes = _homes(turn)
    if len(homes) == 1:
        return leave(turn)
    rest = _named([each for each in homes if each.id != chosen.id])
    turn.store.people.note(turn.person, "unlink", turn.now)
    turn.part(chosen, Say(t("link.parted", homes=rest)))
    if turn.parted:
        return Move(stay=True, quiet=True)
    return stay(t("link.parted_there", home=home(chosen.platform)))


def _homes(turn: Turn) -> list[Account]:
    return turn.store.people.accounts(turn.person.id)


def _named(homes: list[Account]) -> Listing:
    return Listing(tuple(home(each.platform) for each in homes))


def _ask_code(said: Text) -> Move:
    return ask(enter, said, (CANCEL,))


def _ways_in() -> Rows:
    return ((link("home:0:code", t("link.make_code")), link("home:0:enter", t("link.have_code"))),)


def _about(each: Account, nudged: Account) -> tuple[Choice, ...]:
    nudge = link(f"home:{each.id}:nudges", t("link.nudge_here", home=home(each.platform)))
    return (_unlink(each),) if each.id == nudged.id else (nudge, _unlink(each))


def _unlink(each: Account) -> Choice:
    return link(f"home:{each.id}:unlink", t("link.unlink", home=home(each.platform)))


def _pick_rows(turn: Turn) -> Rows:
    """Where nudges are to come; asked right after linking."""
    return (
        tuple(
            link(f"home:{each.id}:nudges", t("link.nudge_here", home=home(each.platform)))
            for each in _homes(turn)
        ),
    )
