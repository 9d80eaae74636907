"""A timed step as messages: edits of one screen, each due in its time."""

from collections.abc import Mapping
from typing import Any

from bot.content.models import Pace, Phase
from bot.conversation.dialogue import Choice, Rows, Say, answer
from bot.practice.pacing import Frame, timeline
from bot.texts import Text, t

_MINUTE = 60
_END_STANDS = 600


def time_button(pace: Pace) -> Choice:
    """The button that starts the timing, with how long it takes."""
    return answer("pace", t("practice.pace", time=_span(pace.seconds)))


def beats(
    pace: Pace, phases: Mapping[Phase, str], words: Mapping[str, Any], buttons: Rows, screen: str
) -> tuple[Say, ...]:
    """The edits of `screen`, the first at once; `words` are those of the step."""
    frames = timeline([(beat.phase, beat.seconds) for beat in pace.beats], pace.rounds)
    named = {str(phase): label for phase, label in phases.items()}
    timed = [_say(frame, named, words, buttons, screen) for frame in frames]
    end = t("practice.step_over", **words)
    return (*timed, Say(end, buttons, edits=screen, beat=(pace.seconds, _END_STANDS)))


def _say(
    frame: Frame, phases: Mapping[str, str], words: Mapping[str, Any], buttons: Rows, screen: str
) -> Say:
    said = t(
        "practice.step_timed",
        **words,
        phase=" · ".join(phases[each] for each in frame.phases),
        left=_span(frame.left),
    )
    return Say(said, buttons, edits=screen, beat=(frame.at, frame.seconds) if frame.at else None)


def _span(seconds: int) -> Text:
    if seconds < _MINUTE:
        return t("span.seconds", seconds=seconds)
    minutes, rest = divmod(seconds, _MINUTE)
    return (
        t("span.both", minutes=minutes, seconds=f"{rest:02}") if rest else t("span.minutes", minutes=minutes)
    )
