"""How a row of the table is written: acts of one person, the same at every home."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date

from bot.conversation.patience import Patience
from bot.store.unit import Store
from tests.conformance.homes import Heard, Home, Voice

Act = Callable[["Walk"], Awaitable[None]]


@dataclass
class Walk:
    """One person on their way through a row."""

    home: Home
    voice: Voice
    last: Heard = field(default_factory=lambda: Heard("", ""))
    kept: str = ""

    async def hears(self, *words: str) -> Heard:
        """The next message that holds all these words."""
        assert words and all(words), "a row says what is heard"
        return await self.hears_what(lambda each: all(word in each.text for word in words), *words)

    async def hears_what(self, is_it: Callable[[Heard], bool], *what: str) -> Heard:
        """The next message of which this is true; `what` it is is told where none comes."""
        try:
            self.last = await self.voice.hears(is_it)
        except AssertionError:
            raise AssertionError(f"{what} not heard; {self._last()}") from None
        return self.last

    async def presses(self, pattern: str) -> None:
        """Presses the newest button whose press matches, once there is one."""
        await self._press(lambda _, press: re.fullmatch(pattern, press) is not None, pattern)

    async def taps(self, label: str) -> None:
        """Presses the newest button of this label, once there is one."""
        await self._press(lambda shown, _: shown == label, label)

    async def _press(self, is_it: Callable[[str, str], bool], what: str) -> None:
        def pressed(message: Heard) -> str | None:
            return next((press for shown, press in message.buttons if is_it(shown, press)), None)

        message = next((each for each in self.voice.sees() if pressed(each)), None)
        try:
            message = message or await self.voice.hears(lambda each: pressed(each) is not None)
        except AssertionError:
            raise AssertionError(f"there is no button {what!r}; {self._last()}") from None
        await self.voice.presses(pressed(message) or "", message.ref)

    def _last(self) -> str:
        last = [(each.text, each.buttons) for each in self.voice.sees()[:2]]
        return f"the last, newest first: {last}"

    async def ids(self) -> dict[str, int]:
        """The newest of this person's plans, practices and reminders, by what they are; 0 for none."""

        def found(store: Store) -> dict[str, int]:
            party = store.people.find(self.home.platform, self.voice.address)
            person = party.person.id if party is not None else 0
            return {
                "plan": max((each.row.id for each in store.plans.of(person)), default=0),
                "practice": max((each.id for each in store.practices.since(person, date.min)), default=0),
                "reminder": max((each.id for each in store.reminders.of(person)), default=0),
            }

        return await self.home.app.database.read(found)


@dataclass(frozen=True)
class Row:
    """A behaviour: what is done and heard, what of the conversation it reaches, and where it can't be."""

    name: str
    reaches: tuple[str, ...]
    acts: tuple[Act, ...]
    without: dict[str, str] = field(default_factory=dict)
    stranger: bool = False

    def left_out(self, home: str) -> str | None:
        """Why a home has no such row; None where it has it."""
        return self.without.get(home)


def says(text: str) -> Act:
    """Writes, or runs a command."""

    async def act(walk: Walk) -> None:
        await walk.voice.says(text)

    return act


def edits(text: str) -> Act:
    """Changes what was written last."""

    async def act(walk: Walk) -> None:
        await walk.voice.edits(text)

    return act


def hears(*words: str) -> Act:
    """A message with all these words comes, after what was heard before."""

    async def act(walk: Walk) -> None:
        await walk.hears(*words)

    return act


def hears_one_of(*ways: str) -> Act:
    """A message comes that says it one way or the other: homes differ."""

    async def act(walk: Walk) -> None:
        await walk.hears_what(lambda each: any(way in each.text for way in ways), *ways)

    return act


def offers(*labels: str) -> Act:
    """A message comes with all these buttons, whatever it says: the wordings of nudges take turns."""

    async def act(walk: Walk) -> None:
        await walk.hears_what(lambda each: set(labels) <= {label for label, _ in each.buttons}, *labels)

    return act


def taps(label: str) -> Act:
    """Presses the newest button of this label."""

    async def act(walk: Walk) -> None:
        await walk.taps(label)

    return act


def presses(pattern: str) -> Act:
    """Presses the newest button whose press matches."""

    async def act(walk: Walk) -> None:
        await walk.presses(pattern)

    return act


def forges(press: str) -> Act:
    """Sends a press that no button here has; `{plan}`, `{practice}` and `{reminder}` are filled in."""

    async def act(walk: Walk) -> None:
        await walk.voice.presses(press.format(**await walk.ids()), "")

    return act


def shares(latitude: float, longitude: float) -> Act:
    """Shares a place."""

    async def act(walk: Walk) -> None:
        await walk.voice.shares(latitude, longitude)

    return act


def passes(**by: float) -> Act:
    """Time passes; what has come due is sent."""

    async def act(walk: Walk) -> None:
        await walk.home.passes(**by)

    return act


def noon() -> Act:
    """It gets to be noon in Berlin, in winter; what has come due is sent."""

    async def act(walk: Walk) -> None:
        now = walk.home.clock.now()
        at = now.replace(hour=11, minute=0, second=0, microsecond=0)
        await walk.home.passes(seconds=((at - now).total_seconds() - 1) % 86_400 + 1)

    return act


def sees_picture(words: str) -> Act:
    """The message heard last has a picture, which says in words what it shows."""

    async def act(walk: Walk) -> None:
        assert walk.last.picture.startswith(b"\x89PNG")
        assert words in walk.last.alternative, walk.last.alternative

    return act


def has_file(beginning: bytes) -> Act:
    """The message heard last has a file that begins with these bytes."""

    async def act(walk: Walk) -> None:
        assert walk.last.document.startswith(beginning), walk.last.text

    return act


def has_button(label: str) -> Act:
    """The message heard last has a button of this label."""

    async def act(walk: Walk) -> None:
        assert label in [shown for shown, _ in walk.last.buttons], walk.last.text

    return act


def breaks() -> Act:
    """The next step fails."""

    async def act(walk: Walk) -> None:
        walk.home.router.breaks = True

    return act


def allowed(updates: int) -> Act:
    """From now on so many updates a minute are taken."""

    async def act(walk: Walk) -> None:
        walk.home.app.engine.patience = Patience(limit=updates)

    return act


def notes_code() -> Act:
    """Keeps the code of the message heard last, to be entered."""

    async def act(walk: Walk) -> None:
        found = re.search(r"\b[A-Z0-9]{4}(-[A-Z0-9]{4})+\b", walk.last.text)
        assert found is not None, walk.last
        walk.kept = found[0]

    return act


def enters_code(command: str = "/link") -> Act:
    """Runs a command with the code that was kept."""

    async def act(walk: Walk) -> None:
        await walk.voice.says(f"{command} {walk.kept}")

    return act
