"""The verbs of `python -m bot`. What goes wrong at the start is said in a sentence, for whoever runs it."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence

from bot.content.problems import ContentError
from bot.platforms.local.server import PortTakenError
from bot.safety.lines import LinesError
from bot.settings import Settings, SettingsError, load_settings
from bot.store.encryption import WrongKey
from bot.store.keyfile import KeyFileBroken, KeysMissing

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
_TOLD = (SettingsError, ContentError, LinesError, KeyFileBroken, KeysMissing)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a verb; answers with the exit code: 0 fine, 2 not started, with a sentence on standard error."""
    options = parser().parse_args(arguments)
    try:
        settings = load_settings()
    except SettingsError as error:
        return _refuse(str(error))
    try:
        return VERBS[options.verb](settings)
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
    return made


def _run(settings: Settings) -> int:
    from bot.app import Role, run

    return asyncio.run(run(settings, Role.RUN))


def _web(settings: Settings) -> int:
    from bot.app import Role, run

    return _refuse(_ONE_FILE) if _is_one_file(settings) else asyncio.run(run(settings, Role.WEB))


def _worker(settings: Settings) -> int:
    from bot.app import Role, run

    return _refuse(_ONE_FILE) if _is_one_file(settings) else asyncio.run(run(settings, Role.WORKER))


def _is_one_file(settings: Settings) -> bool:
    return settings.database_url.startswith("sqlite:")


def _doctor(settings: Settings) -> int:
    """0 if nothing is to be done, 1 otherwise."""
    from bot.doctor import examine
    from bot.logs import configure_logging

    configure_logging(settings)
    findings = asyncio.run(examine(settings))
    for finding in findings:
        print(("! " if finding.is_trouble else "  ") + finding.sentence)  # noqa: T201 - for the terminal
    return 1 if any(finding.is_trouble for finding in findings) else 0


def _discord(settings: Settings) -> int:
    if settings.discord_token is None:
        return _refuse(_WITHOUT)
    from bot.app import Role, run

    return asyncio.run(run(settings.model_copy(update={"telegram_token": None}), Role.DISCORD))


def _migrate(settings: Settings) -> int:
    from bot.store.migrate import migrate

    asyncio.run(migrate(settings.database_url))
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201 - for the terminal
    return 2


VERBS: dict[str, Callable[[Settings], int]] = {
    "run": _run,
    "web": _web,
    "worker": _worker,
    "discord": _discord,
    "doctor": _doctor,
    "migrate": _migrate,
}
