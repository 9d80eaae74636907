"""The report for the therapist: ticked, told, made; its numbers are those of the record."""

import io
import re
from typing import Any

import pypdf
import pypdfium2
import pytest

from bot.conversation.messages import Attachment, Wire
from bot.store.unit import Store
from tests.chat import Chat, Someone
from tests.exports import record_in
from tests.lives import begun, lived


async def _made(ada: Someone, period: str = "", *ticks: str) -> Attachment:
    await ada.says("/report")
    for label in filter(None, (period, *ticks)):
        await ada.taps(f"☐ {label}")
    await ada.taps("Show me what will be in it")
    await ada.taps("Make the PDF")
    made = ada.messages[-1].attachment
    assert made is not None
    return made


def _text(made: Attachment) -> str:
    reader = pypdf.PdfReader(io.BytesIO(made.content))
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def _person_id(store: Store) -> int:
    party = store.people.find("local", "ada")
    assert party is not None
    return party.person.id


async def test_the_tick_list_is_one_message_and_nothing_is_shared_by_default(ada: Someone) -> None:
    await ada.says("/report")
    (listed,) = [ada.hears("A report for your therapist", "Nothing goes anywhere")]
    assert "☐ My words about practices" in listed.labels
    assert "☐ The file may be saved and passed on" not in listed.labels
    await ada.taps("☐ 3 months")
    await ada.taps("☐ My words about practices")
    assert "☑ My words about practices" in listed.labels
    assert "☑ 3 months" in listed.labels
    await ada.taps("☑ My words about practices")
    assert "☐ My words about practices" in listed.labels
    ada.hears_nothing()
    await ada.says("/report")
    assert "Made so far" not in ada.sees().wire.text


async def test_what_is_made_is_dated_and_listed(ada: Someone) -> None:
    made = await _made(ada)
    assert (made.name, made.media_type, made.protected) == ("report-2026-11-25.pdf", "application/pdf", True)
    await ada.says("/export")
    await ada.says("/report")
    ada.hears("Made so far: a report on 25 Nov 2026 and an export on 25 Nov 2026")
    await ada.presses("rp:4w:sbf:make")
    passed_on = ada.messages[-1].attachment
    assert passed_on is not None
    assert not passed_on.protected


async def test_words_are_in_it_that_were_ticked_and_no_others(chat: Chat, ada: Someone) -> None:
    await ada.says("/goals zebragoal")
    await ada.says("/log did it, 5 min, zebrafelt silly at first")
    await ada.says("/slip zebraslip at the station")
    await ada.says("/cancel")
    assert "zebra" not in _text(await _made(ada))
    text = _text(await _made(ada, "", "My goals, in my words", "My words about practices"))
    assert ("zebragoal" in text, "zebrafelt" in text, "zebraslip" in text) == (True, True, False)
    assert "zebraslip" in _text(await _made(ada, "", "My words about slips"))


async def test_the_numbers_of_five_years_agree_in_words_report_and_export(chat: Chat, ada: Someone) -> None:
    def live(store: Store) -> int:
        lived(store, _person_id(store), chat.clock.now())
        return _person_id(store)

    person_id = await chat.app.database.write(live)
    await ada.says("/export")
    record = record_in(ada.messages[-1].attachment)
    await ada.says("/report")
    await ada.taps("☐ All time")
    await ada.taps("Show me what will be in it")
    preview = ada.sees().wire.text
    ticks = {"kind": "report", "period": "all", "ticks": "sbgprwe"}
    made = await chat.app.workshop.make(person_id, Wire("", document=ticks))
    again = await chat.app.workshop.make(person_id, Wire("", document=ticks))
    assert made is not None
    assert again is not None
    assert made.content == again.content

    practices = record["practices"]
    days = len({each["day"] for each in practices})
    told = [
        f"Practised {sum(each.get('times', 1) for each in practices)} times, on {days} days",
        f"{sum(each.get('minutes', 0) for each in practices)} minutes in all",
        f"Used for real {sum(each.get('times', 1) for each in practices if each['real'])} times",
        f"An old habit came back {sum(not each['ridden_out'] for each in record['slips'])} times",
        f"{sum(each['ridden_out'] for each in record['slips'])} urges were ridden out",
    ]
    text = _text(made)
    for line in told:
        assert line in preview
        assert line in text
    for words in ("Être gentille avec moi", "Als ich langsamer ausatmete", "=1+1 is what"):
        assert words in text
    enough = "Two minutes were enough today"
    assert text.count(enough) == sum(each["words"] == enough for each in record["reflections"])
    _is_a_proper_paper(made)


def _is_a_proper_paper(made: Attachment) -> None:
    reader = pypdf.PdfReader(io.BytesIO(made.content))
    assert reader.metadata is not None
    assert reader.metadata.title == "Practice between sessions"
    assert str(reader.root_object["/Lang"]) == "en"
    titles = [each.title for each in reader.outline if not isinstance(each, list)]
    assert titles[:3] == ["How often", "What changed", "To ask and bring up"]
    every: list[Any] = [page["/Resources"] for page in (reader.pages[0], reader.pages[3])]
    fonts = [font.get_object() for resources in every for font in resources["/Font"].values()]
    used = [font for font in fonts if "DejaVu" in str(font["/BaseFont"])]
    assert used
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used)
    first, second = (reader.pages[number].extract_text() for number in range(2))
    assert all(title in first for title in ("How often", "What changed", "To ask and bring up"))
    assert "How this is measured" in second
    drawn = pypdfium2.PdfDocument(made.content)[0].render(scale=0.5).to_pil().convert("L")
    assert 0.02 < sum(value < 128 for value in drawn.tobytes()) / len(drawn.tobytes()) < 0.3


@pytest.mark.parametrize(
    ("count", "told", "untold"),
    [
        (0, ["No practice was logged in this time"], ["What changed", "By skill", "Share of days"]),
        (1, ["Practised 1 time, on 1 day of 9"], ["usually"]),
        (2, ["Practised 2 times, on 2 days of 9"], ["usually"]),
        (6, ["on 6 days of 9", "By skill", "Box breathing"], []),
    ],
)
async def test_with_little_it_says_something_true(
    chat: Chat, ada: Someone, count: int, told: list[str], untold: list[str]
) -> None:
    await chat.app.database.write(lambda store: begun(store, _person_id(store), chat.clock.now(), count))
    text = _text(await _made(ada))
    assert [line for line in told if line not in text] == []
    assert [line for line in untold if line in text] == []


async def test_an_old_or_forged_button_is_met_kindly(ada: Someone) -> None:
    await ada.presses("rp:9y:sb:make")
    ada.hears("earlier message")
    await ada.presses("rp:4w:zzz:see")
    ada.hears("This will be in it")
