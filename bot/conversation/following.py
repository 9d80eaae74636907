"""Follows a move: what was said is worded and put in the outbox, the conversation is written back."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.conversation.dialogue import Move, Say
from bot.conversation.homes import Mask, home, phrases
from bot.conversation.messages import Wire
from bot.conversation.rendering import Rendering
from bot.conversation.turn import Turn
from bot.texts import Catalogues, t


@dataclass
class Aftermath:
    """What is to be done once a turn is durable: other platforms to wake, and last words at homes that are
    none any more, by platform and address. With `scrub`, what the database's files remember is to go.
    `keeps` says whether the words of the update may be kept and shown again.
    """

    platforms: set[str] = field(default_factory=set)
    last_words: dict[tuple[str, str], list[Wire]] = field(default_factory=dict)
    scrub: bool = False
    keeps: bool = False


class Following:
    """Writes what a step changed and said, within its transaction."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues
        self._rendering = Rendering(catalogues)

    def follow(self, turn: Turn, move: Move) -> Aftermath:
        """Writes what the step changed and said."""
        says = [*turn.said, *move.says]
        if turn.erased:
            return self._erase(turn, says)
        if turn.parted:
            turn.store.people.keep(turn.party.talk)
            return self._part(turn, says)
        talk = turn.party.talk
        if talk.row.step is not None:
            turn.store.outbox.drop_beats(turn.person.id)
        if not move.stay:
            talk.row.version += 1
            talk.row.step = move.step
            talk.row.dialogue = move.step.split(".")[0] if move.step else None
            talk.row.asked_at = turn.now if move.step else None
        says = [self._here(turn, say) for say in says]
        wires = self._worded(turn, [say for say in says if not say.beat])
        self._tidy_pressed(turn, says)
        for wire in wires:
            turn.store.outbox.add(turn.party.account, wire.packed(), turn.now)
        self._schedule(turn, [say for say in says if say.beat])
        self._remember_question(turn, move, wires)
        turn.store.people.keep(talk)
        return self._part(turn, [])

    def _erase(self, turn: Turn, says: list[Say]) -> Aftermath:
        """Ends everything of the person; every home of theirs hears it."""
        after = self._part(turn, says)
        for account in turn.store.people.accounts(turn.person.id):
            if account.id != turn.party.account.id:
                key = account.platform, turn.store.people.address(account)
                after.last_words[key] = self._worded(turn, list(says), taps_only=account.taps_only)
        turn.store.people.erase(turn.person, turn.now)
        return after

    def _part(self, turn: Turn, says: list[Say]) -> Aftermath:
        """Tells other homes, and words what is said last where there is none any more; `says` is for here."""
        after = Aftermath(scrub=turn.erased)
        for account, say in turn.told:
            (wire,) = self._worded(turn, [say], taps_only=account.taps_only)
            turn.store.outbox.add(account, wire.packed(), turn.now)
            after.platforms.add(account.platform)
        for last in turn.last_words:
            wires = self._worded(turn, [last.say], taps_only=last.taps_only)
            after.last_words.setdefault((last.platform, last.address), []).extend(wires)
        if says:
            key = turn.incoming.platform, turn.incoming.address
            after.last_words.setdefault(key, []).extend(self._worded(turn, says))
        return after

    def _here(self, turn: Turn, say: Say) -> Say:
        """What is said here: files hold the person's words, and so go to a home that takes them."""
        if not turn.wordless or say.document is None:
            return say
        other = turn.store.people.home_for_words(turn.person.id)
        if other is None:
            return Say(t("link.words_stay_out"))
        turn.tell(other, say)
        return Say(t("link.sent_there", home=home(other.platform)))

    def _schedule(self, turn: Turn, says: list[Say]) -> None:
        """Puts the beats of a timed step in the outbox, each with its time."""
        for say in says:
            due, stands = say.beat or (0, 0)
            due_at = turn.now + timedelta(seconds=due)
            (wire,) = self._worded(turn, [say])
            expires_at = due_at + timedelta(seconds=stands)
            turn.store.outbox.add(turn.party.account, wire.packed(), due_at, expires_at=expires_at)

    def _worded(self, turn: Turn, says: list[Say], *, taps_only: bool | None = None) -> list[Wire]:
        """The messages, worded for here, or for a home of which `taps_only` is told."""
        language, version = turn.person.language, turn.party.talk.row.version
        taps_only = turn.incoming.taps_only if taps_only is None else taps_only
        pressed = turn.incoming.pressed
        captioned = pressed.message_ref if pressed is not None and pressed.captioned else None
        wires = [
            self._rendering.wire(
                say, language, version, captioned=say.edits == captioned is not None, taps_only=taps_only
            )
            for say in says
        ]
        if not (taps_only and turn.person.has_written):
            return wires
        talk = turn.party.talk
        opened = [value for whose, value in turn.store.words.opened if whose == turn.person.id]
        left_open = [*phrases(talk.slots), *phrases(talk.undo), *phrases(talk.aside)]
        mask = Mask([*opened, *left_open], self._catalogues.plain(t("home.your_words"), language))
        return [mask.wire(wire) for wire in wires]

    def _remember_question(self, turn: Turn, move: Move, wires: list[Wire]) -> None:
        talk = turn.party.talk
        if not move.stay:
            question = replace(wires[-1], edits=None) if move.step and wires else None
            talk.question = [question.packed()] if question else []
            talk.asked_on = turn.incoming.platform
            if move.step is None:
                talk.slots = {}
            return
        if move.quiet or not talk.question:
            return
        if turn.wordless and talk.asked_on not in ("", turn.incoming.platform):
            (elsewhere,) = self._worded(turn, [Say(t("link.asked_there", home=home(talk.asked_on)))])
            turn.store.outbox.add(turn.party.account, elsewhere.packed(), turn.now)
            return
        talk.row.asked_at = turn.now
        for packed in talk.question:
            turn.store.outbox.add(turn.party.account, packed, turn.now)

    def _tidy_pressed(self, turn: Turn, says: list[Say]) -> None:
        """Turns the buttons of a pressed message into the choice made, unless the step edited it itself."""
        pressed = turn.incoming.pressed
        if pressed is None or any(say.edits == pressed.message_ref for say in says):
            return
        turn.store.outbox.add(turn.party.account, self._rendering.pressed(pressed).packed(), turn.now)
