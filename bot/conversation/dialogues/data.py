"""The person's own data: what is kept, all of it in a file, and its end."""

from bot.conversation.dialogue import Dialogue, Move, Say, answer, ask, done, link, stay
from bot.conversation.homes import home, who_reads
from bot.conversation.turn import Turn
from bot.texts import Listing, t

data = Dialogue("data")


@data.command("privacy")
def privacy(turn: Turn) -> Move:
    """What is kept, where, who can read it, who runs this."""
    operator = turn.library.operator_name
    said = t(
        "privacy.text",
        operator=operator or t("privacy.no_operator"),
        contact=turn.library.operator_contact or t("privacy.no_contact"),
        platform=who_reads(turn.incoming.platform),
    )
    return stay(said, (link("c:export", t("button.export")), link("c:delete", t("button.delete_all"))))


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
