"""A therapist's homework as a link: made without an account, opened by a client, one way."""

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from sqlmodel import select

from bot.portable.bundle import everything
from bot.portable.bundle import packed as zipped
from bot.store.packs import PackItem, Suggested
from bot.store.plans import OpenPlan
from bot.store.tables import Gate, Pack, Person, Reminder
from bot.store.unit import Store
from tests.chat import Chat, Someone, talking

NOTE = "two slow rounds before the lift, no more"
CODE = re.compile(r"/pack ([A-Z0-9-]{24})")


@pytest.fixture
def grey(chat: Chat) -> Someone:
    """A therapist who never said a word to Limber before."""
    return chat.person("dr grey", platform="telegram")


@pytest.fixture
def cleo(chat: Chat) -> Someone:
    """A client who is new to Limber."""
    return chat.person("cleo", platform="telegram")


async def made(grey: Someone, *parts: str) -> str:
    """A pack of these skills, each with a note; answers with its code."""
    await _puts_together(grey, *parts)
    await grey.taps("See what your client sees")
    await grey.taps("Make the link")
    found = CODE.search(grey.hears("good until").wire.text)
    assert found is not None
    return found[1]


async def _puts_together(grey: Someone, *parts: str) -> None:
    await grey.says("/pack")
    await grey.taps("Make a link")
    for number, skill in enumerate(parts):
        if number:
            await grey.taps("Add another skill")
        await grey.says(skill)
        await grey.taps("A note")
        await grey.says(f"{NOTE} ({skill})")


async def _person(chat: Chat, name: str) -> int:
    def found(store: Store) -> int:
        parties = (store.people.find(platform, name) for platform in ("telegram", "local", "discord"))
        return next(party.person.id for party in parties if party is not None)

    return await chat.app.database.read(found)


async def _plans(chat: Chat, name: str) -> list[OpenPlan]:
    person = await _person(chat, name)
    return list(reversed(await chat.app.database.read(lambda store: store.plans.of(person))))


async def _reminders(chat: Chat, name: str) -> list[Reminder]:
    person = await _person(chat, name)
    return await chat.app.database.read(lambda store: store.reminders.of(person))


async def _given(chat: Chat, *items: PackItem) -> str:
    """A pack made by nobody in particular."""

    def make(store: Store) -> str:
        person = store.people.meet("telegram", "dr x", chat.clock.now(), "en", "UTC").person
        return store.packs.make(person.id, list(items), chat.clock.now()).code

    return await chat.app.database.write(make)


async def test_a_therapist_makes_a_link_without_agreeing_to_anything(chat: Chat, grey: Someone) -> None:
    chat.app.doors.telegram = "limber_bot"
    await grey.says("/pack")
    grey.hears("for therapists", "Nothing comes back to you", "no name")
    await grey.taps("Make a link")
    grey.hears("Which skill?")
    await grey.says("sort the worry")
    grey.hears("The homework so far", "Sort the worry")
    await grey.taps("Days a week")
    await grey.taps("4")
    await grey.taps("Times")
    await grey.says("tomorrow at 8:00")
    grey.hears("That would be once")
    await grey.says("weekdays at 7:30")
    await grey.taps("After what")
    await grey.says("when the kettle is on")
    await grey.taps("A note")
    await grey.says("x" * 301)
    grey.hears("301 characters")
    await grey.says(NOTE)
    grey.hears("4 days a week", "every weekday at 07:30", "when the kettle is on", NOTE)
    await grey.taps("See what your client sees")
    grey.hears("From a therapist's link", "1 of 1", "Sort the worry", NOTE, "good for 90 days")
    await grey.taps("Make the link")
    said = grey.hears("good until", "https://t.me/limber_bot?start=").wire.text
    payload = re.search(r"start=(\S+)", said)
    code = CODE.search(said)
    assert payload is not None and code is not None
    assert payload[1] == code[1].replace("-", "") and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload[1])
    person = await _person(chat, "dr grey")
    assert await chat.app.database.read(lambda store: store.people.consents(person)) == {}


async def test_a_newcomer_agrees_first_and_then_finds_the_homework_across_a_restart(
    chat: Chat, grey: Someone, cleo: Someone, tmp_path: Path
) -> None:
    code = await made(grey, "sort the worry")
    await cleo.says(f"/start {code.replace('-', '')}")
    cleo.hears("homework behind it waits", "this is Limber")
    await cleo.says("/privacy")
    async for restarted in talking(tmp_path, chat.clock):
        restarted.people, restarted.numbers, cleo.chat = chat.people, chat.numbers, restarted
        await _agrees_and_takes_it_up(restarted, cleo)


