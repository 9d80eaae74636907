"""The file of crisis lines, read and checked: every mistake in it is told in a sentence."""

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

KINDS = ("suicide_crisis", "emotional_support", "mental_health", "health_advice", "youth", "abuse")
VERIFICATIONS = ("official", "press", "partial", "memory")
_COUNTRY = re.compile(r"[A-Z]{2}")
_NUMBER = re.compile(r"[0-9]{2,6}")
_TEXTS = {
    "directory": ("name", "url", "scope", "verification", "note"),
    "emergency": ("verification",),
    "line": (
        *("country", "name", "phone", "text", "chat_url", "url", "hours", "languages", "kind"),
        *("verification", "seen", "source", "note"),
    ),
}
_OTHERS: dict[str, dict[str, type]] = {
    "directory": {},
    "emergency": {"countries": list, "numbers": list},
    "line": {"ship": bool, "primary": bool},
}
_META: dict[str, type] = {"schema": int, "checked_on": date, "recheck_every_days": int, "review_state": str}
_CALLED = {str: "text in quotes", bool: "true or false", list: "a list", date: "a day", int: "a whole number"}


class LinesError(Exception):
    """The file of crisis lines has mistakes; `problems` lists each as "file, entry, field: sentence"."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class LineFile:
    """One file of crisis lines; `problems` holds what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self.problems: list[str] = []
        self._name = path.name
        self.raw = self._toml(path)

    def check(self) -> None:
        """Find every mistake in the file.

        Raises LinesError where there are any.
        """
        if not self.problems:
            self._check_meta()
            for kind in _TEXTS:
                self._check_entries(kind)
        if self.problems:
            raise LinesError(self.problems)

    def _toml(self, path: Path) -> dict[str, Any]:
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            self._tell("", "", "is missing; put the file back")
        except UnicodeDecodeError:
            self._tell("", "", "is not saved as UTF-8; save it again in that encoding")
        except tomllib.TOMLDecodeError as wrong:
            self._tell("", "", f"cannot be read ({wrong}); look there for a missing quote or bracket")
        return {}

    def _tell(self, entry: str, field: str, sentence: str) -> None:
        place = ", ".join(part for part in (self._name, entry, field) if part)
        self.problems.append(f"{place}: {sentence}.")

    def _check_meta(self) -> None:
        meta = self.raw.get("meta")
        if not isinstance(meta, dict):
            self._tell("meta", "", "is missing; add the [meta] table")
            return
        self._check_fields("meta", meta, _META)
        if isinstance(meta.get("recheck_every_days"), int) and meta["recheck_every_days"] < 1:
            self._tell("meta", "recheck_every_days", "is less than 1; write a number of days")

    def _check_entries(self, kind: str) -> None:
        entries = self.raw.get(kind)
        if (
            not isinstance(entries, list)
            or not entries
            or not all(isinstance(each, dict) for each in entries)
        ):
            self._tell(kind, "", f"is missing; write at least one [[{kind}]]")
            return
        for number, entry in enumerate(entries, start=1):
            self._check_entry(kind, f"{kind} {number}", entry)

    def _check_entry(self, kind: str, place: str, entry: dict[str, Any]) -> None:
        before = len(self.problems)
        self._check_fields(place, entry, {**dict.fromkeys(_TEXTS[kind], str), **_OTHERS[kind]})
        if len(self.problems) > before:
            return
        self._check_word(place, "verification", entry["verification"], VERIFICATIONS)
        if kind == "line":
            self._check_line(f"{place} ({entry['name']})", entry)
        if kind == "emergency":
            self._check_list(place, "countries", entry["countries"], _COUNTRY, "two capital letters")
            self._check_list(place, "numbers", entry["numbers"], _NUMBER, "two to six digits")

    def _check_fields(self, place: str, entry: dict[str, Any], fields: dict[str, type]) -> None:
        for field in entry:
            if field not in fields:
                self._tell(place, field, "is not a known field; remove it or correct its spelling")
        for field, kind in fields.items():
            if field not in entry:
                self._tell(place, field, "is missing; add it")
            elif type(entry[field]) is not kind:
                self._tell(place, field, f"is not {_CALLED[kind]}; correct it")

    def _check_line(self, place: str, line: dict[str, Any]) -> None:
        self._check_word(place, "kind", line["kind"], KINDS)
        self._check_list(place, "country", [line["country"]], _COUNTRY, "two capital letters")
        if not line["name"]:
            self._tell(place, "name", "is empty; write the name of the service")
        if not (line["phone"] or line["text"] or line["chat_url"]):
            self._tell(place, "phone", "is empty, and so are text and chat_url; give one way to reach it")
        if line["ship"] and line["verification"] == "memory":
            self._tell(place, "ship", "is true for a number no one has seen in a source; find one first")
        for field in ("url", "chat_url"):
            if line[field] and not line[field].startswith(("https://", "http://")):
                self._tell(place, field, "is not an address that begins with https://; correct it")

    def _check_word(self, place: str, field: str, word: str, known: Sequence[str]) -> None:
        if word not in known:
            self._tell(place, field, f"is {word!r}; write one of {', '.join(known)}")

    def _check_list(
        self, place: str, field: str, values: Sequence[object], pattern: re.Pattern[str], meant: str
    ) -> None:
        if not values:
            self._tell(place, field, "is empty; write at least one")
        for value in values:
            if not isinstance(value, str) or not pattern.fullmatch(value):
                self._tell(place, field, f"holds {value!r}; write {meant} in quotes")
