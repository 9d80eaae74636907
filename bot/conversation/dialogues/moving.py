"""Bringing a record along: a file that was sent is looked at, told, and taken in on a word."""

import base64
import zlib

from bot.conversation.buttons import CANCEL
from bot.conversation.consents import WORDS
from bot.conversation.dialogue import Dialogue, Move, answer, ask, done, link, stay
from bot.conversation.dialogues.crisis import lines
from bot.conversation.scheduling import reschedule
from bot.conversation.turn import Turn
from bot.errors import InvalidInputError
from bot.portable.arriving import LARGEST, arrive, read, texts_in
from bot.portable.bundle import unpacked
from bot.portable.models import Record
from bot.safety.detection import calls_for_card
from bot.texts import FullDay, Listing, Text, t

moving = Dialogue("moving")

_TOLD = (
    *("practices", "reflections", "plans", "goals", "reminders"),
    *("sessions", "slips", "check_ins", "letters"),
)
_LARGEST_HELD = 4_000_000


@moving.command("import")
def start(turn: Turn) -> Move:
    """`/import`: how to bring a record along."""
    return stay(t("import.ask"))


@moving.step
def arrived(turn: Turn) -> Move:
    """A file: what would come of it, to be confirmed. Words that sound like danger bring the lines first."""
    sent = turn.incoming.document
    try:
        if sent is None or sent.content is None:
            raise InvalidInputError("import.too_large", most=LARGEST // 1_000_000)
        content = unpacked(sent.content)
        record = read(content, turn.now)
        held = _held(content)
    except InvalidInputError as error:
        return stay(t(error.key, **error.arguments))
    texts = texts_in(record)
    if texts and WORDS not in turn.consents:
        return stay(t("import.words_first"), (link("c:privacy", t("import.to_privacy")),))
    if any(map(calls_for_card, set(texts))):
        for say in lines(turn).says:
            turn.say(say)
    turn.party.talk.slots = {"record": held}
    return ask(confirm, _preview(record), (answer("take", t("import.take")),), (CANCEL,))


@moving.step
def confirm(turn: Turn) -> Move:
    """Takes everything in, or nothing."""
    if turn.press == "stop" or turn.skips:
        return done(t("import.left"))
    if turn.press != "take":
        return ask(confirm, t("import.tap"), (answer("take", t("import.take")),), (CANCEL,))
    record = read(zlib.decompress(base64.b64decode(turn.slots["record"])), turn.now)
    language = record.you.language if record.you.language in turn.library.languages else turn.person.language
    came = arrive(turn.store, turn.person, record, language)
    reschedule(turn)
    turn.store.people.note(turn.person, "import", turn.now)
    if not any(came.values()):
        return done(t("import.nothing_new"))
    parts = _counted(came)
    return done(t("import.done", parts=parts), buttons=((link("c:progress", t("button.progress")),),))


def _held(content: bytes) -> str:
    """The record as it waits for the answer, sealed with the conversation."""
    held = base64.b64encode(zlib.compress(content)).decode()
    if len(held) > _LARGEST_HELD:
        raise InvalidInputError("import.too_large", most=LARGEST // 1_000_000)
    return held


def _preview(record: Record) -> Text:
    parts = _counted({name: len(getattr(record, name)) for name in _TOLD})
    days = [practice.day for practice in record.practices] + [note.day for note in record.reflections]
    if not days:
        return t("import.preview", parts=parts)
    return t("import.preview_days", parts=parts, first=FullDay(min(days)), last=FullDay(max(days)))


def _counted(counts: dict[str, int]) -> Listing | Text:
    told = tuple(t(f"import.{name}", n=counts[name]) for name in _TOLD if counts.get(name))
    return Listing(told) if told else t("import.nothing")
