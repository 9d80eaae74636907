from hashlib import sha256
from pathlib import Path

from sqlmodel import select

from bot.conversation.consents import VERSIONS
from bot.store.tables import Consent, Practice, Reflection
from bot.texts import Catalogues, t
from tests.chat import Chat, Someone, agreed

AGREED_TO = {
    "telegram": (2, "7b931c1f71d32656"),
    "local": (2, "9328cdddd6731d9a"),
    "discord": (2, "47e3477fd4cf1053"),
}


async def test_nothing_is_kept_before_consent(chat: Chat, tmp_path: Path) -> None:
    ada = chat.person("ada")
    await ada.says("I feel strange today")
    ada.hears("this is Limber", "Nobody reads your messages")
    await ada.says("and tomorrow too")
    ada.hears("needs your agreement")

    notes = await chat.app.database.read(lambda store: store.session.exec(select(Reflection)).all())
    assert notes == []


async def test_consent_is_kept_with_its_version(chat: Chat, ada: Someone) -> None:
    consents = await chat.app.database.read(lambda store: store.session.exec(select(Consent)).all())
    assert [(each.kind, each.platform, each.withdrawn_at) for each in consents] == [
        ("records", "local", None),
        ("words", "local", None),
    ]
    assert {(each.version, each.given_at) for each in consents} == {
        (VERSIONS["local"], chat.clock.now()),
    }


def test_a_changed_text_is_a_new_version() -> None:
    """Whoever changes what people agree to raises the version of the platform, and notes the text here."""
    catalogues = Catalogues()
    texts = {
        platform: catalogues.plain(
            t("start.welcome_taps" if platform == "discord" else "start.welcome", platform=where), "en"
        )
        for platform, where in ((each, t(f"start.platform_{each}")) for each in VERSIONS)
    }
    known = {name: (VERSIONS[name], sha256(text.encode()).hexdigest()[:16]) for name, text in texts.items()}
    assert known == AGREED_TO


async def test_practices_may_be_kept_without_words(chat: Chat) -> None:
    ada = chat.person("ada")
    await ada.says("/start")
    await ada.taps("Practices, not my words")
    ada.hears("Which skill")
    await ada.says("/cancel")
    await ada.says("/log did it, 5 min, felt odd at first")
    ada.hears("Logged: did it · 5 minutes")
    await ada.says("a note of no use to anyone")
    ada.hears("kept none of it")

    (practice,) = await chat.app.database.read(lambda store: store.session.exec(select(Practice)).all())
    assert practice.minutes == 5
    assert await chat.app.database.read(lambda store: store.session.exec(select(Reflection)).all()) == []


async def test_who_is_too_young_is_told_whom_to_talk_to_and_nothing_is_kept(chat: Chat) -> None:
    ada = chat.person("ada")
    await ada.says("/start")
    await ada.taps("I'm under 18")
    ada.hears("made for adults", "findahelpline", "Which country")
    await ada.says("London")
    assert "Papyrus" in ada.hears("999").wire.text
    await ada.says("/log did it")
    ada.hears("this is Limber")
    await ada.taps("I'm under 18")
    await ada.says("mind your business")
    ada.hears("/crisis shows people to talk to")
    assert await chat.app.database.read(lambda store: store.session.exec(select(Consent)).all()) == []
    assert await chat.app.database.read(lambda store: store.session.exec(select(Practice)).all()) == []


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


async def test_a_time_told_too_early_is_no_name_of_a_skill(chat: Chat) -> None:
    ada = chat.person("ada")
    await ada.says("/start")
    await ada.taps("I agree")
    ada.hears("Which skill")
    await ada.says("in 2 minutes")
    ada.hears("When comes in a moment. First: which skill")
    await ada.says("box breathing")
    ada.hears("Box breathing")


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


async def test_what_is_told_of_the_first_practice_is_logged_by_its_words(chat: Chat) -> None:
    ada = chat.person("ada")
    await ada.says("/start")
    await ada.taps("I agree")
    await ada.says("Sort the worry")
    for _ in range(3):
        await ada.says("skip")
    ada.hears("first one right now")
    await ada.says("did it, 5 min, felt silly at first")
    ada.hears("Logged: did it · 5 minutes")

    (practice,) = await chat.app.database.read(lambda store: store.session.exec(select(Practice)).all())
    assert (practice.skill, practice.minutes) == ("worry_sort", 5)
    assert len(await chat.app.database.read(lambda store: store.session.exec(select(Reflection)).all())) == 1


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
