"""Looking into what /export gives."""

import io
import json
import zipfile
from typing import Any

from bot.conversation.messages import Attachment


def files_in(content: bytes) -> dict[str, bytes]:
    """The files of an export, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def all_of(content: bytes) -> bytes:
    """Everything that stands in an export, to be searched."""
    return b"\n".join(files_in(content).values())


def record_in(attachment: Attachment | None) -> dict[str, Any]:
    """The portable record of an export that was sent."""
    assert attachment is not None
    found: dict[str, Any] = json.loads(files_in(attachment.content)["limber.json"])
    return found
