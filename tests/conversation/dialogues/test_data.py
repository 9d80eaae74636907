from pathlib import Path

from sqlmodel import select

from bot.store.tables import Audit, Person
from tests.chat import Chat, Someone
from tests.exports import all_of, files_in, record_in
from tests.store.test_database import everything_in
from tests.traces import identities, in_files

MARKERS = ("zebra-umbrella", "quiet-harbour", "paper-lantern")


async def _live(ada: Someone) -> None:
    await ada.says(f"/plan {MARKERS[0]}")
    await ada.says(f"after {MARKERS[1]}")
    await ada.says(f"/log did it, 5 min, {MARKERS[2]}")
    await ada.says("/remind every day at 8:00")
    ada.hears("Next")


async def test_the_export_holds_everything(chat: Chat, ada: Someone) -> None:
    await _live(ada)
    await ada.says("/export")
    message = ada.hears("everything I keep")
    assert message.attachment is not None
    exported = record_in(message.attachment)

    assert (message.attachment.name, message.attachment.media_type) == (
        "limber-export.zip",
        "application/zip",
    )
    assert all(marker in all_of(message.attachment.content).decode() for marker in MARKERS)
    assert exported["practices"][0]["minutes"] == 5
    assert exported["plans"][0]["words"]["cue"] == f"after {MARKERS[1]}"
    assert exported["reminders"][0]["times"] == "08:00"
    assert b'"address": "ada"' in files_in(message.attachment.content)["this-server.json"]


async def test_deleting_asks_once_and_leaves_nothing(chat: Chat, ada: Someone, tmp_path: Path) -> None:
    bo = chat.person("bo")
    await bo.says("/start")
    await _live(ada)
    await ada.says("/delete")
    ada.hears("Are you sure?")
    await ada.says("yes")
    ada.hears("Please tap one of the two")
    await ada.taps("Delete everything")
    ada.hears("Everything is erased")

    people = await chat.app.database.read(lambda store: store.session.exec(select(Person)).all())
    assert len(people) == 1
    audits = await chat.app.database.read(lambda store: store.session.exec(select(Audit)).all())
    assert [audit.kind for audit in audits] == ["consent", "consent", "erase"]
    await ada.says("hello")
    ada.hears("this is Limber")


async def test_who_has_not_agreed_can_see_and_erase_what_there_is_of_them(chat: Chat, tmp_path: Path) -> None:
    bo = chat.person("bo-with-a-name-of-his-own")
    await bo.says("/start")
    bo.hears("this is Limber")
    needles = await chat.app.database.write(lambda store: identities(store, "local", bo.name))
    await bo.says("/export")
    exported = bo.messages[-2].attachment or bo.messages[-1].attachment
    assert exported is not None
    assert bo.name.encode() in all_of(exported.content)
    await bo.says("/delete")
    bo.hears("Are you sure?")
    await bo.taps("Delete everything")
    bo.hears("Everything is erased")
    assert in_files(tmp_path, needles) == []


async def test_changing_ones_mind(ada: Someone) -> None:
    await _live(ada)
    await ada.says("/delete")
    await ada.taps("Keep it")
    ada.hears("Nothing was deleted")
    await ada.says("/reminders")
    ada.hears("every day at 08:00")


async def test_nothing_typed_is_in_the_files_in_the_clear(ada: Someone, tmp_path: Path) -> None:
    await _live(ada)
    await ada.says("/log")
    await ada.says(f"/progress {MARKERS[0]}")
    files = everything_in(tmp_path)
    assert len(files) > 10_000
    assert not any(marker.encode() in files for marker in MARKERS)


async def test_privacy_about_settings_language(ada: Someone) -> None:
    await ada.says("/privacy")
    ada.hears("Your data", "whoever set up this bot", "Who can read it", "yes, since")
    await ada.says("/about")
    ada.hears("isn't a therapist", "not yet re-checked with the services", "not yet reviewed by a clinician")
    await ada.says("/settings")
    ada.hears("Europe/Berlin", "neutral words")
    await ada.says("/previews")
    ada.hears("may name your skill")
    await ada.says("/previews")
    ada.hears("neutral words")
    await ada.says("/language")
    ada.hears("Which language?")
    await ada.taps("en")
    ada.hears("English from now on")
    await ada.says("/language en")
    ada.hears("English from now on")
    await ada.presses("l:xx")
    ada.hears("earlier message")


async def test_a_nudge_gives_nothing_away_unless_wanted(chat: Chat, ada: Someone) -> None:
    await ada.says("/plan Sort the worry")
    await ada.says("after breakfast")
    for _ in range(6):
        await ada.says("/remind in 15 minutes")
        await chat.passes(minutes=15)
        nudge = next(message for message in reversed(ada.messages) if "Later" in message.labels)
        assert "worry" not in nudge.wire.text.lower()
        assert "breakfast" not in nudge.wire.text
