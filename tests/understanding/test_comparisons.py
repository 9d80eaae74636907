"""Days that something is only compared with: practice is logged today, whichever language says so."""

import pytest

from bot.understanding.answers import read_answer
from tests.understanding.compact import NOW, answer_line


@pytest.mark.parametrize(
    ("language", "text", "line"),
    [
        ("en", "did it, 6 min, fewer what ifs than last week", "done 6min"),
        ("en", "did it, better than yesterday", "done"),
        ("en", "done, slept better than on monday", "done"),
        ("en", "did it, same as yesterday", "done"),
        ("en", "did it, harder than expected", "done"),
        ("en", "did it, better than the worst one", "done"),
        ("en", "did it more than once yesterday", "done day-1"),
        ("de", "gemacht, besser als gestern", "done"),
        ("de", "gemacht, ruhiger als letzte Woche", "done"),
        ("de", "gestern gemacht", "done day-1"),
        ("es", "hecho, más tranquila que el lunes", "done"),
        ("es", "creo que ayer lo hice", "done day-1"),
        ("fr", "fait, mieux qu'hier", "done"),
        ("fr", "fait, plus calme que la semaine dernière", "done"),
        ("fr", "je crois que je l'ai fait hier", "done day-1"),
        ("pt", "feito, melhor que ontem", "done"),
        ("pt", "acho que fiz ontem", "done day-1"),
    ],
)
def test_a_day_it_is_compared_with_is_not_the_day_of_it(language: str, text: str, line: str) -> None:
    assert answer_line(read_answer(text, now=NOW, language=language)) == line