async def _agrees_and_takes_it_up(chat: Chat, cleo: Someone) -> None:
    await cleo.taps("I agree")
    cleo.hears("From a therapist's link", "can't tell who made", "1 of 1", NOTE)
    assert await _plans(chat, "cleo") == []
    await cleo.taps("Take it up")
    cleo.hears("Taken up: Sort the worry", "Where are you?")
    await cleo.says("Berlin")
    cleo.hears("When would you like a nudge?")
    await cleo.taps("Every day at 08:00")
    cleo.hears("Next:", "first one right now")
    (plan,) = await _plans(chat, "cleo")
    (reminder,) = await _reminders(chat, "cleo")
    assert (plan.row.skill, reminder.plan_id, reminder.times) == ("worry_sort", plan.row.id, "08:00")
    await cleo.says("/plan")
    cleo.hears(NOTE)
    await cleo.says("/cancel")
    await cleo.says("/practice sort the worry")
    cleo.hears(NOTE)


async def test_suggested_times_need_no_more_questions_and_go_by_the_clients_clock(
    chat: Chat, cleo: Someone
) -> None:
    code = await _given(chat, PackItem("worry_sort", rules=[Suggested("FREQ=DAILY", "07:30")]))
    await cleo.says(f"/start {code}")
    await cleo.taps("I agree")
    await cleo.taps("Take it up")
    await cleo.says("Tokyo")
    cleo.hears("first one right now")
    (reminder,) = await _reminders(chat, "cleo")
    assert reminder.next_due_at is not None and reminder.next_due_at.isoformat()[11:16] == "22:30"


async def test_each_part_is_taken_up_changed_or_left_and_nothing_is_set_before(
    chat: Chat, ada: Someone
) -> None:
    parts = [PackItem(each, target_days=3) for each in ("worry_sort", "stop_skill", "check_the_facts")]
    parts[0].rules = [Suggested("FREQ=DAILY", "08:00")]
    code = await _given(chat, *parts)
    await ada.says(f"/pack {code[:4].lower()}-{code[4:]}")
    ada.hears("From a therapist's link", "1 of 3")
    await ada.taps("Change it")
    await ada.taps("Other times")
    await ada.says("mon wed fri 19:00")
    ada.hears("every Monday, Wednesday, and Friday at 19:00")
    await ada.taps("Change it")
    await ada.taps("Days a week")
    await ada.taps("2")
    await ada.taps("Change it")
    await ada.taps("Begin tiny")
    ada.hears("2 days a week", "the tiny version")
    assert await _plans(chat, "ada") == [] and await _reminders(chat, "ada") == []
    await ada.taps("Take it up")
    ada.hears("2 of 3")
    await ada.taps("Not now")
    ada.hears("3 of 3")
    await ada.taps("Change it")
    await ada.taps("Another skill")
    await ada.says("a name of no skill at all")
    ada.hears("Which skill instead?")
    await ada.says("5-4-3-2-1")
    await ada.taps("Take it up")
    ada.hears("Taken up:", "Next nudge:", "It's your plan now")
    first, third = await _plans(chat, "ada")
    (reminder,) = await _reminders(chat, "ada")
    assert (first.row.skill, first.row.target_days) == ("worry_sort", 2)
    assert first.row.tiny_until is not None and third.row.skill == "grounding_54321"
    assert (reminder.times, reminder.days) == ("19:00", "FREQ=WEEKLY;BYDAY=MO,WE,FR")
    await ada.says("/undo")
    ada.hears("as it was before the link")
    await ada.says("/undo")
    assert await _plans(chat, "ada") == [] and await _reminders(chat, "ada") == []


async def test_opened_again_it_changes_the_plan_there_is_and_doubles_nothing(
    chat: Chat, ada: Someone
) -> None:
    part = PackItem("worry_sort", instruction=NOTE, rules=[Suggested("FREQ=DAILY", "08:00")])
    code = await _given(chat, part, PackItem(name="call a friend"))
    for _ in range(2):
        await ada.says(f"/start {code}")
        await ada.taps("Take it up")
        await ada.taps("Take it up")
    ada.hears("You have a plan for this already")
    named = [plan.words.name for plan in await _plans(chat, "ada")]
    assert named == ["", "call a friend"] and len(await _reminders(chat, "ada")) == 1
    for _ in range(2):
        await ada.says("/undo")
    assert len(await _plans(chat, "ada")) == 2 and len(await _reminders(chat, "ada")) == 1
    for _ in range(2):
        await ada.says("/undo")
    assert await _plans(chat, "ada") == [] and await _reminders(chat, "ada") == []


