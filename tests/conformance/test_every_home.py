"""Every row of the table at every home, over each platform's own protocol."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.conversation.dialogue import Dialogue
from bot.conversation.dialogues import DIALOGUES, LISTED_COMMANDS
from tests.acceptance.process import ROOT
from tests.clock import MovableClock
from tests.conformance.homes import HOMES, Home
from tests.conformance.table import TABLE
from tests.conformance.walk import Row, Walk, hears, says, taps

HELD = [(home, row) for home in HOMES for row in TABLE if row.left_out(home) is None]
AGREED = (
    says("/start"),
    hears("this is Limber"),
    taps("I agree"),
    hears("Which skill"),
    says("/timezone Berlin"),
    hears("there now"),
)
ERRORS = frozenset(("help.unknown_command", "help.old_button", "help.lost_place", "help.taps_only", "broken"))
"""What the conversation does with what can't be followed; a step that fails is named `broken`."""


class Visiting:
    """The home that rows are held at just now, one after another: each is opened once."""

    def __init__(self, folders: pytest.TempPathFactory) -> None:
        self._folders = folders
        self._open = AsyncExitStack()
        self._home: Home | None = None

    async def at(self, name: str) -> Home:
        """This home, opened; the one before it is closed."""
        if self._home is None or self._home.name != name:
            await self.leave()
            clock = MovableClock(datetime(2026, 11, 25, 9, 0, tzinfo=UTC))
            opening = HOMES[name](self._folders.mktemp("home"), clock)
            self._home = await self._open.enter_async_context(opening)
        return self._home

    async def leave(self) -> None:
        """Closes what is open."""
        await self._open.aclose()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def visiting(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Visiting]:
    visit = Visiting(tmp_path_factory)
    yield visit
    await visit.leave()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("name", "row"), HELD, ids=[f"{name}: {row.name}" for name, row in HELD])
async def test_it_holds(visiting: Visiting, name: str, row: Row) -> None:
    home = await visiting.at(name)
    walk = Walk(home, await home.someone())
    for act in () if row.stranger else AGREED:
        await act(walk)
    home.router.reached.clear()
    for act in row.acts:
        await act(walk)
    assert set(row.reaches) <= home.router.reached


def _names(dialogue: Dialogue) -> set[str]:
    """What of a dialogue rows can name: its commands, its prefixes of presses, its steps."""
    commands = {f"/{each}" for each in dialogue.commands}
    return commands | {f"{each}:" for each in dialogue.presses} | set(dialogue.steps)


NOT_WALKED = {
    "what is answered to questions about a page for a session": (
        "tests/conversation/dialogues/test_brief.py",
        ("brief.changed", "brief.takeaway"),
    ),
    "what is asked weeks later": (
        "tests/conversation/dialogues/test_check_in.py",
        ("check_in.automatic",),
    ),
    "the rating after a whole exercise": (
        "tests/conversation/dialogues/test_runs.py",
        ("guided.after",),
    ),
    "words put right, one after another": (
        "tests/conversation/dialogues/test_history.py",
        ("history.more", "history.reworded"),
    ),
    "what was logged, put right in words": (
        "tests/conversation/dialogues/test_log.py",
        ("log.corrected",),
    ),
    "two chats of one person, where a home here is one platform alone": (
        "tests/conversation/dialogues/test_linking.py",
        ("link.confirm",),
    ),
    "files, which each platform sends in its own way": (
        "tests/platforms/test_discord_options.py",
        ("moving.arrived", "moving.confirm"),
    ),
    "why a skill was picked, and what helps": (
        "tests/conversation/dialogues/test_obstacle.py",
        ("obstacle.line", "obstacle.reason"),
    ),
    "homework that waits for a word, or is to be another skill": (
        "tests/conversation/dialogues/test_pack.py",
        ("homework.gate", "homework.other"),
    ),
    "the question of a weekly look": (
        "tests/conversation/dialogues/test_review.py",
        ("review.answered", "review.when"),
    ),
    "a question that nothing asks any more, kept for talks that stand there": (
        "tests/wanderer.py",
        ("skills.cue",),
    ),
}
"""Steps that no row comes by: why, and the test that has them over the conversation alone."""

REACHED = frozenset(name for row in TABLE for name in row.reaches)


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda each: each.name)
def test_every_dialogue_command_and_button_has_a_row(dialogue: Dialogue) -> None:
    """Add a row to the table for what is missing."""
    left_out = {step for _, steps in NOT_WALKED.values() for step in steps}
    assert _names(dialogue) - REACHED - left_out == set()
    assert REACHED & _names(dialogue), f"no row comes by {dialogue.name}"


def test_what_no_row_comes_by_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        for reason, (place, steps) in NOT_WALKED.items():
            print(f"\nno row comes by {', '.join(steps)}: {reason}; see {place}", end="")  # noqa: T201 - to be read
            assert (ROOT / place).exists()
            assert REACHED.isdisjoint(steps), "it is walked by now"


def test_every_command_of_the_menu_has_a_row() -> None:
    assert {f"/{name}" for name in LISTED_COMMANDS} <= REACHED


def test_every_error_has_a_row() -> None:
    assert ERRORS <= REACHED


def test_a_row_that_a_home_does_not_have_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    left_out = [(home, row, row.left_out(home)) for home in HOMES for row in TABLE]
    with capsys.disabled():
        for home, row, reason in left_out:
            if reason is not None:
                print(f"\n{home} is without {row.name!r}: {reason}", end="")  # noqa: T201 - to be read
    assert all(reason is None or len(reason.split()) > 3 for _, _, reason in left_out)
    assert {name for row in TABLE for name in row.without} <= set(HOMES)
    for row in TABLE:
        assert len(row.without) < len(HOMES), f"{row.name} is held nowhere"
