"""What tells why, or what one does at that hour, is set aside; what says more of the time never is."""

import pytest

from bot.understanding.times import read_when
from tests.understanding.compact import NOW, options_line, reading_line


def _read(phrase: str, language: str = "en") -> str:
    return reading_line(read_when(phrase, now=NOW, language=language))


@pytest.mark.parametrize(
    ("language", "phrase", "found"),
    [
        ("en", "9pm once the kids are down", "DAILY 21:00"),
        ("en", "once the kids are down, 9pm", "DAILY 21:00"),
        ("en", "9pm, once the kids are down, every sunday", "WEEKLY;BYDAY=SU 21:00"),
        ("en", "9pm - i'm usually in bed", "DAILY 21:00"),
        ("en", "i'm a nurse so 4pm", "DAILY 16:00"),
        ("en", "so 4pm once the ward is quiet", "DAILY 16:00"),
        ("en", "i work nights so 4pm is best", "DAILY 16:00"),
        ("en", "8:30pm cos that's when i'm home", "DAILY 20:30"),
        ("en", "10pm so i sleep better", "DAILY 22:00"),
        ("en", "i work late so i want 8pm", "DAILY 20:00"),
        ("en", "8pm so, once the kids are down", "DAILY 20:00"),
        ("en", "8pm straight after the news", "DAILY 20:00"),
        ("en", "7:45 because i am awake then", "DAILY 07:45"),
        ("en", "9am before my day starts", "DAILY 09:00"),
        ("en", "12:30 on my break", "DAILY 12:30"),
        ("en", "8 in the evening once the kids are down", "DAILY 20:00"),
        ("en", "8 o'clock pm after the news", "DAILY 20:00"),
        ("en", "mondays 8pm after choir, before the pub", "WEEKLY;BYDAY=MO 20:00"),
        ("de", "22:00, da sind die kinder im bett", "DAILY 22:00"),
        ("de", "ich bin Krankenschwester, deshalb 16 Uhr", "DAILY 16:00"),
        ("es", "soy enfermera, por eso a las 16:00", "DAILY 16:00"),
        ("es", "20:30 porque ya estoy en casa", "DAILY 20:30"),
        ("fr", "22h, quand les petits dorment", "DAILY 22:00"),
        ("fr", "je bosse de nuit alors 15h", "DAILY 15:00"),
        ("pt", "ao meio-dia, na pausa do táxi", "DAILY 12:00"),
        ("pt", "sou enfermeira, por isso 16h", "DAILY 16:00"),
        ("xx", "9pm once the kids are down", "DAILY 21:00"),
        ("en", "could you do 7:45am? i have my coffee then", "DAILY 07:45"),
        ("en", "8am i have my coffee then", "DAILY 08:00"),
        ("en", "i'm a nurse, so 4pm", "DAILY 16:00"),
        ("en", "every sunday at 4pm so i can plan my week", "WEEKLY;BYDAY=SU 16:00"),
        ("en", "9pm 😴 the kids are asleep", "DAILY 21:00"),
        ("en", "8pm becuase i'm home", "DAILY 20:00"),
        ("en", "8pm onec the kids are asleep", "DAILY 20:00"),
        ("en", "8pm over my first tea, once the little one is asleep", "DAILY 20:00"),
        ("en", "at my desk every monday 9am", "WEEKLY;BYDAY=MO 09:00"),
        ("en", "9pm once the kids are asleep every night", "DAILY 21:00"),
        ("en", "10am on the bus to work on weekdays", "WEEKLY;BYDAY=MO,TU,WE,TH,FR 10:00"),
        ("en", "8pm when i'm in the shower", "DAILY 20:00"),
        ("en", "8pm, no work then", "DAILY 20:00"),
        ("en", "9pm, i like my evenings", "DAILY 21:00"),
        ("en", "1pm, it's my lunch hour", "DAILY 13:00"),
        ("es", "cada domingo a las 5 pm para planear la semana", "WEEKLY;BYDAY=SU 17:00"),
        ("es", "20:00, a esa hora ya cené", "DAILY 20:00"),
        ("fr", "pendant ma pause à 12h15", "DAILY 12:15"),
        ("fr", "le dimanche à 18h pour préparer la semaine", "WEEKLY;BYDAY=SU 18:00"),
        ("de", "jeden Morgen um 7, um gut in den Tag zu starten", "DAILY 07:00"),
        ("pt", "7h da manhã quando acordo", "DAILY 07:00"),
    ],
)
def test_a_clause_that_holds_no_time_is_set_aside(language: str, phrase: str, found: str) -> None:
    assert _read(phrase, language) == found


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("in 2 hrs, im in a meeting", "exactly 2026-11-25 12:00"),
        ("tomorrow at 8am, got an exam", "at 2026-11-26 08:00"),
        ("tomorrow at 9am, i don't work", "at 2026-11-26 09:00"),
        ("in an hour, i can't right now", "exactly 2026-11-25 11:00"),
        ("in an hour when i get in", "exactly 2026-11-25 11:00"),
        ("tomorrow at 9am, i can't", "decline"),
        ("8am, got an exam", "decline"),
        ("8, got an exam", "decline"),
        ("9am, i don't work", "decline"),
    ],
)
def test_what_is_once_goes_with_a_time_that_is_once(phrase: str, found: str) -> None:
    assert _read(phrase) == found


