"""What a benchmark found, as a row of the table."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """`ours` beside the `peer` (the naive design) and its best honest form; "" where there is none."""

    what: str
    aim: str
    ours: str
    peer: str = ""
    best_peer: str = ""

    def packed(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self)


def table(rows: list[Row]) -> str:
    """As Markdown."""
    head = "| what | aim | ours | naive design | its best form |\n|---|---|---|---|---|\n"
    return head + "\n".join(
        f"| {row.what} | {row.aim} | {row.ours} | {row.peer} | {row.best_peer} |" for row in rows
    )
