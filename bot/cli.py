"""The verbs of `python -m bot`."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from bot.settings import Settings, SettingsError, load_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a verb; answers with the exit code."""
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings()
    except SettingsError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the operator reads this, not a log
        return 2
    verb = {"run": _run, "migrate": _migrate}[options.verb]
    return verb(settings)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Limber, a companion for practising skills."
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    verbs.add_parser("run", help="everything in one process: chat, nudges, local page")
    verbs.add_parser("migrate", help="bring the database to the newest schema")
    return parser


def _run(settings: Settings) -> int:
    from bot.app import run

    return asyncio.run(run(settings))


def _migrate(settings: Settings) -> int:
    from bot.store.migrate import migrate

    asyncio.run(migrate(settings.database_url))
    return 0