async def test_a_skill_to_be_careful_with_waits_for_a_word_that_it_is_fine(chat: Chat, ada: Someone) -> None:
    content = chat.app.workshop._library.content
    agreed, careful = (
        next(each for each in content.skills("en") if each.check == "confirm" and each.needs_plan is needs)
        for needs in (True, False)
    )
    code = await _given(chat, PackItem(agreed.id), PackItem(careful.id))
    await ada.says(f"/pack {code}")
    await ada.taps("Take it up")
    ada.hears("agreed it with their therapist")
    await ada.taps("Not now")
    await ada.taps("Take it up")
    assert await _plans(chat, "ada") == []
    await ada.taps("That's fine for me")
    ada.hears("Taken up:")
    gates = await chat.app.database.read(lambda store: list(store.session.exec(select(Gate.skill))))
    assert [plan.row.skill for plan in await _plans(chat, "ada")] == gates == [careful.id]


async def test_what_rests_since_it_felt_worse_is_not_taken_up(chat: Chat, ada: Someone) -> None:
    code = await _given(chat, PackItem("worry_sort"))
    await ada.says(f"/pack {code}")
    await ada.taps("Take it up")

    def rest(store: Store) -> None:
        person = store.session.exec(select(Person).where(Person.zone == "Europe/Berlin")).one()
        (plan,) = store.plans.of(person.id)
        plan.row.retired_at = chat.clock.now()

    await chat.app.database.write(rest)
    await ada.says(f"/pack {code}")
    ada.hears("This one rests")
    await ada.says("yes")
    ada.hears("This one rests")
    await ada.taps("Not now")
    (plan,) = await _plans(chat, "ada")
    assert plan.row.retired_at is not None


@pytest.mark.parametrize("code", ["2345", "K7QX-M2PA", "0" * 20, "hello there"])
async def test_a_damaged_code_is_told_kindly(ada: Someone, code: str) -> None:
    await ada.says(f"/start {code}")
    ada.hears("isn't whole", "Nothing was changed")


async def test_what_is_unknown_over_or_withdrawn_leads_nowhere_and_says_so(
    chat: Chat, grey: Someone, ada: Someone, cleo: Someone
) -> None:
    await ada.says("/pack 2222-2222-2222-2222-2222")
    ada.hears("leads nowhere just now")
    over = await made(grey, "sort the worry")
    chat.clock.move(days=90)
    await ada.says(f"/start {over}")
    ada.hears("leads nowhere just now")
    code = await made(grey, "sort the worry")
    await cleo.says(f"/start {code}")
    await grey.says("/pack")
    await grey.taps("Withdraw it")
    grey.hears("Who took it up already keeps it")
    await grey.taps("Withdraw it")
    grey.hears("leads nowhere any more")
    await cleo.taps("I agree")
    cleo.hears("leads nowhere just now", "Which skill would you like")
    rows = await chat.app.database.read(lambda store: list(store.session.exec(select(Pack))))
    assert all(row.expires_at <= chat.clock.now() for row in rows)


async def test_nothing_flows_back_to_whoever_made_it(
    chat: Chat, grey: Someone, ada: Someone, cleo: Someone
) -> None:
    code = await made(grey, "sort the worry")

    def of_grey(store: Store) -> str:
        party = store.people.find("telegram", "dr grey")
        assert party is not None
        rows = store.packs.everything(party.person.id)
        told = [(row.row.model_dump(), row.items) for row in rows]
        return repr((told, party.person.model_dump(), store.people.noted(party.person.id)))

    before = await chat.app.database.read(of_grey)
    chat.clock.move(days=3)
    grey.heard = len(grey.messages)
    for client in (ada, cleo):
        await client.says(f"/start {code}")
    await cleo.taps("I agree")
    for client in (ada, cleo):
        await client.taps("Take it up")
    grey.hears_nothing()
    assert await chat.app.database.read(of_grey) == before


