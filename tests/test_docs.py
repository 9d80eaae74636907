"""What the documents say about trust can be followed: named files are there, facts are those of the code."""

import re
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from bot.cli import parser
from bot.conversation.patience import SECONDS, UPDATES
from bot.nudges.retention import NEVER_AGREED, NOTICE
from bot.settings import Settings
from bot.store.sqlite import LARGEST_REWRITTEN

ROOT = Path(__file__).parents[1]
THREATS = (ROOT / "docs/threat-model.md").read_text(encoding="utf-8")
POLICY = (ROOT / "docs/privacy.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:bot|tests|tools)/[\w/.]+)`", THREATS))))
def test_named_files_are_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_named_settings_and_verbs_are_there() -> None:
    named = set(re.findall(r"`([A-Z]+_[A-Z_]+)`", THREATS + POLICY + SECURITY))
    assert named
    assert named <= {name.upper() for name in Settings.model_fields}
    verbs = parser().format_help()
    assert all(verb in verbs for verb in ("rotate", "erase", "export", "backup", "restore"))


def test_numbers_are_those_of_the_code() -> None:
    assert (UPDATES, SECONDS) == (30, 60.0)
    assert "More than 30 updates a minute" in THREATS
    assert LARGEST_REWRITTEN == 64 * 1024 * 1024
    assert "up to 64 MB" in THREATS
    assert (NEVER_AGREED.days, NOTICE.days) == (30, 14)
    assert "forgotten after 30 days" in POLICY
    assert "two weeks before" in POLICY


def test_no_table_is_left_out_of_the_policy() -> None:
    """A new table needs its line in the policy: then add it here."""
    told = {"secret", "person", "person_key", "account", "consent", "pause", "plan", "reminder", "nudge"}
    told |= {"practice", "reflection", "conversation", "seen_update", "outbox", "transcript", "audit"}
    told |= {"goal", "slip", "prediction", "letter", "session", "well_plan", "check_in", "obstacle", "gate"}
    told |= {"link_code", "pack"}
    assert set(SQLModel.metadata.tables) <= told
