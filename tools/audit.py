"""Asks PyPI whether anything that is locked has a known weakness.

    python -m tools.audit requirements/dev.txt

requirements/dev.txt has all that base.txt has. A known weakness fails. What could not be asked about (no
network, an index that does not tell) is warned of and fails nothing: it says nothing about the code.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from typing import Any, TextIO

_SECONDS = 300
_SHOWN = 5
_COMMAND = (
    *("pip_audit", "--format", "json", "--progress-spinner", "off", "--timeout", "5"),
    *("--disable-pip", "--no-deps", "--require-hashes"),
)


def report(files: Iterable[str]) -> list[dict[str, Any]] | None:
    """What is known of each locked package; None where nothing could be asked."""
    chosen = [part for file in files for part in ("-r", file)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, with names of our own files
            [sys.executable, "-m", *_COMMAND, *chosen], capture_output=True, timeout=_SECONDS, check=False
        )
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, subprocess.TimeoutExpired):
        return None
    return packages


def weaknesses(packages: Iterable[dict[str, Any]]) -> list[str]:
    """Each known weakness: package, version, its name, and the versions that mended it."""
    found = []
    for package in packages:
        for weakness in package.get("vulns", ()):
            mended = ", ".join(weakness["fix_versions"]) or "no version yet"
            found.append(f"{package['name']} {package['version']}: {weakness['id']}, mended in {mended}")
    return sorted(set(found))


def unasked(packages: Iterable[dict[str, Any]]) -> list[str]:
    """The packages of which nothing could be learned."""
    return sorted({package["name"] for package in packages if "skip_reason" in package})


def judge(packages: list[dict[str, Any]] | None, out: TextIO) -> int:
    """Writes what was found, a line each; 1 where a weakness is known."""
    if not packages:
        out.write("warning: dependencies were NOT audited: PyPI could not be asked\n")
        return 0
    missed = unasked(packages)
    if missed:
        named = ", ".join(missed[:_SHOWN]) + (", …" if len(missed) > _SHOWN else "")
        out.write(f"warning: {len(missed)} of {len(packages)} dependencies were NOT audited: {named}\n")
    found = weaknesses(packages)
    for each in found:
        out.write(f"weakness: {each}\n")
    if not missed and not found:
        out.write(f"{len(packages)} dependencies audited, no known weakness\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(judge(report(sys.argv[1:]), sys.stdout))
