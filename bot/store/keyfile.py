"""The operator's keys: from the settings, else from a file that only its owner can read."""

import base64
import os
from pathlib import Path

from bot.store.encryption import KEY_BYTES, new_key


class KeyFileBroken(Exception):
    """The key file holds no key. Nothing was changed."""


class KeysMissing(Exception):
    """There are no keys, and no place for a file of them."""


def load_or_make(path: Path) -> list[bytes]:
    """The keys of a file, newest first, one in base64 a line; a new file (mode 0600) where there is none.

    Raises `KeyFileBroken`, `KeysMissing`.
    """
    if not path.exists():
        _make(path)
    keys = [_decoded(line) for line in path.read_bytes().split()]
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise KeyFileBroken(f"{path} should hold keys of {KEY_BYTES} bytes in base64, one a line")
    return keys


def _make(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, base64.b64encode(new_key()) + b"\n")
    except OSError as error:
        raise KeysMissing(
            f"The key file {path} could not be made beside the database ({error.strerror}): set DATABASE_URL "
            "to a place where Limber may write."
        ) from None


def write_private(path: Path, content: bytes) -> None:
    """Writes a new file that only its owner can read. Raises FileExistsError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _decoded(line: bytes) -> bytes:
    try:
        return base64.b64decode(line, validate=True)
    except ValueError:
        return b""
