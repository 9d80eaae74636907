from pathlib import Path

from sqlmodel import select

from bot.store.tables import Consent, Practice, Reflection
from tests.chat import Chat, Someone, agreed


async def test_nothing_is_kept_before_consent(chat: Chat, tmp_path: Path) -> None:
    ada = chat.person("ada")
    await ada.says("I feel strange today")
    ada.hears("this is Limber", "Nobody reads your messages")
    await ada.says("and tomorrow too")
    ada.hears("needs your agreement")

    notes = await chat.app.database.read(lambda store: store.session.exec(select(Reflection)).all())
    assert notes == []


async def test_consent_is_kept_with_its_version(chat: Chat, ada: Someone) -> None:
    (consent,) = await chat.app.database.read(lambda store: store.session.exec(select(Consent)).all())
    assert (consent.kind, consent.version, consent.withdrawn_at) == ("records", 1, None)


async def test_four_questions_and_a_first_practice(chat: Chat) -> None:
    ada = chat.person("ada", zone="Europe/Berlin")
    await ada.says("/start")
    await ada.taps("I agree")
    ada.hears("Which skill")
    await ada.says("Sort the worry")
    ada.hears("Sort the worry", "could it fit")
    await ada.says("after breakfast")
    ada.hears("Where are you?")
    await ada.taps("Europe/Berlin (10:00 now)")
    ada.hears("10:00 there now", "When would you like a nudge?")
    await ada.taps("Every day at 21:00")
    ada.hears("every day at 21:00", "Next: Wed 25 Nov, 21:00", "first one right now")
    await ada.taps("Did it")
    ada.hears("Logged: tiny version")

    (practice,) = await chat.app.database.read(lambda store: store.session.exec(select(Practice)).all())
    assert (practice.skill, practice.outcome) == ("worry_sort", "tiny")


async def test_every_question_can_be_skipped(chat: Chat) -> None:
    ada = chat.person("ada")
    await ada.says("/start")
    await ada.taps("I agree")
    for question in ("Which skill", "Where are you?", "When would you like a nudge?"):
        ada.hears(question)
        await ada.taps("Skip")
    ada.hears("You're set")


async def test_every_question_can_be_skipped_in_words(chat: Chat) -> None:
    ada = chat.person("ada")
    await ada.says("/start")
    await ada.taps("I agree")
    ada.hears("Which skill")
    await ada.says("what do you mean?")
    ada.hears("Which skill")
    await ada.says("dunno")
    ada.hears("Where are you?")
    await ada.says("skip")
    ada.hears("When would you like a nudge?")
    await ada.says("no thanks")
    ada.hears("You're set")


async def test_the_first_practice_may_be_answered_in_words(chat: Chat) -> None:
    ada = chat.person("ada")
    await ada.says("/start")
    await ada.taps("I agree")
    await ada.taps("Sort the worry")
    for _ in range(3):
        await ada.taps("Skip")
    ada.hears("first one right now")
    await ada.says("yes")
    ada.hears("Logged: tiny version")
    await ada.says("nothing")
    ada.hears("It's logged")


async def test_a_skill_of_their_own(chat: Chat) -> None:
    ada = chat.person("ada")
    await ada.says("/start")
    await ada.taps("I agree")
    await ada.says("The lighthouse my therapist taught me")
    ada.hears("The lighthouse my therapist taught me", "could it fit")
    await ada.taps("Skip")
    await ada.says("/plan")
    ada.hears("The lighthouse my therapist taught me")


async def test_an_unknown_place_and_an_unclear_time_are_asked_about(chat: Chat) -> None:
    ada = chat.person("ada")
    await ada.says("/start")
    await ada.taps("I agree")
    await ada.taps("Skip")
    await ada.says("Qqxzzy")
    ada.hears('know "Qqxzzy"')
    await ada.says("Berlin")
    ada.hears("10:00 there now")
    await ada.says("whenever the moon is full")
    ada.hears("You can write")
    await ada.says("7:30 and 21:00")
    ada.hears("every day at 07:30 and 21:00")


async def test_start_again_says_where_things_stand(chat: Chat) -> None:
    ada = await agreed(chat)
    await ada.says("/plan Sort the worry")
    await ada.taps("Skip")
    await ada.says("/remind every day at 12:00")
    ada.hears("every day")
    await ada.says("/start")
    ada.hears("Good to see this open", "Sort the worry", "Next nudge: Wed 25 Nov, 12:00")
