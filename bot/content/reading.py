"""Content files read from disk, each mistake collected rather than raised."""

import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.content.problems import Problem, problems_of

Model = TypeVar("Model", bound=BaseModel)


class Reader:
    """Reads the files of one language and collects what is wrong with them in `problems`."""

    def __init__(self, folder: Path, problems: list[Problem]) -> None:
        self.language = folder.name
        self._folder = folder
        self._problems = problems

    def tell(self, file: str, entry: str, field: str, sentence: str) -> None:
        """Note a mistake in one of the language's files."""
        self._problems.append(Problem(f"{self.language}/{file}", entry, field, sentence))

    def file(self, name: str, model: type[Model]) -> Model | None:
        """Return the file as `model`, or None where it cannot be used."""
        raw = self._toml(name)
        return None if raw is None else self._checked(raw, model, name, "")

    def entries(self, raw: Sequence[dict[str, Any]], model: type[Model], name: str, kind: str) -> list[Model]:
        """Return the entries of a file that are right, each checked on its own; `kind` names one."""
        checked = []
        for number, each in enumerate(raw, start=1):
            called = each.get("id", each.get("occasion", f"number {number}"))
            entry = self._checked(each, model, name, f"{kind} {called}")
            if entry is not None:
                checked.append(entry)
        return checked

    def check_language(self, name: str, language: str) -> None:
        """Note a file that says it is in another language than its folder."""
        if language != self.language:
            sentence = f"is {language!r} in the folder {self.language}; make them the same"
            self.tell(name, "", "meta, language", sentence)

    def check_once(self, name: str, kind: str, field: str, keys: Sequence[str]) -> None:
        """Note what is there twice."""
        for key, times in Counter(keys).items():
            if times > 1:
                self.tell(
                    name, f"{kind} {key}", field, f"is there {times} times; keep one or rename the others"
                )

    def has(self, name: str) -> bool:
        """Tell whether the language has the file."""
        return (self._folder / name).is_file()

    def _toml(self, name: str) -> dict[str, Any] | None:
        try:
            return tomllib.loads((self._folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            self.tell(name, "", "", "is missing; put the file back")
        except UnicodeDecodeError:
            self.tell(name, "", "", "is not saved as UTF-8; save it again in that encoding")
        except tomllib.TOMLDecodeError as wrong:
            help_ = "look there for a missing quote, bracket or equals sign"
            self.tell(name, "", "", f"cannot be read ({wrong}); {help_}")
        return None

    def _checked(self, raw: dict[str, Any], model: type[Model], name: str, entry: str) -> Model | None:
        try:
            return model.model_validate(raw)
        except ValidationError as failed:
            file = f"{self.language}/{name}"
            self._problems += problems_of(failed, file, entry, model.model_fields)
            return None
