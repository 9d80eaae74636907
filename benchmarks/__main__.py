"""`python -m benchmarks`: all of them, or those named."""

import asyncio
import importlib
import sys

ALL = ("turns", "transport", "drawing")


def main() -> None:
    """Prints a line for each."""
    for name in sys.argv[1:] or ALL:
        print(asyncio.run(importlib.import_module(f"benchmarks.{name}").run()), flush=True)


if __name__ == "__main__":
    main()
