"""House rules that hold over the whole tree."""

import ast
import re
import string
from pathlib import Path

import pytest

from bot.texts import Catalogues

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "bot").rglob("*.py"))
SENTENCE = re.compile(r"[A-Z][a-z]+ [a-z]+ [a-z]+|[a-z]+ [a-z]+ [a-z]+[.!?]")
FOR_PEOPLE = ("bot/conversation/dialogues", "bot/nudges", "bot/reports", "bot/platforms", "bot/pictures")
KEY = re.compile(r"[a-z_]+\.[a-z_0-9]+|words|number|two_lines|recap")


def _strings(path: Path) -> list[tuple[int, str]]:
    """The string constants of a module that are no docstrings and are raised by nothing."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    documentation |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    logged = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _is_log(node)
        for argument in node.args
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in documentation | logged
    ]


def _is_log(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") in ("log", "_log")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_for_people_stands_in_code(path: Path) -> None:
    if not str(path.relative_to(ROOT)).startswith(FOR_PEOPLE):
        return
    assert [found for found in _strings(path) if SENTENCE.search(found[1])] == []


def test_every_key_that_code_names_is_in_the_catalogue() -> None:
    catalogues = Catalogues()
    named = set()
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("t", "Text") and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and KEY.fullmatch(str(first.value)):
                    named.add(str(first.value))

    assert len(named) > 100
    assert sorted(key for key in named if not catalogues.has(key)) == []


def test_catalogues_have_the_same_keys_and_placeholders() -> None:
    catalogues = Catalogues()
    english = catalogues.messages("en")
    for language in catalogues.languages:
        for key, sentence in catalogues.messages(language).items():
            assert key in english, f"{language}: {key} is in no use"
            assert _placeholders(sentence) <= _placeholders(english[key]), f"{language}: {key}"


def test_no_registry_and_no_path_of_a_machine_is_written_down() -> None:
    tracked = [*ROOT.glob("*"), *(ROOT / "requirements").iterdir(), *SOURCES]
    for path in tracked:
        if path.suffix in (".txt", ".toml", ".py", ".md") or path.name in (
            "Makefile",
            "Procfile",
            "Dockerfile",
        ):
            words = path.read_text(encoding="utf-8")
            assert not re.search(r"index-url|find-links|/simple/|files\.pythonhosted", words), path


def _placeholders(sentence: str | tuple[str, ...]) -> set[str]:
    forms = (sentence,) if isinstance(sentence, str) else sentence
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}
