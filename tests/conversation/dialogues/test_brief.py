"""The bridge to the next session: notes, the page on the evening before, takeaways, and a plan from them."""

from datetime import UTC, datetime

from bot.store.unit import Store
from tests.chat import PLATFORM, Chat, Someone


async def _dues(chat: Chat) -> dict[str, datetime | None]:
    def read(store: Store) -> dict[str, datetime | None]:
        party = store.people.find(PLATFORM, "ada")
        assert party is not None
        return {row.kind: row.next_due_at for row in store.reminders.all_of(party.person.id)}

    return await chat.app.database.read(read)


async def _lives(chat: Chat, ada: Someone) -> None:
    """A week with practice, something learned, something in the way, and an old habit."""
    await ada.says("/plan worry time")
    await ada.says("/cancel")
    await ada.says("/log 5 min")
    await ada.says("the worry was smaller on paper")
    await ada.says("/cancel")
    await ada.says("/slip")
    await ada.says("/cancel")
    chat.clock.move(days=1)


async def test_from_a_note_over_the_page_to_takeaways_and_a_plan(chat: Chat, ada: Someone) -> None:
    await ada.says("/note the row with my sister")
    ada.hears("Kept to bring up. When is your next session?")
    await ada.says("/session tuesday 16:00")
    ada.hears("Noted:", "Tue 1 Dec, 16:00")
    await _lives(chat, ada)
    await chat.passes(days=4)
    chat.clock.set(datetime(2026, 11, 30, 17, 0, 5, tzinfo=UTC))
    ada.heard = len(ada.messages)
    await chat.passes(seconds=1)
    pushed = ada.hears("ready")
    assert "session" not in pushed.wire.text.lower(), "a lock screen tells nothing"
    await ada.taps("Show it")
    page = ada.sees(
        "For your session on Tue 1 Dec", "Practised 1 time on 1 day", "the worry was smaller on paper"
    )
    assert page.ref == pushed.ref, "the page stands where the word about it stood"
    assert "1. the row with my sister" in page.wire.text
    assert "2. What you learned from practising" in page.wire.text

    await ada.taps("Change 2")
    ada.hears("Say it your way")
    await ada.says("what to do when worry time gets skipped")
    ada.hears(
        "1. the row with my sister", "2. what to do when worry time gets skipped", "3. What to practise"
    )
    await ada.taps("Change 3")
    await ada.taps("Take it off")
    assert "What to practise until" not in ada.hears("1. the row").wire.text
    await ada.says("/undo")
    await ada.says("/brief")
    ada.hears("3. What to practise until next time")

    chat.clock.set(datetime(2026, 12, 1, 16, 15, 1, tzinfo=UTC))
    await chat.passes(seconds=1)
    ada.hears("Anything from today that is worth keeping?")
    await ada.taps("Note it")
    await ada.says("say no once this week, kindly")
    ada.hears("What will you practise till next time?")
    await ada.taps("What I just wrote")
    ada.hears("It's a plan: say no once this week, kindly")
    await ada.says("/plan")
    ada.hears("say no once this week, kindly")
    await ada.says("/brief")
    assert "the row with my sister" not in ada.hears("For your next session").wire.text, (
        "that was for last time"
    )


async def test_a_series_is_followed_by_its_next_pages(chat: Chat, ada: Someone) -> None:
    await ada.says("/session every second tuesday 16:00")
    dues = await _dues(chat)
    assert dues["brief"] == datetime(2026, 11, 30, 17, tzinfo=UTC)
    assert dues["after_session"] == datetime(2026, 12, 1, 16, 15, tzinfo=UTC)
    await chat.passes(days=7)
    dues = await _dues(chat)
    assert dues["brief"] == datetime(2026, 12, 14, 17, tzinfo=UTC)
    assert dues["after_session"] == datetime(2026, 12, 15, 16, 15, tzinfo=UTC)


async def test_without_sessions_nothing_comes(chat: Chat, ada: Someone) -> None:
    await ada.says("/session tuesday 16:00")
    await ada.says("/undo")
    assert set((await _dues(chat)).values()) == {None}
    await ada.says("/session tuesday 16:00")
    await ada.says("/session ended")
    await ada.taps(ada.messages[-1].labels[0])
    dues = await _dues(chat)
    assert (dues["brief"], dues["after_session"]) == (None, None)


async def test_a_pause_is_kept(chat: Chat, ada: Someone) -> None:
    await ada.says("/session tuesday 16:00")
    await ada.says("/pause for 10 days")
    ada.heard = len(ada.messages)
    await chat.passes(days=6)
    ada.hears_nothing()


async def test_an_empty_time_is_told_kindly_and_notes_come_back(chat: Chat, ada: Someone) -> None:
    await ada.says("/brief")
    page = ada.hears("For your next session", "No practice logged since", "1. How practice could fit")
    assert "When is it?" in page.labels
    await ada.says("/note")
    await ada.says("ask about sleep")
    await ada.taps("See the page")
    ada.sees("1. ask about sleep")
    await ada.taps("Change 1")
    await ada.says("ask about sleep and naps")
    ada.sees("1. ask about sleep and naps")
    await ada.says("/undo")
    await ada.says("/brief")
    ada.sees("1. ask about sleep\n")
    await ada.taps("Change 1")
    await ada.taps("Take it off")
    ada.sees("1. How practice could fit")
    await ada.says("/undo")
    await ada.says("/brief")
    ada.sees("1. ask about sleep\n")


async def test_takeaways_may_lead_to_a_plan_there_is_or_to_none(chat: Chat, ada: Someone) -> None:
    await ada.says("/plan worry time")
    await ada.says("/cancel")
    await ada.presses("take:plan")
    await ada.taps("Go on with Worry time")
    ada.hears("you go on with Worry time")
    await ada.presses("take:note")
    await ada.says("breathe out first")
    await ada.taps("No plan for now")
    ada.hears("Kept.")
    await ada.presses("take:plan")
    await ada.says("box breathing")
    ada.hears("It's a plan: Box breathing")
    await ada.says("/undo")
    ada.hears("that plan is put away")
