"""With no, one, two or six practices everything says something true and useful, and nothing too much."""

import pytest

from bot.store.unit import Store
from tests.chat import PLATFORM, Chat, Someone
from tests.lives import begun

TOO_MUCH = ("Momentum", "habit", "usually", "Usually", "average", "median", " 0 days", " 0 minutes", "None")
PICTURED = {
    *((f"/progress {window}", count) for window in ("month", "year") for count in (1, 2, 6)),
    *(("/progress week", count) for count in (2, 6)),
    ("/year", 6),
}
"""Where a picture has something on it: the first of one practice was eight days ago."""
COMMANDS = ("/progress week", "/progress month", "/progress year", "/review", "/brief", "/year", "/report")


@pytest.mark.parametrize(
    ("count", "progress", "brief", "year", "report"),
    [
        (0, "No practice logged yet", "No practice logged since", "from 5 practices on", "No practice was"),
        (
            1,
            "The first one is logged",
            "Practised 1 time on 1 day",
            "The first one is logged",
            "1 time, on 1",
        ),
        (
            2,
            "practised 2 times",
            "Practised 2 times on 2 days",
            "practised 2 times",
            "2 times, on 2 days of 9",
        ),
        (6, "on 6 of your last 7", "Practised 6 times on 6 days", "Practice on 6 days", "6 times, on 6 days"),
    ],
)
async def test_something_true_is_said_of_little(
    chat: Chat, ada: Someone, count: int, progress: str, brief: str, year: str, report: str
) -> None:
    def live(store: Store) -> None:
        party = store.people.find(PLATFORM, ada.name)
        assert party is not None
        begun(store, party.person.id, chat.clock.now(), count)

    await chat.app.database.write(live)
    said: dict[str, str] = {}
    for command in COMMANDS:
        await ada.says(command)
        if command == "/report":
            await ada.taps("Show me what will be in it")
        said[command] = ada.sees().wire.text
        drawn = (command, count) in PICTURED
        assert (ada.messages[-1].attachment is not None) is drawn
    expected = (progress, progress, progress, progress, brief, year, report)
    assert [
        words for command, words in zip(COMMANDS, expected, strict=True) if words not in said[command]
    ] == []
    if count < 5:
        assert [words for words in TOO_MUCH if any(words in each for each in said.values())] == []
