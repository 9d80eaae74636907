"""What operators copy and run: the example of settings, the Procfile, the image."""

import re
import tomllib
from pathlib import Path

import pytest

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
    assert processes == {"release": "migrate", "web": "web", "worker": "worker"}
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
