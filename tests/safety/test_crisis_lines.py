"""The crisis lines as shipped, and what is said about a broken file."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.safety.lines import CrisisLines, Directory, LinesError, load_lines

SHIPPED = """
[meta]
schema = 1
checked_on = 2026-01-01
recheck_every_days = 90
review_state = "reviewed"

[[directory]]
name = "World"
url = "https://world.example"
scope = ""
verification = "official"
note = ""

[[emergency]]
countries = ["XA", "XB"]
numbers = ["112"]
verification = "official"
"""


def _line(called: str, of_kind: str = "mental_health", **fields: str) -> str:
    texts = {
        "country": "XA",
        "name": called,
        "phone": "1",
        "text": "",
        "chat_url": "",
        "url": "",
        "hours": "24/7",
        "languages": "",
        "kind": of_kind,
        "verification": "press",
        "seen": "",
        "source": "",
        "note": "",
        "ship": "true",
        "primary": "false",
        **fields,
    }
    bare = ("ship", "primary")
    return "\n[[line]]\n" + "".join(
        f"{field} = {value}\n" if field in bare else f'{field} = "{value}"\n'
        for field, value in texts.items()
    )


def _loaded(folder: Path, *lines: str) -> CrisisLines:
    file = folder / "lines.toml"
    file.write_text(SHIPPED + "".join(lines), encoding="utf-8")
    return load_lines(file)


def _names(lines: CrisisLines, kind: str | None = None) -> list[str]:
    return [line.name for line in lines.for_country("XA", kind=kind).lines]


@pytest.fixture(scope="module")
def lines() -> CrisisLines:
    """The lines as shipped."""
    return load_lines()


def test_countries_have_emergency_numbers(lines: CrisisLines) -> None:
    without = [code for code in lines.countries() if not lines.for_country(code).emergency]
    assert without == []
    assert lines.for_country("GB").emergency == ("999", "112")


def test_every_country_offers_two_channels_where_the_data_has_them(lines: CrisisLines) -> None:
    for code in lines.countries():
        shown = lines.for_country(code).lines
        can_write = any(line.text or line.chat_url for line in shown)
        can_call = any(line.phone for line in shown)
        assert any(line.text or line.chat_url for line in shown[:3]) == can_write
        assert any(line.phone for line in shown[:3]) == can_call


def test_numbers_from_memory_are_not_shown(lines: CrisisLines) -> None:
    shown = [line for code in lines.countries() for line in lines.for_country(code).lines]
    assert {line.verification for line in shown} <= {"official", "press", "partial"}
    assert "National Domestic Violence Hotline" not in {line.name for line in shown}


def test_hours_nobody_checked_are_left_out(lines: CrisisLines) -> None:
    assert [line.hours for line in lines.for_country("DK").lines] == [""]
    assert not any(
        "check" in line.hours for code in lines.countries() for line in lines.for_country(code).lines
    )


def test_a_code_is_read_in_any_case(lines: CrisisLines) -> None:
    assert lines.for_country(" fr ") == lines.for_country("FR")


@pytest.mark.parametrize("code", [None, "", "ZZ", "Narnia"])
def test_an_unknown_country_gets_directories_only(lines: CrisisLines, code: str | None) -> None:
    found = lines.for_country(code)
    assert (found.emergency, found.lines) == ((), ())
    assert Directory("Find A Helpline (ThroughLine)", "https://findahelpline.com") in found.directories


def test_a_country_with_a_number_only_is_a_country(lines: CrisisLines) -> None:
    assert "BG" in lines.countries()
    assert lines.for_country("BG").emergency == ("112",)
    assert lines.for_country("BG").lines == ()


def test_suicidal_crisis_comes_first_then_the_main_line(tmp_path: Path) -> None:
    lines = _loaded(
        tmp_path,
        _line("talk"),
        _line("main", primary="true"),
        _line("crisis", "suicide_crisis"),
        _line("home", "abuse"),
    )
    assert _names(lines) == ["crisis", "main", "talk", "home"]
    assert _names(lines, "abuse") == ["home", "crisis", "main", "talk"]


def test_a_line_for_writing_is_kept_among_the_first_three(tmp_path: Path) -> None:
    calls = [_line(f"call {number}", primary="true") for number in range(4)]
    assert _names(_loaded(tmp_path, *calls, _line("chat", chat_url="https://chat.example"))) == [
        *("call 0", "call 1", "chat", "call 2", "call 3")
    ]


def test_lines_are_stale_after_the_days_they_may_last(tmp_path: Path) -> None:
    lines = _loaded(tmp_path, _line("talk"))
    checked = date(2026, 1, 1)
    assert (lines.checked_on, lines.review_state) == (checked, "reviewed")
    assert not lines.stale(checked + timedelta(days=90))
    assert lines.stale(checked + timedelta(days=91))


def test_a_line_that_is_not_shipped_makes_no_country(tmp_path: Path) -> None:
    lines = _loaded(tmp_path, _line("talk"), _line("other", country="XC", ship="false"))
    assert lines.countries() == ("XA", "XB")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"country": "xa"}, "line 1 (talk), country: holds 'xa'; write two capital letters in quotes."),
        ({"verification": "sure"}, "line 1, verification: is 'sure'; write one of official, press, "),
        ({"kind": "other"}, "line 1 (talk), kind: is 'other'; write one of suicide_crisis, "),
        ({"name": ""}, "line 1 (), name: is empty; write the name of the service."),
        ({"phone": ""}, "line 1 (talk), phone: is empty, and so are text and chat_url; give one way "),
        ({"verification": "memory"}, "line 1 (talk), ship: is true for a number no one has seen in a "),
        ({"url": "www.example"}, "line 1 (talk), url: is not an address that begins with https://; "),
        ({"ship": '"yes"'}, "line 1, ship: is not true or false; correct it."),
        ({"colour": "red"}, "line 1, colour: is not a known field; remove it or correct its spelling."),
    ],
)
def test_a_mistake_in_a_line_is_told(tmp_path: Path, fields: dict[str, str], told: str) -> None:
    with pytest.raises(LinesError) as refused:
        _loaded(tmp_path, _line("talk", **fields))
    assert len(refused.value.problems) == 1
    assert str(refused.value).startswith(f"lines.toml, {told}")


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("recheck_every_days = 90", "recheck_every_days = 0", "meta, recheck_every_days: is less than 1; "),
        ("schema = 1\n", "", "meta, schema: is missing; add it."),
        ("[meta]", "[metal]", "meta: is missing; add the [meta] table."),
        ('["112"]', '["one"]', "emergency 1, numbers: holds 'one'; write two to six digits in quotes."),
        ('["112"]', "[112]", "emergency 1, numbers: holds 112; write two to six digits in quotes."),
        ('["112"]', "[]", "emergency 1, numbers: is empty; write at least one."),
        ("[[directory]]", "[[directories]]", "directory: is missing; write at least one [[directory]]."),
        ("schema = 1", "schema = ", "cannot be read (Invalid value"),
    ],
)
def test_a_mistake_elsewhere_is_told(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    file = tmp_path / "lines.toml"
    whole = SHIPPED + _line("talk")
    assert whole.count(right) == 1
    file.write_text(whole.replace(right, wrong), encoding="utf-8")
    with pytest.raises(LinesError) as refused:
        load_lines(file)
    assert len(refused.value.problems) == 1
    assert told in str(refused.value)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(LinesError) as refused:
        _loaded(tmp_path, _line("one", kind="a"), _line("two", kind="b", url="x"))
    assert len(refused.value.problems) == 3


def test_a_file_that_is_not_there_or_not_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "lines.toml"
    with pytest.raises(LinesError, match=r"lines\.toml: is missing; put the file back\."):
        load_lines(file)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(LinesError, match="is not saved as UTF-8"):
        load_lines(file)


def test_a_directory_that_is_no_table_is_told(tmp_path: Path) -> None:
    file = tmp_path / "lines.toml"
    start = SHIPPED.index("[[directory]]")
    file.write_text("directory = [1]\n" + SHIPPED[:start] + _line("talk"), encoding="utf-8")
    with pytest.raises(LinesError, match="directory: is missing"):
        load_lines(file)
