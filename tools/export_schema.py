"""Writes the JSON schema of the portable record: `python -m tools.export_schema docs/export.schema.json`."""

import json
import sys
from pathlib import Path

from bot.portable.models import Record


def schema() -> str:
    """The schema of `limber.json`, as JSON."""
    return json.dumps(Record.model_json_schema(), indent=2) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema(), encoding="utf-8")
