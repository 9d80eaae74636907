"""/progress: one sentence, a picture that says the same, details in place; true with little and with much."""

import io
from typing import Any

import pytest
from PIL import Image

from bot.conversation.handing import MOST, Handing
from bot.conversation.messages import Wire
from bot.conversation.naming import namer
from bot.conversation.overview import EVERYTHING, Overview, overview
from bot.pictures.calendar import DayKind
from bot.pictures.palette import DARK, LIGHT
from bot.pictures.progress import draw_progress
from bot.practice.summary import Window
from bot.reports.pictures import picture_of
from bot.store.unit import Store
from tests.chat import PLATFORM, Chat, Message, Someone
from tests.exports import record_in

LATER = ("Momentum", "Usually", "habit")
FEW = "From five on"


async def _logged(chat: Chat, ada: Someone, times: int, words: str = "did it, anxiety 7 to 4") -> None:
    for _ in range(times):
        await ada.says(f"/log {words}")
        await ada.says("/cancel")
        chat.clock.move(days=1)


async def _asks(ada: Someone, words: str = "/progress") -> Message:
    await ada.says(words)
    return ada.hears()


async def test_nothing_logged_says_how_to_begin_and_shows_no_chart(ada: Someone) -> None:
    said = await _asks(ada)
    assert "No practice logged yet" in said.wire.text
    assert said.attachment is None
    assert "Practise now" in said.labels


@pytest.mark.parametrize(
    ("times", "says", "never"),
    [
        (
            1,
            ("The first one is logged", "practised on 1 day", FEW),
            ("Momentum", "Usually", "habit"),
        ),
        (2, ("You have practised 2 times", "practised on 2 days"), LATER),
        (
            6,
            ("eases things by about 3 points", "practised on 6 days", "Momentum: warming up"),
            ("From five",),
        ),
    ],
)
async def test_few_practices_say_something_true_and_useful(
    chat: Chat, ada: Someone, times: int, says: tuple[str, ...], never: tuple[str, ...]
) -> None:
    await _logged(chat, ada, times)
    first = await _asks(ada)
    assert first.attachment is not None
    assert first.wire.text.count("\n") == 0, "one sentence comes first"
    await ada.taps("Details")
    told = ada.sees(*says).wire.text
    assert first is ada.messages[-1], "details stand where the sentence stood"
    assert not [words for words in never if words in told]
    for words in says:
        assert words in first.attachment.alternative
    await ada.taps("Back")
    assert "Momentum" not in ada.messages[-1].wire.text


async def test_a_stretch_without_practice_has_no_empty_picture(chat: Chat, ada: Someone) -> None:
    await _logged(chat, ada, 6)
    chat.clock.move(days=60)
    said = await _asks(ada, "/progress week")
    assert "The 6 practices from before are kept" in said.wire.text
    assert said.attachment is None
    await ada.taps("Year")
    assert ada.hears("eases things by about 3").attachment is not None


async def test_one_skill_and_one_goal_are_told_apart(chat: Chat, ada: Someone) -> None:
    await ada.says("/goals sleep through")
    await ada.says("/plan worry time")
    await ada.says("/cancel")
    await _logged(chat, ada, 6)
    await ada.says("/plan box breathing")
    await ada.says("/cancel")
    await _logged(chat, ada, 2, "did it")
    ada.heard = len(ada.messages)
    await _asks(ada)
    await ada.taps("One skill")
    await ada.taps("Worry time")
    message = ada.hears("Worry time. Usually it eases things by about 3 points.")
    assert message.attachment is not None
    assert "practised on 6 days" in message.attachment.alternative
    await ada.says("/progress year box breathing")
    ada.hears("Box breathing. You have practised 2 times so far.")
    await ada.taps("One goal")
    await ada.taps("sleep through")
    ada.hears("sleep through. No practice logged yet")
    await ada.taps("All practice")
    ada.hears("eases things by about 3")


async def test_a_plan_of_somebody_else_is_none(chat: Chat, ada: Someone) -> None:
    await ada.says("/plan worry time")
    await ada.says("/cancel")
    plan = await chat.app.database.read(lambda store: _person(store, ada).plans[0])
    eve = chat.person("eve")
    await eve.says("/start")
    await eve.taps("I agree")
    await eve.says("/cancel")
    await eve.presses(f"g:month:p{plan}:details")
    eve.hears("isn't there any more")


class _Found:
    def __init__(self, person_id: int, plans: list[int]) -> None:
        self.person_id, self.plans = person_id, plans


def _person(store: Store, who: Someone) -> _Found:
    party = store.people.find(PLATFORM, who.name)
    assert party is not None
    return _Found(party.person.id, [plan.row.id for plan in store.plans.of(party.person.id)])


