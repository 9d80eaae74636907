"""The one file of /export: the record, its tables, and what stays with this server."""

import io
import lzma
import zipfile
import zlib
from dataclasses import dataclass

from bot.errors import InvalidInputError
from bot.portable.arriving import LARGEST
from bot.portable.leaving import Plain, record_of, written
from bot.portable.tables import tables
from bot.store.packs import packed as items_packed
from bot.store.tables import Person
from bot.store.unit import Store

RECORD, SERVER = "limber.json", "this-server.json"
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, KeyError, EOFError, OSError),
    *(RuntimeError, NotImplementedError, ValueError),
)
"""What the library raises for a zip that is none, is broken, or needs a password."""
_SAME_TIME = (1980, 1, 1, 0, 0, 0)
_SERVERS_OWN = ("last_seen_at", "warned_at", "quiet_until", "unanswered", "silent_since", "reentry_told")


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that is kept about a person: what can go with them, and what stays with this server."""

    record: Plain
    server: Plain


def everything(store: Store, person_id: int) -> Kept:
    """Reads it."""
    return Kept(record_of(store, person_id), _server(store, person_id))


def packed(kept: Kept) -> bytes:
    """The zip; the same record makes the same bytes of each file. Takes a moment: beside the event loop."""
    files = {RECORD: written(kept.record), SERVER: written(kept.server), **tables(kept.record)}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _SAME_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()


def unpacked(content: bytes) -> bytes:
    """The record in a file that was sent: the file itself, or what a zip of ours holds of it.

    Raises `InvalidInputError` where it holds none, or more than may be read.
    """
    if not content.startswith(b"PK"):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(RECORD) as file:
            found = file.read(LARGEST + 1)
    except _DAMAGED:
        raise InvalidInputError("import.not_ours") from None
    if len(found) > LARGEST:
        raise InvalidInputError("import.too_large", most=LARGEST // 1_000_000)
    return found


def _server(store: Store, person_id: int) -> Plain:
    """What belongs to this server and can't come along: addresses, consents, packs, the page's messages."""
    person = store.session.get_one(Person, person_id)
    return {
        "accounts": [
            {"platform": each.platform, "address": store.people.address(each), "created_at": each.created_at}
            for each in store.people.accounts(person_id)
        ],
        "consents": [_consent(each.model_dump()) for each in store.people.every_consent(person_id)],
        "noted": [{"kind": each.kind, "at": each.at} for each in store.people.noted(person_id)],
        "packs": [
            {"code": each.code, "expires_at": each.row.expires_at, "items": items_packed(each.items)}
            for each in store.packs.everything(person_id)
        ],
        "state": {name: getattr(person, name) for name in _SERVERS_OWN},
        "messages": [
            {"at": at, "who": message["who"], "text": message["text"]}
            for _, at, message in store.transcripts.newest(person_id, 1_000_000)
        ],
    }


def _consent(row: Plain) -> Plain:
    return {name: value for name, value in row.items() if name not in ("id", "person_id")}
