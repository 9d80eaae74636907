"""Guided runs left half-way: kept for a day beside the conversation, whatever else is talked about."""

from datetime import datetime, timedelta
from typing import Any

from bot.conversation.turn import Turn

KEPT = timedelta(hours=24)


def keep_run(turn: Turn) -> None:
    """Keeps where the run in the slots stands, once it is past its first step."""
    if turn.slots["number"] > 0:
        turn.party.talk.aside["run"] = {"slots": dict(turn.slots), "at": turn.now.isoformat()}


def run_left(turn: Turn) -> dict[str, Any] | None:
    """The slots of a run that was left within the last 24 hours."""
    left = turn.party.talk.aside.get("run")
    if left is None or datetime.fromisoformat(left["at"]) + KEPT <= turn.now:
        return None
    return dict(left["slots"])


def forget_run(turn: Turn, exercise_id: str) -> None:
    """Forgets the run of this exercise, if it is the one left."""
    left = turn.party.talk.aside.get("run")
    if left is not None and left["slots"]["skill"] == exercise_id:
        del turn.party.talk.aside["run"]
