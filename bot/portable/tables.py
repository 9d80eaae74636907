"""A record as tables for a spreadsheet, one a list. No cell can be taken for a formula."""

import csv
import io
from typing import Any

from bot.portable.leaving import Plain
from bot.portable.parts import PARTS, PartOf

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def tables(record: Plain) -> dict[str, bytes]:
    """CSV files by name (UTF-8 with its mark, for spreadsheets); a list without entries has none."""
    return {f"{part.name}.csv": _table(part, record[part.name]) for part in PARTS if record[part.name]}


def safe(value: Any) -> str:
    """A cell: words that a spreadsheet would run as a formula begin with an apostrophe, as OWASP advises."""
    if not isinstance(value, str):
        return "" if value is None else str(value)
    return f"'{value}" if value.startswith(_STARTS_A_FORMULA) else value


def _table(part: PartOf, entries: list[Plain]) -> bytes:
    rows = [_flat(entry) for entry in entries]
    known = [name for name in part.model.model_fields if name != "words"]
    columns = [*known, *dict.fromkeys(name for row in rows for name in row if name not in known)]
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([safe(column) for column in columns])
    writer.writerows([safe(row.get(column)) for column in columns] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _flat(entry: Plain) -> Plain:
    """The parts of an entry's words as columns of their own; lines of a list in one cell."""
    words = entry.get("words")
    if not isinstance(words, dict):
        return entry
    parts = {
        f"words_{name}": "\n".join(each) if isinstance(each, list) else each for name, each in words.items()
    }
    return {**{name: value for name, value in entry.items() if name != "words"}, **parts}
