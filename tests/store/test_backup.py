"""A backup brings back everyone but those who have been erased since."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot.conversation.requests import erase
from bot.store.backup import DatabaseInUse, NotABackup, OtherDatabase, back_up, keys_file, restore
from bot.store.database import Database, open_database
from bot.store.encryption import Keyring, WrongKey, new_key
from bot.store.ids import Ids
from bot.store.rotation import rotate
from bot.store.tables import PersonKey
from bot.store.unit import Store
from tests.clock import MovableClock
from tests.conftest import KEY, opened_database
from tests.traces import identities, in_files

NEW = new_key()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "limber.db"


@pytest.fixture
async def database(sqlite_url: str, clock: MovableClock) -> AsyncIterator[Database]:
    async for opened in opened_database(sqlite_url, clock):
        for name in ("ada", "bo"):
            await opened.write(partial(_write, name=name, clock=clock))
        yield opened


def _write(store: Store, name: str, clock: MovableClock, words: str = "felt silly at first") -> None:
    party = store.people.meet("telegram", name, clock.now(), "en", "UTC")
    party.talk.slots["said"] = words
    store.outbox.add(party.account, {"text": words}, clock.now())
    store.people.keep(party.talk)


def _lose(folder: Path) -> None:
    for lost in folder.glob("limber.db*"):
        lost.unlink()


def _files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def _content(file: Path) -> bytes:
    return file.read_bytes()


async def _said(url: str, name: str, clock: MovableClock, *keys: bytes) -> str | None:
    opened = open_database(url, Keyring(keys or [KEY]), Ids(clock))
    await opened.start()
    party = await opened.write(lambda store: store.people.find("telegram", name))
    await opened.stop()
    return str(party.talk.slots["said"]) if party else None


async def test_last_weeks_backup_does_not_bring_back_who_was_erased(
    database: Database, file: Path, sqlite_url: str, clock: MovableClock, tmp_path: Path
) -> None:
    backup = tmp_path / "last-week.backup"
    back_up(file, backup)
    keys = await database.read(lambda store: store.session.get_one(PersonKey, _id(store, "ada")).wrapped)
    await database.write(lambda store: _write(store, "bo", clock, "newer words"))
    await erase(database, "telegram", "ada", clock.now())
    await database.stop()

    done = restore(backup, file)

    assert (done.people, done.left_out) == (1, 1)
    assert await _said(sqlite_url, "ada", clock) is None
    assert await _said(sqlite_url, "bo", clock) == "felt silly at first"
    assert in_files(tmp_path, [keys]) == []


def _id(store: Store, name: str) -> int:
    party = store.people.find("telegram", name)
    assert party is not None
    return party.person.id


async def test_a_backup_holds_no_key_and_the_keys_file_no_words(
    database: Database, file: Path, tmp_path: Path
) -> None:
    needles = await database.write(lambda store: identities(store, "telegram", "ada"))
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    back_up(file, folder / "one.backup")

    wrapped = needles[1]
    assert in_files(folder, [wrapped]) == []
    assert wrapped in keys_file(file).read_bytes()
    assert (folder / "one.backup").stat().st_mode & 0o777 == 0o600
    assert keys_file(file).stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        back_up(file, folder / "one.backup")


async def test_a_lost_disk_is_made_good_by_backup_and_keys_file(
    database: Database, file: Path, sqlite_url: str, clock: MovableClock, tmp_path: Path
) -> None:
    back_up(file, tmp_path / "one.backup")
    await database.stop()
    _lose(tmp_path)

    assert restore(tmp_path / "one.backup", file).people == 2
    assert await _said(sqlite_url, "ada", clock) == "felt silly at first"
    opened = open_database(sqlite_url, Keyring([KEY]), Ids(clock))
    await opened.start()
    assert await opened.write(lambda store: store.outbox.claim("telegram", clock.now(), 9)) == []
    await opened.stop()


async def test_a_broken_database_is_made_good_too(
    database: Database, file: Path, sqlite_url: str, clock: MovableClock, tmp_path: Path
) -> None:
    back_up(file, tmp_path / "one.backup")
    await database.stop()
    _break(file)

    assert restore(tmp_path / "one.backup", file).people == 2
    assert await _said(sqlite_url, "ada", clock) == "felt silly at first"


async def test_a_new_database_in_the_way_does_not_cost_the_keys(
    database: Database, file: Path, sqlite_url: str, clock: MovableClock, tmp_path: Path
) -> None:
    backup = tmp_path / "moved.backup"
    back_up(file, backup)
    await database.stop()
    _lose(tmp_path)
    before = _content(keys_file(file))
    async for other in opened_database(sqlite_url, clock):
        await other.scrub()

    with pytest.raises(OtherDatabase, match="move away"):
        restore(backup, file)
    with pytest.raises(OtherDatabase, match="move away"):
        back_up(file, tmp_path / "another.backup")
    assert not (tmp_path / "another.backup").exists()
    assert _content(keys_file(file)) == before

    _lose(tmp_path)
    assert restore(backup, file).people == 2
    assert await _said(sqlite_url, "ada", clock) == "felt silly at first"


def _break(file: Path) -> None:
    file.write_bytes(b"\0" * file.stat().st_size)


async def test_an_old_backup_opens_after_a_rotation(
    database: Database, file: Path, sqlite_url: str, clock: MovableClock, tmp_path: Path
) -> None:
    back_up(file, tmp_path / "one.backup")
    await database.stop()
    rotating = open_database(sqlite_url, Keyring([NEW, KEY]), Ids(clock))
    await rotating.start()
    assert [done async for done in rotate(rotating)][-1].unopened == 0
    await rotating.scrub()
    await rotating.stop()

    restore(tmp_path / "one.backup", file)

    assert await _said(sqlite_url, "ada", clock, NEW) == "felt silly at first"
    with pytest.raises(WrongKey):
        await _said(sqlite_url, "ada", clock, KEY)


async def test_nothing_is_touched_by_a_restore_that_cannot_be(
    database: Database, file: Path, tmp_path: Path
) -> None:
    back_up(file, tmp_path / "one.backup")
    before = _content(file)
    (tmp_path / "words.txt").write_text("no database at all")
    for wrong in (tmp_path / "words.txt", tmp_path / "nowhere", file):
        with pytest.raises(NotABackup):
            restore(wrong, file)
    lead = database.lead("sender")
    assert await lead.held()
    with pytest.raises(DatabaseInUse):
        restore(tmp_path / "one.backup", file)
    await lead.release()
    assert _content(file) == before
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with pytest.raises(FileNotFoundError):
        restore(tmp_path / "one.backup", elsewhere / "limber.db")
    assert _files(elsewhere) == []
