"""What a person agrees to: three things apart, each with the version of the text that asked for it.

A changed text asks for more than was agreed to: raise its version with it (a test holds them together).
"""

from bot.conversation.turn import Turn

RECORDS, WORDS, AFTER_CARD = "records", "words", "after_card"
"""Practices and all that belongs to them; what is written about them; the look-in the day after a card."""

VERSIONS = {"telegram": 2, "local": 2, "discord": 2}
"""By platform: each has a text of its own, since each says who else can read along there."""
_FIRST = 1


def agree(turn: Turn, *kinds: str) -> None:
    """Notes consents, in force from now on."""
    platform = turn.incoming.platform
    for kind in kinds:
        if kind in turn.consents:
            continue
        version = VERSIONS.get(platform, _FIRST)
        turn.consents[kind] = turn.store.people.agree(turn.person.id, kind, version, turn.now, platform)
        turn.store.people.note(turn.person, "consent", turn.now)


def withdraw(turn: Turn, kind: str) -> None:
    """Ends a consent, from now on."""
    turn.consents.pop(kind, None)
    turn.store.people.withdraw(turn.person.id, kind, turn.now)
    turn.store.people.note(turn.person, "withdrawal", turn.now)
