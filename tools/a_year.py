"""Lets a made-up person live through a year, and writes down what was said.

python -m tools.a_year docs/a-year.md
"""

import asyncio
import logging
import sys
from pathlib import Path

from tools.year.life import live
from tools.year.nora import NORA
from tools.year.page import page


def main(target: Path) -> None:
    """Lives the year and writes its page."""
    logging.disable(logging.CRITICAL)
    target.write_text(page(NORA, asyncio.run(live(NORA))), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
