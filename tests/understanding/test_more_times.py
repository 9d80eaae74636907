"""Sets of days, days a week, a few hours, days of the month, and what begins later."""

import pytest

from bot.understanding.times import read_when
from tests.understanding.compact import NOW, options_line, reading_line


@pytest.mark.parametrize(
    ("language", "phrase", "found"),
    [
        ("en", "MWF 7am", "WEEKLY;BYDAY=MO,WE,FR 07:00"),
        ("en", "3 times a week: mon wed fri at 9:00", "WEEKLY;BYDAY=MO,WE,FR 09:00"),
        ("en", "twice a week: mon wed fri at 9:00", "decline"),
        ("en", "2130 hours", "DAILY 21:30"),
        ("en", "2 minutes", "decline"),
        ("en", "in a fortnight", "at 2026-12-09 10:00"),
        ("en", "in about 2 hours", "exactly 2026-11-25 12:00"),
        ("en", "every 27 at 9am", "MONTHLY;BYMONTHDAY=27 09:00"),
        ("en", "every 3 at 9am", "decline"),
        ("en", "every day at 8:00 from march 3rd", "DAILY 08:00 from 2027-03-03"),
        ("en", "every tuesday at 17:00 starting next week", "WEEKLY;BYDAY=TU 17:00 from 2026-11-30"),
        ("en", "starting 2020-01-01 every day at 8:00", "decline"),
        ("en", "wensdays at 5pm", "WEEKLY;BYDAY=WE 17:00"),
        ("en", "31/31 at 9am", "decline"),
        ("en", "on 31/2 at 9am", "decline"),
        ("en", "1/1/2027 at 9am", "decline"),
        ("en", "25/1/2027 at 9am", "at 2027-01-25 09:00"),
        ("de", "jeden Dienstagabend um acht", "WEEKLY;BYDAY=TU 20:00"),
        ("de", "freitagabends um 19 Uhr", "WEEKLY;BYDAY=FR 19:00"),
        ("de", "nach 18 Uhr", "decline"),
        ("fr", "tous les 15 du mois à 10h", "MONTHLY;BYMONTHDAY=15 10:00"),
        ("fr", "après 18h", "decline"),
        ("es", "cada 27 a las 9:00", "MONTHLY;BYMONTHDAY=27 09:00"),
        ("pt", "todo dia 10 às 9h", "MONTHLY;BYMONTHDAY=10 09:00"),
        ("pt", "dia 24 de dezembro às 18h", "at 2026-12-24 18:00"),
        ("pt", "dia 12 às 14h", "at 2026-12-12 14:00"),
        ("pt", "todo dia 1º às 10h", "MONTHLY;BYMONTHDAY=1 10:00"),
        ("es", "el primero de cada mes a las 10:00", "MONTHLY;BYMONTHDAY=1 10:00"),
        ("es", "el primer día de cada mes a las 10:00", "MONTHLY;BYMONTHDAY=1 10:00"),
        ("es", "el primer lunes de cada mes a las 10:00", "decline"),
        ("es", "los días 15 a las 10:00", "MONTHLY;BYMONTHDAY=15 10:00"),
        ("es", "7am, 2pm y 10pm", "DAILY 07:00 14:00 22:00"),
        ("es", "un martes sí y otro no a las 20:00", "WEEKLY;INTERVAL=2;BYDAY=TU 20:00 from 2026-12-01"),
        ("fr", "un soir sur deux à 20h", "DAILY;INTERVAL=2 20:00"),
        ("fr", "un matin sur 2 à 7h", "DAILY;INTERVAL=2 07:00 from 2026-11-26"),
        ("en", "20:00 hours", "DAILY 20:00"),
        ("pt", "20h30 min", "DAILY 20:30"),
        ("pt", "vinte e trinta", "DAILY 20:30"),
        ("fr", "21h ça me va très bien", "DAILY 21:00"),
        ("fr", "21h tres vite", "decline"),
        ("en", "a las tres de la tarde", "DAILY 15:00"),
        ("en", "8am, first thing in the morning", "DAILY 08:00"),
        ("en", "8am, evening", "decline"),
        ("en", "8 and 9am, morning", "decline"),
        ("en", "half past twelve", "DAILY 12:30"),
        ("en", "in 3 days starting tomorrow", "decline"),
        ("de", "abends so um 8", "DAILY 20:00"),
        ("de", "erinner mich so um 20 uhr", "DAILY 20:00"),
        ("de", "mo so um 20 uhr", "decline"),
    ],
)
def test_found(language: str, phrase: str, found: str) -> None:
    assert reading_line(read_when(phrase, now=NOW, language=language)) == found


@pytest.mark.parametrize(
    ("phrase", "options"),
    [
        ("in a few hours", "exactly 2026-11-25 12:00 | exactly 2026-11-25 13:00 | exactly 2026-11-25 14:00"),
        (
            "twice a week at 9am",
            "WEEKLY;BYDAY=MO,TH 09:00 | WEEKLY;BYDAY=TU,FR 09:00 | WEEKLY;BYDAY=SA,SU 09:00",
        ),
    ],
)
def test_what_is_left_open_is_asked(phrase: str, options: str) -> None:
    assert options_line(read_when(phrase, now=NOW)) == options
