"""Crisis language measured on messages that were labelled by hand, a part of which is only ever scored."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.safety.detection import Card, Sound, calls_for_card, detect
from tools.score_danger import score
from tools.weigh_danger import is_held_out

_FILE = Path(__file__).parent / "labelled.toml"
_LAST_MEASURED = "examined"
_MEASURED_UNSEEN = {"en": (95, 1), "de": (95, 0), "es": (95, 0), "fr": (95, 1), "pt": (95, 2)}
_MEASURED_ALARMS = {"en": (90, 0), "de": (90, 1), "es": (90, 3), "fr": (90, 3), "pt": (90, 2)}
"""What the newest set showed, scored once before anyone developed on it: how many, and how many wrong."""
_MOST_UNSEEN = 1 / 50
_MOST_FALSE_ALARMS = 1 / 20


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message and the card that it calls for: "A", "B" or "none"."""

    phrase: str
    language: str
    expected: str

    @property
    def held_out(self) -> bool:
        """Tell whether the message is only ever scored, never used while phrases are worked on."""
        return is_held_out(self.phrase)


def _rows() -> list[Labelled]:
    languages = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return [
        Labelled(phrase, language, expected)
        for language, cards in languages.items()
        for expected, phrases in cards.items()
        for phrase in phrases
    ]


def _part(held_out: bool) -> list[Labelled]:
    return [row for row in _rows() if row.held_out is held_out]


def test_the_set_is_large_enough_in_every_language() -> None:
    rows = _rows()
    assert len({row.phrase for row in rows}) == len(rows)
    for language in ("en", "de", "es", "fr", "pt"):
        of_language = [row for row in rows if row.language == language]
        assert sum(row.expected != "none" for row in of_language) >= 60
        assert sum(row.expected == "none" for row in of_language) >= 60
    assert all(len(_part(held_out)) > 250 for held_out in (True, False))


@pytest.mark.parametrize("held_out", [False, True], ids=["developed on", "held out"])
def test_at_most_one_in_fifty_in_danger_goes_unseen(held_out: bool) -> None:
    true = [row for row in _part(held_out) if row.expected != "none"]
    unseen = [row for row in true if detect(row.phrase) is None]
    assert len(unseen) <= len(true) * _MOST_UNSEEN, f"{len(unseen)} of {len(true)}"


@pytest.mark.parametrize("held_out", [False, True], ids=["developed on", "held out"])
def test_at_most_one_in_twenty_harmless_messages_gets_the_full_card(held_out: bool) -> None:
    harmless = [row for row in _part(held_out) if row.expected == "none"]
    alarms = [row for row in harmless if (found := detect(row.phrase)) and found.card is Card.A]
    assert len(alarms) <= len(harmless) * _MOST_FALSE_ALARMS, f"{len(alarms)} of {len(harmless)}"


def test_what_was_once_missed_is_heard_now() -> None:
    messages = tomllib.loads((_FILE.parent / "once_missed.toml").read_text(encoding="utf-8"))
    assert [message for message in messages["danger"] if detect(message) is None] == []
    alarms = [each for each in messages["harmless"] if (found := detect(each)) and found.card is Card.A]
    assert len(alarms) <= len(messages["harmless"]) * _MOST_FALSE_ALARMS


@pytest.mark.parametrize(
    ("name", "least_true", "least_harmless"),
    [
        *(
            ("third_ear", 240, 240),
            ("fourth_ear", 324, 310),
            ("fifth_ear", 324, 310),
            ("sixth_ear", 324, 310),
        ),
        ("unseen", 325, 310),
        *(("seventh_ear_open", 325, 310), ("own_ear", 640, 1200), ("developed_on", 400, 400)),
        *(("voices", 4050, 3590), ("themes", 4500, 3600), ("border", 3400, 4400), ("slants", 4800, 3600)),
    ],
)
def test_what_others_wrote_is_heard(name: str, least_true: int, least_harmless: int) -> None:
    misses: list[str] = []
    found = score(tomllib.loads((_FILE.parent / f"{name}.toml").read_text(encoding="utf-8")), misses)
    for true, unseen, harmless, alarms in found.values():
        assert unseen <= true * _MOST_UNSEEN, misses
        assert alarms <= harmless * _MOST_FALSE_ALARMS, misses
    assert found["all"][0] >= least_true
    assert found["all"][2] >= least_harmless


def test_the_figures_that_are_printed_are_those_of_the_set_that_was_measured_last() -> None:
    misses: list[str] = []
    measured = tomllib.loads((_FILE.parent / f"{_LAST_MEASURED}.toml").read_text(encoding="utf-8"))
    found = score(measured, misses)
    for language, (true, unseen, harmless, alarms) in found.items():
        if language == "all":
            continue
        of_true, most_unseen = _MEASURED_UNSEEN[language]
        of_harmless, most_alarms = _MEASURED_ALARMS[language]
        assert (true, harmless) == (of_true, of_harmless)
        assert unseen <= most_unseen, misses
        assert alarms <= most_alarms, misses
    printed = (_FILE.parents[2] / "docs" / "threat-model.md").read_text(encoding="utf-8")
    unseen, alarms = (sum(most for _, most in each.values()) for each in (_MEASURED_UNSEEN, _MEASURED_ALARMS))
    assert f"{unseen} of {found['all'][0]} messages in danger unseen" in printed
    assert f"the full card on {alarms} of {found['all'][2]} harmless ones" in printed


@pytest.mark.parametrize(
    ("name", "of", "cards", "faint", "slight"),
    [("reflections", 220, 8, 21, 52), ("ordinary", 300, 2, 15, 51), ("everyday", 360, 9, 44, 86)],
)
def test_ordinary_reflections_hardly_ever_stop_at_a_card(
    name: str, of: int, cards: int, faint: int, slight: int
) -> None:
    file = _FILE.parent / f"{name}.toml"
    written = [
        text for each in tomllib.loads(file.read_text(encoding="utf-8")).values() for text in each["none"]
    ]
    carded = [text for text in written if calls_for_card(text)]
    sounds = [found.sound if (found := detect(text)) is not None else None for text in written]

    assert len(written) == of
    assert len(carded) <= cards, carded
    assert sounds.count(Sound.FAINT) <= faint
    assert sounds.count(Sound.SLIGHT) <= slight
