"""Lunch or bedtime told beside an hour, which is one time: "9:30pm before bed"."""

from collections.abc import Sequence

from bot.understanding.clocks import NEAR, Clock, Told
from bot.understanding.items import Item, Mark
from bot.understanding.meaning import Declined, Reason


def without_occasions(said: Sequence[Item]) -> list[Item]:
    """What is said without each lunch or bedtime next to an hour that is near it.

    Raises Declined for an hour and such a time with nothing but a comma between: one time, or two?
    """
    clocks = [item for item in said if isinstance(item, Clock)]
    if Mark("and", ",") in said and len(clocks) == 2 and _are_one(*clocks):
        raise Declined(Reason.UNSUPPORTED)
    neighbours = zip((None, *said[:-1]), said, (*said[1:], None), strict=False)
    return [item for before, item, after in neighbours if not (_tells(before, item) or _tells(after, item))]


def _are_one(first: Clock, last: Clock) -> bool:
    return _tells(first, last) or _tells(last, first)


def _tells(hour: Item | None, occasion: Item) -> bool:
    """Whether an hour tells when an occasion is."""
    if not isinstance(hour, Clock) or not isinstance(occasion, Clock) or not occasion.occasion:
        return False
    told = hour.told is not Told.BARE and not hour.occasion
    return told and abs(hour.minutes - occasion.minutes) <= NEAR
