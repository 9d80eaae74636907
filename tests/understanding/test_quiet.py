"""Quiet hours as people type them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.quiet import read_quiet

TEN_TO_SEVEN = (time(22), time(7))


@pytest.mark.parametrize(
    ("words", "language", "meant"),
    [
        ("10pm to 7am", "en", TEN_TO_SEVEN),
        ("22-7", "en", TEN_TO_SEVEN),
        ("between 10 and 7", "en", TEN_TO_SEVEN),
        ("from 22:00 to 07:00", "en", TEN_TO_SEVEN),
        ("7 to 7", "en", (time(19), time(7))),
        ("9:30pm until 8", "en", (time(21, 30), time(8))),
        ("midnight to 6", "en", (time(0), time(6))),
        ("12 to 8", "en", (time(0), time(8))),
        ("1pm to 3", "en", (time(13), time(15))),
        ("1pm to 2:30", "en", (time(13), time(14, 30))),
        ("from 11 at night to 6 in the morning", "en", (time(23), time(6))),
        ("von 22 bis 7 Uhr", "de", TEN_TO_SEVEN),
        ("de 22 a 7", "es", TEN_TO_SEVEN),
        ("entre 22h et 7h", "fr", TEN_TO_SEVEN),
        ("das 22h às 7h", "pt", TEN_TO_SEVEN),
        ("10pm", "en", None),
        ("at night", "en", None),
        ("7pm in the morning to 8", "en", None),
        ("10pm to 7am on weekdays", "en", None),
        ("22:00 to 22:00", "en", None),
        ("", "en", None),
    ],
)
def test_quiet_hours(words: str, language: str, meant: tuple[time, time] | None) -> None:
    assert read_quiet(words, language=language) == meant


IN_FULL = st.integers(0, 1439).filter(lambda minutes: minutes // 60 not in (10, 11, 12))
"""Minutes of the day whose hour, with a leading zero or from 13 on, can be meant once a day alone."""


@given(IN_FULL, IN_FULL)
def test_what_is_written_in_full_is_taken_as_it_stands(start: int, end: int) -> None:
    first, last = time(*divmod(start, 60)), time(*divmod(end, 60))
    assert read_quiet(f"{first:%H:%M} to {last:%H:%M}") == ((first, last) if first != last else None)


@given(st.text(max_size=200))
def test_any_text_is_borne(words: str) -> None:
    read_quiet(words)