def test_the_half_of_the_day_is_asked_beside_a_clause() -> None:
    read = read_when("8 once the kids are down", now=NOW)
    assert options_line(read) == "DAILY 08:00 | DAILY 20:00"


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("en", "9pm but not when i work"),
        ("en", "9pm on my days off"),
        ("en", "9pm, the nights i work"),
        ("en", "9pm, i want mornings too"),
        ("en", "8pm, i'm asleep"),
        ("en", "8pm? that's too late"),
        ("en", "9pm, the day before my session"),
        ("en", "9am, after walking the dog when i work"),
        ("en", "10pm when it's quiet when i work"),
        ("en", "9am to close"),
        ("en", "8pm call mum"),
        ("de", "20 Uhr am Monatsende"),
        ("de", "20 Uhr, da kann ich nicht"),
        ("fr", "les soirs où je travaille, 21h"),
        ("pt", "nos feriados, 21h"),
        ("fr", "21h ça me va trois fois"),
        ("en", "9pm but not when the kids are up"),
        ("en", "8am unless it's weekend"),
        ("en", "9pm when i work"),
        ("en", "9pm when i'm sad"),
        ("en", "9pm when i get time"),
        ("en", "9pm when the kids aren't here"),
        ("en", "9pm when the clocks change"),
        ("en", "8pm after 9pm"),
        ("en", "8pm once i'm back in march"),
        ("en", "9pm because tuesdays are busy"),
        ("en", "9pm because"),
        ("en", "20:00 and after the milking"),
        ("en", "20:00 or after the milking"),
        ("en", "an hour after the news, 9pm"),
        ("en", "9pm the night before my shift"),
        ("en", "9pm before my exam"),
        ("en", "9pm after christmas"),
        ("en", "9pm starting after the wedding"),
        ("en", "i'm not so good at 8pm"),
        ("en", "8pm is not so good"),
        ("en", "in 2 hours after the milking"),
        ("en", "every 3 days after the milking"),
        ("en", "i can't do 8pm so 9pm"),
        ("en", "i finish at 7 so do 8:30pm"),
        ("en", "don't remind me so 8pm"),
        ("en", "once the kids are down"),
        ("en", "when i wake up"),
        ("en", "every day except when i'm off"),
        ("en", "8pm after therapy"),
        ("en", "not before 8"),
        ("en", "before 9"),
        ("en", "after lunch"),
        ("en", "an hour before bed"),
        ("de", "20 Uhr aber nicht wenn ich arbeite"),
        ("de", "20 Uhr wenn ich traurig bin"),
        ("de", "eine Stunde vor dem Duschen"),
        ("es", "una hora antes de dormir"),
        ("es", "a las 22:00 cuando estoy triste"),
        ("fr", "une heure avant la douche"),
        ("fr", "2h après la douche"),
        ("fr", "1h30 après le boulot"),
        ("fr", "20h sauf quand je bosse"),
        ("pt", "uma hora antes de dormir"),
        ("pt", "2h depois do banho"),
        ("pt", "20h mas não quando eu trabalho"),
    ],
)
def test_what_may_say_more_of_the_time_is_declined(language: str, phrase: str) -> None:
    assert _read(phrase, language) == "decline"


@pytest.mark.parametrize("phrase", ["once a week 8pm", "every day once the kids are down 8"])
def test_what_is_left_open_is_no_rule(phrase: str) -> None:
    assert _read(phrase) in ("ask", "decline")


@pytest.mark.parametrize(
    ("language", "phrase", "found"),
    [
        ("en", "1pm on my lunch break", "DAILY 13:00"),
        ("en", "9:30pm before bed", "DAILY 21:30"),
        ("en", "before bed at 9:30pm", "DAILY 21:30"),
        ("en", "9:30pm, before bed", "decline"),
        ("en", "before bed, 9:30pm", "decline"),
        ("en", "8am and before bed", "DAILY 08:00 22:00"),
        ("en", "8am, lunch, 9pm", "DAILY 08:00 12:30 21:00"),
        ("en", "9am, lunch and 2pm", "DAILY 09:00 12:30 14:00"),
        ("de", "13 uhr in der mittagspause", "DAILY 13:00"),
        ("es", "22:30 antes de dormir", "DAILY 22:30"),
        ("fr", "13h à la pause déjeuner", "DAILY 13:00"),
        ("pt", "13h no almoço", "DAILY 13:00"),
    ],
)
def test_lunch_or_bedtime_beside_an_hour_is_that_hour(language: str, phrase: str, found: str) -> None:
    assert _read(phrase, language) == found


@pytest.mark.parametrize(
    ("language", "phrase", "found"),
    [
        ("en", "8am or 9am, not sure", "ask"),
        ("en", "8am, not sure", "decline"),
        ("de", "20 uhr oder 21 uhr, weiß nicht", "ask"),
        ("fr", "20h ou 21h, je sais pas", "ask"),
    ],
)
def test_a_doubt_beside_two_times_is_asked_and_alone_declined(language: str, phrase: str, found: str) -> None:
    assert _read(phrase, language) == found
