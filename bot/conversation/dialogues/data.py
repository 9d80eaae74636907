"""The person's own data: what is kept, by which consent, all of it in a file, and its end."""

from bot.conversation.buttons import addressed
from bot.conversation.consents import AFTER_CARD, RECORDS, WORDS, agree, withdraw
from bot.conversation.dialogue import Choice, Dialogue, Move, Rows, Say, answer, ask, done, link, stay
from bot.conversation.dialogues.crisis import forget_look_in
from bot.conversation.forgetting import forget_words
from bot.conversation.homes import home, readers, who_reads
from bot.conversation.turn import Turn
from bot.texts import Day, Listing, Text, t

data = Dialogue("data")


@data.command("privacy")
def privacy(turn: Turn) -> Move:
    """What is kept, where, who can read it, who runs this; and, for who agreed, the switches."""
    operator = turn.library.operator_name
    said = t(
        "privacy.text",
        operator=operator or t("privacy.no_operator"),
        contact=turn.library.operator_contact or t("privacy.no_contact"),
        platform=who_reads(turn.incoming.platform),
        readers=readers(turn.incoming.platform),
    )
    if not turn.agreed:
        return stay(said)
    turn.say(Say(said))
    return stay(_where_it_stands(turn), *_switches(turn))


@data.press("y")
def switched(turn: Turn) -> Move:
    """`y:0:<consent>-on`, `y:0:<consent>-off`, `y:0:words-erase`: has effect at once."""
    _, what = addressed(turn)
    if what == "words-erase":
        return _erase_words(turn)
    kind, _, way = what.partition("-")
    if kind not in (WORDS, AFTER_CARD) or way not in ("on", "off") or not turn.agreed:
        return stay(t("help.old_button"))
    if way == "on":
        agree(turn, kind)
    else:
        withdraw(turn, kind)
    if turn.incoming.pressed is not None:
        turn.say(Say(_where_it_stands(turn), _switches(turn), edits=turn.incoming.pressed.message_ref))
    return stay(t(f"privacy.{kind}_{way}"), *_to_do(turn, kind, way))


@data.command("export")
def export(turn: Turn) -> Move:
    """Everything, as a JSON file, written when it is sent."""
    turn.store.people.note(turn.person, "export", turn.now)
    turn.say(Say(t("export.here"), document={"kind": "export"}))
    return Move(stay=True)


@data.command("keep")
def keep(turn: Turn) -> Move:
    """A sign of life after a warning that silence ends in erasure; any other would do."""
    return stay(t("retention.kept"))


@data.command("delete")
def delete(turn: Turn) -> Move:
    """Asks once."""
    homes = turn.store.people.accounts(turn.person.id)
    asked = t("delete.ask")
    if len(homes) > 1:
        named = Listing(tuple(home(each.platform) for each in homes))
        asked = t("two_lines", first=asked, second=t("delete.every_home", homes=named))
    return ask(
        confirm,
        asked,
        (answer("delete", t("button.delete_everything")),),
        (answer("keep", t("button.keep")), link("c:export", t("button.export_first"))),
    )


@data.step
def confirm(turn: Turn) -> Move:
    """Erases everything, or nothing."""
    if turn.press == "delete":
        turn.erased = True
        return done(t("delete.done"))
    if turn.press == "keep":
        return done(t("delete.kept"))
    return ask(
        confirm,
        t("delete.tap"),
        (answer("delete", t("button.delete_everything")), answer("keep", t("button.keep"))),
    )


def _where_it_stands(turn: Turn) -> Text:
    said = t("privacy.switches")
    for kind in _kinds(turn):
        given = turn.consents.get(kind)
        state = t("privacy.since", day=Day(given.given_at.date())) if given else t("privacy.not_given")
        said = t("two_lines", first=said, second=t("privacy.line", what=t(f"privacy.{kind}"), state=state))
    return said


def _switches(turn: Turn) -> Rows:
    switches = tuple((_switch(turn, kind),) for kind in _kinds(turn) if kind != RECORDS)
    ends = (link("c:export", t("button.export")), link("c:delete", t("privacy.button_records_off")))
    return *switches, ends


def _kinds(turn: Turn) -> tuple[str, ...]:
    """Words can't be written where only taps are taken, so there is nothing to agree to."""
    return (RECORDS, AFTER_CARD) if turn.incoming.taps_only else (RECORDS, WORDS, AFTER_CARD)


def _switch(turn: Turn, kind: str) -> Choice:
    way = "off" if kind in turn.consents else "on"
    return link(f"y:0:{kind}-{way}", t(f"privacy.button_{kind}_{way}"))


def _to_do(turn: Turn, kind: str, way: str) -> Rows:
    """What follows from a switch, and what may be wanted next."""
    if kind == WORDS and way == "off":
        forget_words(turn.party.talk)
    if kind == AFTER_CARD and way == "off":
        forget_look_in(turn)
    if kind == WORDS and way == "off" and turn.store.practices.reflections(turn.person.id):
        return ((link("y:0:words-erase", t("privacy.button_erase_words")),),)
    return ()


def _erase_words(turn: Turn) -> Move:
    """The words kept so far, and the page's own copy of the talk with them."""
    count = turn.store.practices.forget_all_words(turn.person.id)
    forget_words(turn.party.talk)
    turn.store.transcripts.forget(turn.person.id)
    turn.scrubs = True
    return stay(t("privacy.words_erased", n=count))
