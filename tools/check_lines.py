"""Warns when a person should check the crisis lines again, or when nobody has reviewed the phrases of danger.

    python -m tools.check_lines

It never fails a check: numbers do not get better by stopping work on the code.
"""

import sys
from datetime import date
from typing import TextIO

from bot.clock import SystemClock
from bot.safety.detection import phrase_states
from bot.safety.lines import CrisisLines, load_lines

_UNREVIEWED = "not yet reviewed"


def warnings(lines: CrisisLines, today: date) -> list[str]:
    """What somebody should know before a release."""
    found = []
    if lines.stale(today):
        found.append(
            f"crisis lines were last checked on {lines.checked_on}: check each on its own site again"
        )
    unreviewed = [state.language for state in phrase_states() if _UNREVIEWED in state.review_state]
    if unreviewed:
        found.append(f"phrases of danger await a clinician or native speaker in: {', '.join(unreviewed)}")
    return found


def main(out: TextIO = sys.stdout) -> None:
    """Writes the warnings, one a line."""
    for warning in warnings(load_lines(), SystemClock().now().date()):
        out.write(f"warning: {warning}\n")


if __name__ == "__main__":
    main()
