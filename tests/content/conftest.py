"""The packaged content, and copies of it that a test may break."""

import shutil
from pathlib import Path

import pytest

import bot.content
from bot.content.loader import Content, load_content


@pytest.fixture(scope="session")
def packaged() -> Path:
    """The folder of the content as it is shipped."""
    return Path(bot.content.__file__).parent


@pytest.fixture(scope="session")
def content() -> Content:
    """The content as it is shipped."""
    return load_content()


@pytest.fixture
def folder(tmp_path: Path, packaged: Path) -> Path:
    """A copy of the English content."""
    shutil.copytree(packaged / "en", tmp_path / "en")
    return tmp_path
