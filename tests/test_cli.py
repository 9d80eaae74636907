"""The verbs as an operator types them, in a process of their own."""

import asyncio
import base64
import json
import os
import shutil
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store.unit import Store
from tests.clock import MovableClock
from tests.conftest import opened_database
from tests.exports import all_of

ROOT = Path(__file__).parents[1]


def _types(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_help_lists_the_verbs(tmp_path: Path) -> None:
    done = _types(tmp_path, "--help")
    assert done.returncode == 0
    assert "run" in done.stdout
    assert "migrate" in done.stdout


def test_a_database_where_nothing_can_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    done = _types(tmp_path, "run", DATABASE_URL="sqlite:///taken/limber.db")
    assert done.returncode == 2
    assert "taken/limber.key could not be made" in done.stderr
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_discord_alone_needs_its_token(tmp_path: Path) -> None:
    done = _types(tmp_path, "discord")
    assert done.returncode == 2
    assert "DISCORD_TOKEN is not set" in done.stderr


def test_migrate_makes_the_database(tmp_path: Path) -> None:
    assert _types(tmp_path, "migrate").returncode == 0
    assert (tmp_path / "data" / "limber.db").exists()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"PORT": "many"}, "PORT"),
        ({"DATABASE_URL": "postgresql://u:secret@127.0.0.1/x"}, "ENCRYPTION_KEYS is not set"),
    ],
)
def test_a_wrong_start_is_one_sentence_and_no_traceback(
    tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    done = _types(tmp_path, "run", **settings)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr


@pytest.mark.parametrize("verb", ["web", "worker"])
def test_one_file_is_for_one_process(tmp_path: Path, verb: str) -> None:
    done = _types(tmp_path, verb)
    assert done.returncode == 2
    assert "DATABASE_URL is a SQLite file" in done.stderr


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = _types(tmp_path, "run", PORT=str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "is taken" in done.stderr


def test_another_key_opens_nothing_and_says_so(tmp_path: Path) -> None:
    _start_once(tmp_path)
    done = _types(tmp_path, "run", ENCRYPTION_KEYS="A" * 43 + "=")
    assert done.returncode == 2
    assert "do not open this database" in done.stderr


def test_a_broken_key_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "limber.key").write_text("not a key")
    done = _types(tmp_path, "run")
    assert done.returncode == 2
    assert "limber.key should hold keys" in done.stderr


def test_a_broken_content_file_is_said_so_that_it_can_be_mended(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "bot", tmp_path / "bot")
    skills = tmp_path / "bot" / "content" / "en" / "skills.toml"
    given = skills.read_text()
    broken = given.replace("minutes = 5", 'minutes = "five"', 1)
    skill = given[: given.index("minutes = 5")].rpartition('id = "')[2].partition('"')[0]
    skills.write_text(broken)
    done = _types(tmp_path, "run", PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert f"en/skills.toml, skill {skill}, minutes: " in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 3


OLD_KEY, NEW_KEY = "A" * 43 + "=", "B" * 42 + "A="


def test_a_rotation_lets_the_old_key_go(tmp_path: Path) -> None:
    _start_once(tmp_path, OLD_KEY)
    done = _types(tmp_path, "rotate", ENCRYPTION_KEYS=f"{NEW_KEY},{OLD_KEY}")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "2 keys wrapped afresh.")
    assert _types(tmp_path, "rotate", ENCRYPTION_KEYS=NEW_KEY).returncode == 0
    refused = _types(tmp_path, "rotate", ENCRYPTION_KEYS=OLD_KEY)
    assert refused.returncode == 2
    assert "do not open this database" in refused.stderr


def test_nothing_is_rotated_where_there_is_nothing(tmp_path: Path) -> None:
    done = _types(tmp_path, "rotate", ENCRYPTION_KEYS=OLD_KEY)
    assert done.returncode == 2
    assert "there is no database" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_lost_key_file_is_said_and_not_replaced(tmp_path: Path) -> None:
    _start_once(tmp_path)
    (tmp_path / "data" / "limber.key").unlink()
    done = _types(tmp_path, "run")
    assert done.returncode == 2
    assert "limber.key is missing" in done.stderr
    assert not (tmp_path / "data" / "limber.key").exists()


def _types_at(folder: Path, answer: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "ENCRYPTION_KEYS": OLD_KEY}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        input=answer,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_person_is_exported_and_erased_by_their_id(tmp_path: Path) -> None:
    asyncio.run(_someone(tmp_path, "12345"))

    export = _types_at(tmp_path, "", "export", "telegram", "12345")
    assert export.returncode == 0
    written = tmp_path / "limber-export.zip"
    assert b'"address": "12345"' in all_of(written.read_bytes())
    assert written.stat().st_mode & 0o777 == 0o600
    assert _types_at(tmp_path, "", "export", "telegram", "12345").returncode == 2

    unsure = _types_at(tmp_path, "12344\n", "erase", "telegram", "12345")
    assert (unsure.returncode, unsure.stderr) == (2, "Nothing was erased.\n")
    assert _types_at(tmp_path, "12345\n", "erase", "telegram", "12345").returncode == 0
    again = _types_at(tmp_path, "", "erase", "--yes", "telegram", "12345")
    assert again.returncode == 2
    assert "nobody with that id" in again.stderr


def test_a_record_is_taken_in_for_a_person_who_agreed(tmp_path: Path) -> None:
    asyncio.run(_someone(tmp_path, "12345"))
    at = "2026-01-01T00:00:00Z"
    goal = {"number": 1, "words": "be at ease", "created_at": at}
    record = {"you": {"created_at": at, "language": "en", "zone": "Europe/Berlin"}, "goals": [goal]}
    (tmp_path / "limber.json").write_text(json.dumps(record))
    (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8\xff")
    verb = ("import", "telegram", "12345")

    unasked = _types_at(tmp_path, "", *verb, "limber.json")
    assert (unasked.returncode, "has not agreed" in unasked.stderr) == (2, True)
    asyncio.run(_agrees(tmp_path, "12345"))
    unread = _types_at(tmp_path, "", *verb, "holiday.jpg")
    assert (unread.returncode, unread.stderr.startswith("I can't read that file")) == (2, True)
    missing = _types_at(tmp_path, "", *verb, "elsewhere.zip")
    assert (missing.returncode, missing.stderr) == (2, "There is no file elsewhere.zip.\n")
    assert (
        _types_at(tmp_path, "", *verb, "limber.json").stdout
        == "Taken in: 1 entries that were not there yet.\n"
    )

    assert _types_at(tmp_path, "", "export", "telegram", "12345").returncode == 0
    export = tmp_path / "limber-export.zip"
    assert b"be at ease" in all_of(export.read_bytes())
    assert _types_at(tmp_path, "", *verb, export.name).stdout == "All of it was there already.\n"


def test_a_backup_is_made_and_put_back(tmp_path: Path) -> None:
    asyncio.run(_someone(tmp_path, "12345"))
    backup = _types_at(tmp_path, "", "backup", "--to", "mine.backup")
    assert backup.returncode == 0
    assert "limber.person-keys" in backup.stdout
    assert _types_at(tmp_path, "", "backup", "--to", "mine.backup").returncode == 2
    unsure = _types_at(tmp_path, "no\n", "restore", "mine.backup")
    assert (unsure.returncode, unsure.stderr) == (2, "Nothing was restored.\n")
    done = _types_at(tmp_path, "restore\n", "restore", "mine.backup")
    assert (done.returncode, done.stdout.splitlines()[-1].partition("Restored")[2][:9]) == (0, " 1 people")
    refused = _types_at(tmp_path, "", "restore", "--yes", "data/limber.key")
    assert refused.returncode == 2
    assert "is no backup" in refused.stderr


async def _someone(folder: Path, address: str) -> None:
    clock = MovableClock(datetime(2026, 11, 25, 9, 0, tzinfo=UTC))
    (folder / "data").mkdir()
    key = base64.b64decode(OLD_KEY)
    async for database in opened_database(f"sqlite:///{folder}/data/limber.db", clock, key):
        await database.write(lambda store: store.people.meet("telegram", address, clock.now(), "en", "UTC"))


async def _agrees(folder: Path, address: str) -> None:
    clock = MovableClock(datetime(2026, 11, 25, 9, 5, tzinfo=UTC))
    key = base64.b64decode(OLD_KEY)

    def agree(store: Store) -> None:
        party = store.people.find("telegram", address)
        assert party is not None
        for kind in ("records", "words"):
            store.people.agree(party.person.id, kind, 1, clock.now(), "telegram")

    async for database in opened_database(f"sqlite:///{folder}/data/limber.db", clock, key):
        await database.write(agree)


def _start_once(folder: Path, *keys: str) -> None:
    """Lets a Limber make its database and its secrets, and end because its port is taken."""
    settings = {"ENCRYPTION_KEYS": keys[0]} if keys else {}
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        _types(folder, "run", PORT=str(taken.getsockname()[1]), **settings)