async def test_nobody_else_lists_shows_prolongs_or_withdraws_it(
    chat: Chat, grey: Someone, ada: Someone
) -> None:
    code = await made(grey, "sort the worry")
    await grey.says("/pack")
    presses = _presses(grey)
    await grey.taps("Withdraw it")
    presses |= _presses(grey)
    theirs = sorted(press for press in presses if press.startswith("pack:") and ":0:" not in press)
    assert [press.rsplit(":", 1)[1] for press in theirs] == ["gone", "longer", "page", "show", "withdraw"]
    await ada.says("/pack")
    assert "Sort the worry" not in ada.hears("for therapists").wire.text
    for press in theirs:
        await ada.presses(press)
        assert code not in ada.hears("isn't there any more").wire.text
    assert await chat.app.database.read(
        lambda store: store.packs.found(code.replace("-", ""), chat.clock.now())
    )


def _presses(person: Someone) -> set[str]:
    return {button.press for message in person.messages for row in message.wire.buttons for button in row}


async def test_a_link_is_kept_longer_and_shown_again(chat: Chat, grey: Someone) -> None:
    code = await made(grey, "sort the worry", "check the facts")
    chat.clock.move(days=80)
    await grey.says("/pack")
    grey.hears("Sort the worry", "Good until 23 Feb 2027")
    await grey.taps("Keep it longer")
    grey.hears("Good until 14 May 2027")
    await grey.taps("Show the link")
    grey.hears(code)


async def test_what_sounds_like_danger_is_answered_and_not_taken_into_the_homework(
    chat: Chat, grey: Someone
) -> None:
    await grey.says("/pack")
    await grey.taps("Make a link")
    await grey.says("sort the worry")
    await grey.taps("A note")
    await grey.says("I want to kill myself")
    grey.hears("reach a person")
    await grey.says(NOTE)
    assert "kill" not in grey.hears(NOTE).wire.text


async def test_a_skill_in_the_therapists_own_words_becomes_one_of_the_clients_own(
    chat: Chat, grey: Someone, ada: Someone
) -> None:
    await grey.says("/pack")
    await grey.taps("Make a link")
    await grey.says("ring somebody you like")
    await grey.taps("In my own words")
    await grey.says(NOTE)
    await grey.taps("Add another skill")
    await grey.taps("More")
    await grey.taps("Back")
    await grey.taps("Cancel")
    await grey.taps("Add another skill")
    await grey.says("check the facts")
    await grey.taps("Change ring somebody you like")
    await grey.taps("Take it out")
    await grey.taps("Add another skill")
    await grey.says("ring somebody you like")
    await grey.taps("In my own words")
    await grey.taps("See what your client sees")
    await grey.taps("Change something")
    await grey.taps("See what your client sees")
    await grey.taps("Make the link")
    code = CODE.search(grey.hears("good until").wire.text)
    assert code is not None
    await ada.says(f"/pack {code[1]}")
    ada.hears("1 of 2")
    await ada.taps("Not now")
    await ada.taps("Take it up")
    (plan,) = await _plans(chat, "ada")
    assert (plan.row.skill, plan.words.name) == (None, "ring somebody you like")


async def test_where_only_taps_are_taken_words_stay_out_and_names_are_neutral(chat: Chat) -> None:
    tapping = chat.person("dee", platform="discord", taps_only=True)
    await tapping.says("/start")
    await tapping.taps("I agree")
    await tapping.says("/cancel")
    code = await _given(
        chat,
        PackItem("worry_sort", cue="after lunch", instruction=NOTE, target_days=3),
        PackItem(name="call a friend"),
    )
    await tapping.says("/pack")
    await tapping.taps("I was given a code")
    tapping.hears("Run /pack here")
    await tapping.says(f"/pack {code}")
    said = "\n".join(each.wire.text for each in tapping.messages)
    skill = chat.app.workshop._library.content.skill("worry_sort", "en")
    assert skill is not None and skill.discreet_name in said and skill.name not in said
    tapping.hears("aren't shown here", "1 of 1", "3 days a week")
    await tapping.taps("Take it up")
    assert not {"after lunch", NOTE, "call a friend"} & set(
        re.findall("after lunch|call a friend|" + NOTE, said)
    )
    (plan,) = await _plans(chat, "dee")
    assert (plan.words.cue, plan.words.instruction, plan.row.target_days) == ("", "", 3)


async def test_a_pack_is_made_by_taps_alone(chat: Chat) -> None:
    tapping = chat.person("dr dee", platform="discord", taps_only=True)
    await tapping.says("/pack")
    await tapping.taps("Make a link")
    button = next(each for row in tapping.messages[-1].wire.buttons for each in row)
    await tapping.presses(button.press, tapping.messages[-1], button.label)
    assert "A note" not in tapping.messages[-1].labels
    await tapping.taps("Times")
    await tapping.taps("Every day at 08:00")
    await tapping.taps("See what your client sees")
    await tapping.taps("Make the link")
    tapping.hears("every day at 08:00", "/pack ")