async def test_the_person_chooses_light_or_dark(chat: Chat, ada: Someone) -> None:
    await _logged(chat, ada, 3)
    assert _paper(await _asks(ada)) == LIGHT.paper
    await ada.taps("Details")
    await ada.taps("Dark pictures")
    assert _paper(ada.hears()) == DARK.paper
    assert _paper(await _asks(ada, "/progress week")) == DARK.paper


def _paper(message: Message) -> str:
    assert message.attachment is not None
    image = Image.open(io.BytesIO(message.attachment.content)).convert("RGB")
    pixel = image.getpixel((4, 4))
    assert isinstance(pixel, tuple)
    return "#{:02x}{:02x}{:02x}".format(*pixel)


async def test_a_picture_is_drawn_once_until_something_changes(
    chat: Chat, ada: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = 0

    def counted(*given: object, **named: object) -> bytes:
        nonlocal drawn
        drawn += 1
        return draw_progress(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.reports.pictures.draw_progress", counted)
    await _logged(chat, ada, 3)
    first = await _asks(ada)
    again = await _asks(ada)
    assert drawn == 1
    assert first.attachment is not None
    assert again.attachment is not None
    assert first.attachment.content == again.attachment.content
    await ada.says("/log tiny")
    await ada.says("/cancel")
    await _asks(ada)
    assert drawn == 2


async def test_the_record_is_read_once_for_words_and_picture_and_again_where_another_process_sends(
    chat: Chat, ada: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = 0

    def counted(*given: Any, **named: Any) -> Overview:
        nonlocal read
        read += 1
        return overview(*given, **named)

    monkeypatch.setattr("bot.reports.pictures.overview", counted)
    await _logged(chat, ada, 3)
    here = await _asks(ada)
    assert read == 0
    monkeypatch.setattr(Handing, "give", lambda *_: "a ticket of somewhere else")
    there = await _asks(ada)
    assert read == 1
    assert here.attachment is not None
    assert there.attachment is not None
    assert here.attachment == there.attachment


def test_facts_are_handed_over_once_and_the_oldest_are_forgotten() -> None:
    handing = Handing()
    tickets = [handing.give(number) for number in range(MOST + 1)]
    assert len(set(tickets)) == MOST + 1
    assert handing.take(tickets[0]) is None
    assert handing.take(tickets[1]) == 1
    assert handing.take(tickets[1]) is None


async def test_words_picture_and_export_have_the_same_numbers(chat: Chat, ada: Someone) -> None:
    """Each told by the facts, drawn from them, and counted afresh in the export."""
    await _logged(chat, ada, 5)
    await _logged(chat, ada, 2, "tiny, 3 min")
    await _logged(chat, ada, 1, "partly, anxiety 9 to 5")
    message = await _asks(ada)
    assert message.attachment is not None
    words = message.attachment.alternative

    def read(store: Store) -> tuple[list[DayKind], list[tuple[float, float]]]:
        party = store.people.find(PLATFORM, ada.name)
        assert party is not None
        name = namer(chat.app.engine._library.content, "en")
        found = overview(store, party.person, Window.MONTH, chat.clock.now(), EVERYTHING)
        picture = picture_of(found, party.person, name, lambda text: chat.app.catalogues.plain(text, "en"))
        pairs = picture.pairs.pairs if picture.pairs else ()
        return [day.kind for day in picture.days], [(pair.before, pair.after) for pair in pairs]

    kinds, pairs = await chat.app.database.read(read)
    await ada.says("/export")
    practices = record_in(ada.hears().attachment)["practices"]
    for outcome, told in (("done", "5 done"), ("tiny", "2 tiny versions"), ("partly", "1 in part")):
        count = sum(row["outcome"] == outcome for row in practices)
        assert count == kinds.count(DayKind(outcome))
        assert f"{count} " in told
        assert told in words
    assert f"practised on {len({row['day'] for row in practices})} days" in words
    assert f"{sum(row.get('minutes', 0) for row in practices)} minutes noted" in words
    assert pairs == [(row["before"], row["after"]) for row in practices if "after" in row]


async def test_where_only_taps_are_taken_the_picture_gives_nothing_away(chat: Chat, ada: Someone) -> None:
    await ada.says("/plan worry time")
    await ada.says("/cancel")
    await _logged(chat, ada, 6)
    await ada.says("/log 5 min, the thought of the exam")
    plan = await chat.app.database.read(lambda store: _person(store, ada))
    asked = {"window": "month", "scope": f"p{plan.plans[0]}", "discreet": True}
    made = await chat.app.workshop.make(plan.person_id, Wire("", picture=asked))
    assert made is not None
    assert "orry" not in made.alternative
    assert "exam" not in made.alternative
