"""Somebody is told when crisis lines and phrases need a person's eye."""

from datetime import timedelta

from bot.safety.lines import load_lines
from tools.check_lines import warnings


def test_lines_that_were_not_checked_for_long_are_warned_of() -> None:
    lines = load_lines()
    fresh = warnings(lines, lines.checked_on + timedelta(days=90))
    stale = warnings(lines, lines.checked_on + timedelta(days=91))

    assert not any("last checked" in each for each in fresh)
    assert any("last checked" in each for each in stale)
    assert any("await a clinician" in each for each in fresh)
