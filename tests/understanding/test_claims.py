"""What is told as done counts where it is the practice, done by who tells it; and slips of the thumb."""

import pytest

from bot.understanding.answers import read_answer
from bot.understanding.spelling import mended
from tests.understanding.compact import NOW, answer_line

SKILLS = {"leaves on a stream": "leaves"}


@pytest.mark.parametrize(
    ("language", "says", "line"),
    [
        ("en", "did leaves on a stream", "done"),
        ("en", "did the dishes", "unclear"),
        ("en", "did the dishes, then did my breathing", "done"),
        ("en", "my sister did it", "unclear"),
        ("en", "yes, my sister did it", "unclear"),
        ("en", "did the thing with the spoons", "unclear"),
        ("en", "did the thing you sent", "done"),
        ("en", "done with the laundry", "unclear"),
        ("en", "at the gym the neighbour did it", "unclear"),
        ("en", "the strange it did", "unclear"),
        ("en", "wrote an email", "unclear"),
        ("en", "wrote my thought record", "done"),
        ("en", "slept 30 minutes", "unclear 30min"),
        ("en", "rough day, boss yelled for an hour, then I sat down and did the breathing", "done"),
        ("en", "did it a week ago", "done day-7"),
        ("en", "did it 4 days ago", "done day-4"),
        ("en", "did it 3 weeks ago", "unclear"),
        ("en", "did it 3 months ago", "unclear"),
        ("en", "did it on 3/11", "unclear"),
        ("en", "only did 2 minutes", "tiny 2min"),
        ("en", "only 2 minutes", "tiny 2min"),
        ("en", "got about 60% through", "partly"),
        ("en", "would have done it but fell asleep", "not_today"),
        ("en", "wanted to but did it yesterday", "done day-1"),
        ("en", "started the breathing, the phone rang", "partly"),
        ("en", "should have done half", "unclear"),
        ("en", "haven't yet", "later"),
        ("en", "nothing yet", "later"),
        ("en", "too tired tonight", "not_today (no_motivation)"),
        ("en", "no, tonight", "later at 2026-11-25 21:00"),
        ("de", "den Abwasch gemacht", "unclear"),
        ("de", "meine Schwester hat es gemacht", "unclear"),
        ("de", "vor fünf Tagen gemacht", "done day-5"),
        ("de", "in einer halben Stunde", "later exactly 2026-11-25 10:30"),
        ("de", "spaeter", "later"),
        ("es", "si tengo tiempo", "unclear"),
        ("es", "hice la cena", "unclear"),
        ("es", "lo hice hace cinco días", "done day-5"),
        ("fr", "j'ai fait la vaisselle", "unclear"),
        ("fr", "fait il y a 4 jours", "done day-4"),
        ("fr", "je l'ai fait lundi", "done day-2"),
        ("pt", "fiz o jantar", "unclear"),
        ("pt", "pronto para dormir", "unclear"),
        ("pt", "fiz há 4 dias", "done day-4"),
    ],
)
def test_what_was_done_and_by_whom(language: str, says: str, line: str) -> None:
    assert answer_line(read_answer(says, now=NOW, language=language, skills=SKILLS)) == line


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("finsihed", "finsihed"),
        ("forgto", "forgot"),
        ("jsut", "just"),
        ("boiled", "boiled"),
        ("fnished", "finished"),
        ("compleetd", "completed"),
        ("xyz", "xyz"),
    ],
)
def test_a_slip_of_the_thumb_is_made_good_where_one_word_is_meant(typed: str, meant: str) -> None:
    assert mended(typed, "en") == meant


def test_umlauts_may_be_written_out() -> None:
    assert mended("muede", "de") == "mude"
