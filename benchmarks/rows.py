"""What a benchmark found, as a row of the table."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """`ours` beside the `peer` (the naive design) and its best honest form; "" where there is none.

    `met` says whether the aim was reached in this run; None where there is none to reach.
    """

    what: str
    aim: str
    ours: str
    met: bool | None = None
    peer: str = ""
    best_peer: str = ""

    def packed(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self)


def table(rows: Iterable[Row]) -> str:
    """As Markdown."""
    head = "| what | aim | ours | met | naive design | its best form |\n|---|---|---|---|---|---|\n"
    return head + "\n".join(
        f"| {row.what} | {row.aim} | {row.ours} | {_VERDICTS[row.met]} | {row.peer} | {row.best_peer} |"
        for row in rows
    )


_VERDICTS = {True: "yes", False: "**no**", None: ""}
