"""What was said in the year, by whom and when."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from bot.practice.schedule import local_day

HERS = ("says", "taps", "edits")
NOW_ANSWERS = ("Did it", "Tiny version", "Not today")


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing said: `says`, `taps` or `edits` by the person, `hears` by Limber. `at` is UTC.

    `nudge` is the nudge that it is, or answers. Of Limber's: `pushed` unasked, or `replaced` in place an
    earlier message; `wording` is the id of a nudge's text, `shown` what a picture or file is, in words.
    """

    at: datetime
    kind: str
    words: str
    nudge: int | None = None
    pushed: bool = False
    replaced: bool = False
    wording: str | None = None
    buttons: tuple[tuple[str, ...], ...] = ()
    shown: str = ""

    @property
    def hers(self) -> bool:
        """Whether the person did it."""
        return self.kind in HERS


@dataclass(slots=True)
class Record:
    """Everything that was said, in order."""

    zone: tzinfo
    moments: list[Moment] = field(default_factory=list)

    def day(self, moment: Moment) -> date:
        """The person's day it belongs to."""
        return local_day(moment.at, self.zone)

    def days(self) -> dict[date, list[Moment]]:
        """What was said on each day on which something was."""
        found: dict[date, list[Moment]] = {}
        for moment in self.moments:
            found.setdefault(self.day(moment), []).append(moment)
        return found

    def pushed(self) -> list[Moment]:
        """What Limber said unasked."""
        return [each for each in self.moments if each.pushed]

    def answers(self) -> dict[int, list[Moment]]:
        """What the person did about each nudge."""
        found: dict[int, list[Moment]] = {}
        for moment in self.moments:
            if moment.hers and moment.nudge is not None:
                found.setdefault(moment.nudge, []).append(moment)
        return found

    def cards(self) -> list[datetime]:
        """When a card with crisis lines was shown because of something she wrote."""
        found = []
        for before, moment in zip(self.moments, self.moments[1:], strict=False):
            asked = before.words.startswith(("/crisis", "/sos"))
            if before.hers and not asked and "In danger right now?" in moment.words:
                found.append(moment.at)
        return found

    def after_a_card(self) -> list[Moment]:
        """What was pushed within 24 hours of one."""
        day = timedelta(hours=24)
        return [each for each in self.pushed() if any(card < each.at < card + day for card in self.cards())]
