"""Every sentence of the catalogue held against the tone rules (EVIDENCE 4.1 and 4.6), as the content is."""

import re

import pytest
from babel.messages.pofile import read_po

from bot.texts import LOCALES
from tests.content.test_tone import AVOIDED, DIET

ALLOWED = {
    "moral words": {"group.private_only", "server.private_only"},
    "shame": {"crisis.a_harmed"},
    "chains and counts": {
        *("report.change_better", "report.change_harder"),
        *("now.worked", "progress.change", "progress.change_up", "worse.twice"),
    },
    "comparing": {"predict.better"},
    "urgency": {"today.weakest"},
    "medical promises": {"start.welcome", "start.welcome_taps", "about.text", "about.text_taps"},
}
"""Keys that say a word of the list in another sense: "isn't your fault", "no hurry", "doesn't diagnose"."""
LONGEST = 420
LONG = re.compile(
    r"^(start\.welcome|help\.|about\.|privacy\.|crisis\.|page\.|settings\.|session\.|report\.|own\.|wellplan)"
)
"""What is read at leisure, not pushed."""


def _sentences() -> dict[str, str]:
    with (LOCALES / "en" / "LC_MESSAGES" / "limber.po").open("rb") as file:
        catalogue = read_po(file)
    return {
        str(message.id if isinstance(message.id, str) else message.id[0]): " ".join(
            map(str, message.string if isinstance(message.string, tuple | list) else [message.string])
        )
        for message in catalogue
        if message.id
    }


@pytest.mark.parametrize("rule", AVOIDED)
def test_nothing_shames_or_pushes(rule: str) -> None:
    found = {key: text for key, text in _sentences().items() if re.search(AVOIDED[rule], text, re.IGNORECASE)}
    assert {key: text for key, text in found.items() if key not in ALLOWED.get(rule, set())} == {}


def test_bodies_are_left_alone_and_nothing_shouts() -> None:
    assert {key: text for key, text in _sentences().items() if re.search(DIET, text) or "!" in text} == {}


def test_what_is_said_in_passing_is_short() -> None:
    long = {
        key: len(text) for key, text in _sentences().items() if len(text) > LONGEST and not LONG.match(key)
    }
    assert long == {}
