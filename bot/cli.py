"""The verbs of `python -m bot`. What goes wrong at the start is said in a sentence, for whoever runs it."""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.clock import SystemClock
from bot.content.problems import ContentError
from bot.conversation.requests import NobodyThere, NotAgreed, erase, exported, imported
from bot.errors import InvalidInputError
from bot.platforms.local.server import PortTakenError
from bot.roles import Role
from bot.safety.lines import LinesError
from bot.settings import Settings, SettingsError, load_settings
from bot.store.backup import DatabaseInUse, NotABackup, OtherDatabase, back_up, keys_file, restore
from bot.store.database import Database, NoDatabase, database_file, open_database
from bot.store.encryption import Keyring, WrongKey
from bot.store.keyfile import KeyFileBroken, KeysMissing, write_private
from bot.texts import SOURCE_LANGUAGE, Catalogues, t

_WRONG_KEY = (
    "The encryption keys do not open this database. Set ENCRYPTION_KEYS, or put back the key file, "
    "that it was made with. Nothing was changed."
)
_ONE_FILE = (
    "DATABASE_URL is a SQLite file, which is for one process: use the verb run, or set DATABASE_URL to "
    "postgresql://user:password@host/database for web and worker."
)
_TAKEN = "{} is taken: set PORT to another number, or stop what listens there."
_WITHOUT = "DISCORD_TOKEN is not set: the verb discord needs it."
_ROTATED = "{} keys wrapped afresh."
_UNOPENED = "{} keys do not open with any of ENCRYPTION_KEYS; they were left as they are."
_REALLY = "This erases everything of this person for good. Type their id again to do it: "
_BACKED_UP = "Backed up to {}. Its keys are in {}: keep the newest copy of that alone, apart from backups."
_REALLY_RESTORE = "What happened since the backup will be gone. Type restore to do it: "
_RESTORED = "Restored {} people; {} who have been erased since stay erased."
_POSTGRES_BACKUP = (
    "This verb is for SQLite. For PostgreSQL: pg_dump --exclude-table-data=person_key "
    "--exclude-table-data=outbox for backups, and pg_dump --data-only --inserts --table=person_key into one "
    "file that is always written over."
)
_TOLD = (
    SettingsError,
    NotABackup,
    DatabaseInUse,
    OtherDatabase,
    NoDatabase,
    NobodyThere,
    NotAgreed,
    ContentError,
    LinesError,
    KeyFileBroken,
    KeysMissing,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a verb; answers with the exit code: 0 fine, 2 not started, with a sentence on standard error."""
    options = parser().parse_args(arguments)
    try:
        settings = load_settings()
    except SettingsError as error:
        return _refuse(str(error))
    try:
        return VERBS[options.verb](settings, options)
    except PortTakenError as error:
        return _refuse(_TAKEN.format(error))
    except WrongKey:
        return _refuse(_WRONG_KEY)
    except _TOLD as error:
        return _refuse(str(error))


def parser() -> argparse.ArgumentParser:
    """What may be typed."""
    made = argparse.ArgumentParser(
        prog="python -m bot", description="Limber, a companion for practising skills."
    )
    verbs = made.add_subparsers(dest="verb", required=True, metavar="verb")
    verbs.add_parser("run", help="everything in one process: chat, nudges, local page")
    verbs.add_parser("web", help="webhooks, health, metrics, local page: beside a worker, on PostgreSQL")
    verbs.add_parser("worker", help="nudges and sending: beside web, on PostgreSQL")
    verbs.add_parser("discord", help="Discord alone, beside other processes")
    verbs.add_parser("doctor", help="checks the set-up and says what is wrong")
    verbs.add_parser("migrate", help="bring the database to the newest schema")
    verbs.add_parser("rotate", help="wrap all keys with the newest of ENCRYPTION_KEYS")
    _about_someone(verbs.add_parser("export", help="write everything of a person into a file")).add_argument(
        "--to", type=Path, default=Path("limber-export.zip"), help="the file (limber-export.zip)"
    )
    import_ = _about_someone(verbs.add_parser("import", help="take in a file that export made, for a person"))
    import_.add_argument("file", type=Path)
    _about_someone(verbs.add_parser("erase", help="erase everything of a person")).add_argument(
        "--yes", action="store_true", help="without asking"
    )
    backup = verbs.add_parser("backup", help="copy the database, running or not, without its keys (SQLite)")
    backup.add_argument("--to", type=Path, help="the file (limber-<date>.backup beside the database)")
    restore_ = verbs.add_parser("restore", help="put a backup in the place of the database (SQLite)")
    restore_.add_argument("file", type=Path)
    restore_.add_argument("--yes", action="store_true", help="without asking")
    return made


def _about_someone(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("platform", choices=("telegram", "discord", "local"))
    verb.add_argument("id", help="the person's id there, such as 12345")
    return verb


def _run(settings: Settings, _options: argparse.Namespace) -> int:
    from bot.app import run

    return asyncio.run(run(settings, Role.RUN))


def _web(settings: Settings, _options: argparse.Namespace) -> int:
    from bot.app import run

    return _refuse(_ONE_FILE) if _is_one_file(settings) else asyncio.run(run(settings, Role.WEB))


def _worker(settings: Settings, _options: argparse.Namespace) -> int:
    from bot.app import run

    return _refuse(_ONE_FILE) if _is_one_file(settings) else asyncio.run(run(settings, Role.WORKER))


def _is_one_file(settings: Settings) -> bool:
    return settings.database_url.startswith("sqlite:")


def _doctor(settings: Settings, _options: argparse.Namespace) -> int:
    """0 if nothing is to be done, 1 otherwise."""
    from bot.doctor import examine
    from bot.logs import configure_logging

    configure_logging(settings)
    findings = asyncio.run(examine(settings))
    for finding in findings:
        print(("! " if finding.is_trouble else "  ") + finding.sentence)  # noqa: T201 - for the terminal
    return 1 if any(finding.is_trouble for finding in findings) else 0


def _discord(settings: Settings, _options: argparse.Namespace) -> int:
    if settings.discord_token is None:
        return _refuse(_WITHOUT)
    from bot.app import run

    return asyncio.run(run(settings.model_copy(update={"telegram_token": None}), Role.DISCORD))


def _migrate(settings: Settings, _options: argparse.Namespace) -> int:
    from bot.store.migrate import migrate

    asyncio.run(migrate(settings.database_url))
    return 0


def _rotate(settings: Settings, _options: argparse.Namespace) -> int:
    return asyncio.run(_rotate_all(settings))


def _export(settings: Settings, options: argparse.Namespace) -> int:
    return asyncio.run(_export_one(settings, options))


async def _export_one(settings: Settings, options: argparse.Namespace) -> int:
    if options.to.exists():
        return _refuse(f"{options.to} is there already; name another file with --to.")
    async with _opened(settings) as database:
        contents = await exported(database, options.platform, options.id, SystemClock().now())
    write_private(options.to, contents)
    _tell(f"Everything of this person is in {options.to}. Send it to them alone, then delete it.")
    return 0


def _import(settings: Settings, options: argparse.Namespace) -> int:
    if not options.file.is_file():
        return _refuse(f"There is no file {options.file}.")
    catalogues = Catalogues()
    try:
        return asyncio.run(_import_one(settings, options, catalogues.languages))
    except InvalidInputError as error:
        return _refuse(catalogues.plain(t(error.key, **error.arguments), SOURCE_LANGUAGE))


async def _import_one(settings: Settings, options: argparse.Namespace, languages: Sequence[str]) -> int:
    content, now = options.file.read_bytes(), SystemClock().now()
    async with _opened(settings) as database:
        new = await imported(database, options.platform, options.id, content, now, languages)
    _tell(f"Taken in: {new} entries that were not there yet." if new else "All of it was there already.")
    return 0


def _erase(settings: Settings, options: argparse.Namespace) -> int:
    if not options.yes and _answer(_REALLY) != options.id:
        return _refuse("Nothing was erased.")
    return asyncio.run(_erase_one(settings, options))


async def _erase_one(settings: Settings, options: argparse.Namespace) -> int:
    async with _opened(settings) as database:
        await erase(database, options.platform, options.id, SystemClock().now())
    _tell("Erased.")
    return 0


def _backup(settings: Settings, options: argparse.Namespace) -> int:
    database = _sqlite_file(settings)
    target = options.to or database.with_name(f"limber-{SystemClock().now():%Y%m%d-%H%M%S}.backup")
    if target.exists():
        return _refuse(f"{target} is there already; name another file with --to.")
    back_up(database, target)
    _tell(_BACKED_UP.format(target, keys_file(database)))
    return 0


def _restore(settings: Settings, options: argparse.Namespace) -> int:
    database = _sqlite_file(settings, must_exist=False)
    if not options.yes and _answer(_REALLY_RESTORE) != "restore":
        return _refuse("Nothing was restored.")
    try:
        done = restore(options.file, database)
    except FileNotFoundError as error:
        return _refuse(f"{error} is missing: without it a backup can't be opened. Nothing was changed.")
    _tell(_RESTORED.format(done.people, done.left_out))
    return 0


def _sqlite_file(settings: Settings, *, must_exist: bool = True) -> Path:
    file = database_file(settings.database_url)
    if file is None:
        raise NoDatabase(_POSTGRES_BACKUP)
    if must_exist and not file.exists():
        raise NoDatabase(f"there is no database at {file}")
    return file


def _answer(question: str) -> str:
    try:
        return input(question).strip()
    except EOFError:
        return ""


async def _rotate_all(settings: Settings) -> int:
    from bot.store.rotation import rotate

    async with _opened(settings) as database:
        async for done in rotate(database):
            _tell(_ROTATED.format(done.wrapped))
        await database.scrub()
    if done.unopened:
        return _refuse(_UNOPENED.format(done.unopened))
    return 0


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database]:
    """The database that is there, at the newest schema. Raises `KeysMissing`, `NoDatabase`, `WrongKey`."""
    from bot.app import keys_of
    from bot.store.ids import Ids
    from bot.store.migrate import migrate

    if database_file(settings.database_url) is not None:
        _sqlite_file(settings)
    database = open_database(settings.database_url, Keyring(keys_of(settings)), Ids(SystemClock()))
    await migrate(settings.database_url)
    await database.start()
    try:
        yield database
    finally:
        await database.stop()


def _tell(sentence: str) -> None:
    print(sentence, flush=True)  # noqa: T201 - for the terminal


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201 - for the terminal
    return 2


VERBS: dict[str, Callable[[Settings, argparse.Namespace], int]] = {
    "run": _run,
    "web": _web,
    "worker": _worker,
    "discord": _discord,
    "doctor": _doctor,
    "migrate": _migrate,
    "rotate": _rotate,
    "export": _export,
    "import": _import,
    "erase": _erase,
    "backup": _backup,
    "restore": _restore,
}