async def test_what_was_taken_up_elsewhere_is_not_shown_where_only_taps_are_taken(
    chat: Chat, ada: Someone
) -> None:
    """Ada never wrote a word of her own: the note in her plan is kept out all the same."""
    code = await _given(chat, PackItem("worry_sort", instruction=NOTE))

    def unwritten(store: Store) -> None:
        for person in store.session.exec(select(Person)).all():
            person.has_written = False

    await ada.says("/link")
    await ada.taps("Make a code")
    linking = re.search(r"<b>([\w-]+)</b>", ada.hears("works once").wire.text)
    tapping = chat.person("ada on discord", platform="discord", taps_only=True)
    assert linking is not None
    await tapping.says(f"/link {linking[1]}")
    await tapping.taps("Link this chat")
    await ada.says(f"/start {code}")
    await chat.app.database.write(unwritten)
    await ada.taps("Take it up")
    await tapping.says("/plan")
    await tapping.says("/cancel")
    await tapping.presses("k:worry_sort:go")
    assert NOTE not in "\n".join(each.wire.text for each in tapping.messages)


async def test_a_makers_own_words_stay_out_where_only_taps_are_taken(chat: Chat, ada: Someone) -> None:
    tapping = chat.person("ada on discord", platform="discord", taps_only=True)
    await ada.says("/link")
    await ada.taps("Make a code")
    linking = re.search(r"<b>([\w-]+)</b>", ada.hears("works once").wire.text)
    assert linking is not None
    await tapping.says(f"/link {linking[1]}")
    await tapping.taps("Link this chat")
    person = await _person(chat, "ada")
    parts = [PackItem("worry_sort"), PackItem(name="ring Bo on Sunday")]
    await chat.app.database.write(lambda store: store.packs.make(person, parts, chat.clock.now()))
    await ada.says("/pack")
    ada.hears("ring Bo on Sunday")
    await tapping.says("/pack")
    said = "\n".join(each.wire.text for each in tapping.messages)
    assert "your words" in said and "ring Bo" not in said


async def test_whoever_links_another_chat_takes_their_links_along(
    chat: Chat, grey: Someone, ada: Someone
) -> None:
    code = await made(grey, "sort the worry")
    await ada.says("/link")
    await ada.taps("Make a code")
    linking = re.search(r"<b>([\w-]+)</b>", ada.hears("works once").wire.text)
    assert linking is not None
    await grey.says(f"/link {linking[1]}")
    await grey.taps("Link this chat")
    await ada.says("/pack")
    ada.hears("Sort the worry. Good until")
    await ada.taps("Show the link")
    ada.hears(code)


async def test_a_makers_export_has_their_links_and_erasing_ends_them_but_not_what_was_taken_up(
    chat: Chat, grey: Someone, ada: Someone
) -> None:
    code = await made(grey, "sort the worry")
    await ada.says(f"/pack {code}")
    await ada.taps("Take it up")
    person = await _person(chat, "dr grey")
    content = await chat.app.database.read(lambda store: zipped(everything(store, person)))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        (kept,) = json.loads(archive.read("this-server.json"))["packs"]
    assert kept["code"] == code.replace("-", "") and kept["items"][0]["skill"] == "worry_sort"
    await grey.says("/start")
    await grey.taps("I agree")
    await grey.says("/delete")
    await grey.taps("Delete everything")
    await ada.says(f"/pack {code}")
    ada.hears("leads nowhere just now")
    (plan,) = await _plans(chat, "ada")
    assert plan.words.instruction.startswith(NOTE)


async def test_there_is_an_end_to_how_much_is_kept(chat: Chat, grey: Someone) -> None:
    names = "sort the worry", "check the facts", "cope ahead", "5-4-3-2-1", "body scan", "wise mind"
    await _puts_together(grey, *names)
    assert "Take it out" in grey.messages[-1].labels
    assert "Add another skill" not in grey.messages[-1].labels

    def many(store: Store) -> None:
        party = store.people.find("telegram", "dr grey")
        assert party is not None
        for _ in range(20):
            store.packs.make(party.person.id, [PackItem("worry_sort")], chat.clock.now())

    await chat.app.database.write(many)
    await grey.says("/cancel")
    await grey.says("/pack")
    await grey.taps("Make a link")
    await grey.says("sort the worry")
    await grey.taps("See what your client sees")
    await grey.taps("Make the link")
    grey.hears("20 links of yours")
