from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.texts import LOCALES, At, Catalogues, Clock, Day, Listing, Series, Text, Weekdays, t

CATALOGUES = Catalogues()
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def with_a_second_language(tmp_path: Path) -> Catalogues:
    """English, and a language that somebody has just begun to translate."""
    for language in ("en", "de"):
        (tmp_path / language / "LC_MESSAGES").mkdir(parents=True)
    english = (LOCALES / "en" / "LC_MESSAGES" / "limber.po").read_text(encoding="utf-8")
    (tmp_path / "en" / "LC_MESSAGES" / "limber.po").write_text(english, encoding="utf-8")
    german = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "button.skip"\nmsgstr "Überspringen"\n\n'
        'msgid "recap.minutes"\nmsgid_plural "recap.minutes"\n'
        'msgstr[0] "{n} Minute"\nmsgstr[1] "{n} Minuten"\n\n'
        'msgid "rule.weekly"\nmsgstr "jeden {days} um {times}"\n\n'
        'msgid "button.back"\nmsgstr ""\n'
    )
    (tmp_path / "de" / "LC_MESSAGES" / "limber.po").write_text(german, encoding="utf-8")
    return Catalogues(tmp_path)


def test_a_translator_adds_a_language_by_its_file_alone(with_a_second_language: Catalogues) -> None:
    catalogues = with_a_second_language

    assert catalogues.languages == ("de", "en")
    assert catalogues.plain(t("button.skip"), "de") == "Überspringen"
    assert catalogues.plain(t("recap.minutes", n=1), "de") == "1 Minute"
    assert catalogues.plain(t("recap.minutes", n=3), "de") == "3 Minuten"
    rule = t("rule.weekly", days=Weekdays((0, 4)), times=Listing((Clock(time(7, 30)), Clock(time(21)))))
    assert catalogues.plain(rule, "de") == "jeden Montag und Freitag um 07:30 und 21:00"


def test_what_a_language_lacks_is_said_in_english(with_a_second_language: Catalogues) -> None:
    assert with_a_second_language.plain(t("button.back"), "de") == "Back"
    assert with_a_second_language.plain(t("button.next"), "de") == "Next"


@pytest.mark.parametrize(
    ("hint", "language"), [("en", "en"), ("en-GB", "en"), ("pt-BR", "en"), (None, "en"), ("", "en")]
)
def test_the_nearest_language_there_is(hint: str | None, language: str) -> None:
    assert CATALOGUES.nearest(hint) == language


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (At(datetime(2026, 11, 25, 20, 0, tzinfo=UTC), BERLIN), "Wed 25 Nov, 21:00"),
        (Day(date(2026, 11, 25)), "Wed 25 Nov"),
        (Clock(time(7, 5)), "07:05"),
        (Weekdays((0, 2, 4)), "Monday, Wednesday, and Friday"),
        (Listing(("a", t("button.skip"))), "a and Skip"),
        (Series(("a", t("button.skip"))), "a · Skip"),
        (t("button.skip"), "Skip"),
        (7, "7"),
    ],
)
def test_arguments_are_told_in_the_language(value: object, told: str) -> None:
    assert CATALOGUES.plain(t("words", words=value), "en") == told


def test_what_people_wrote_is_escaped_for_platforms_and_not_for_labels() -> None:
    text = Text("words", {"words": '<b>"a" & b</b>'})

    assert CATALOGUES.html(text, "en") == '&lt;b&gt;"a" &amp; b&lt;/b&gt;'
    assert CATALOGUES.plain(text, "en") == '<b>"a" & b</b>'


def test_braces_in_words_are_words() -> None:
    assert CATALOGUES.plain(t("words", words="{n} {x.y}"), "en") == "{n} {x.y}"


def test_an_unknown_language_speaks_english() -> None:
    assert CATALOGUES.plain(t("words", words=Day(date(2026, 11, 25))), "xx") == "Wed 25 Nov"
