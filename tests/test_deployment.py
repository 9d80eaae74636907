"""What operators copy and run: the example of settings, the Procfile, the image."""

import re
import tomllib
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.cli import VERBS
from bot.settings import Settings, load_settings

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / ".env.example"
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_the_example_has_every_setting_once_and_nothing_else() -> None:
    names = re.findall(r"^([A-Z_]+)=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(names) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_as_it_stands_changes_nothing() -> None:
    assert load_settings({}, EXAMPLE) == load_settings({}, None)


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_in_the_example_is_explained_above_it(name: str) -> None:
    section, _, _ = EXAMPLE.read_text(encoding="utf-8").partition(f"\n{name.upper()}=")
    paragraph = section.rpartition("\n\n")[2]
    assert paragraph.startswith("# ")


def test_the_procfile_runs_verbs_that_there_are() -> None:
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    processes = dict(line.split(": python -m bot ") for line in lines)
    assert processes["release"] == "migrate"
    assert processes == {"release": "migrate", "web": "web", "worker": "worker", "discord": "discord"}
    assert set(processes.values()) <= set(VERBS)


def test_the_image_copies_what_is_there_and_not_ignored() -> None:
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    copied = re.findall(r"^COPY (\S+) \S+$", DOCKERFILE, re.MULTILINE)
    assert sorted(copied) == sorted(kept)
    assert all((ROOT / path).exists() for path in copied)


def test_the_image_has_a_python_that_limber_runs_on_and_is_not_root() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        needed = tomllib.load(file)["project"]["requires-python"].removeprefix(">=")
    image = re.search(r"^FROM python:([\d.]+)-slim$", DOCKERFILE, re.MULTILINE)
    assert image
    assert [int(part) for part in image[1].split(".")] >= [int(part) for part in needed.split(".")]
    assert "\nUSER limber\n" in DOCKERFILE


def test_the_compose_file_runs_verbs_that_there_are_with_settings_that_there_are() -> None:
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    verbs = re.findall(r'"-m", "bot", "(\w+)"', compose)
    assert sorted(verbs) == ["web", "worker"]
    section = compose.partition("&settings\n")[2].partition("  depends_on")[0]
    names = re.findall(r"^ {4}([A-Z_]+):", section, re.MULTILINE)
    assert names
    assert {name.lower() for name in names} <= set(Settings.model_fields)


def test_the_unit_starts_a_verb_that_there_is_with_settings_that_are_right() -> None:
    unit = (ROOT / "deploy" / "limber.service").read_text(encoding="utf-8")
    start = re.search(r"^ExecStart=\S+ -m bot (\w+)$", unit, re.MULTILINE)
    assert start
    assert start[1] in VERBS
    database = re.search(r"^Environment=DATABASE_URL=(\S+)$", unit, re.MULTILINE)
    assert database
    url = load_settings({"DATABASE_URL": database[1]}, None).database_url
    assert make_url(url).database == "/var/lib/limber/limber.db"


def test_verbs_beside_the_unit_run_as_its_user_on_its_database() -> None:
    unit = (ROOT / "deploy" / "limber.service").read_text(encoding="utf-8")
    beside = (ROOT / "deploy" / "limber").read_text(encoding="utf-8")
    shared = [
        "DynamicUser=yes",
        "StateDirectory=limber",
        "UMask=0077",
        "EnvironmentFile=/etc/limber.env",
        "DATABASE_URL=sqlite:////var/lib/limber/limber.db",
        "/opt/limber/.venv/bin/python -m bot",
    ]
    assert [part for part in shared if part not in unit or part not in beside] == []
