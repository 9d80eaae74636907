"""The verbs as an operator types them, in a process of their own."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

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
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        _types(tmp_path, "run", PORT=str(taken.getsockname()[1]))
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
    skills.write_text(skills.read_text().replace("minutes = 5", 'minutes = "five"', 1))
    done = _types(tmp_path, "run", PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert "skills.toml" in done.stderr
    assert "minutes" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 3
