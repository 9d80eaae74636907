"""What practice leaves behind: exported in full, sealed on disk, gone when the person goes."""

from pathlib import Path

from sqlmodel import SQLModel, func, select

from bot.store.unit import Store
from tests.chat import Chat, Someone
from tests.exports import record_in

KINDS = {
    "goals": "zebra goal",
    "slips": "zebra slip",
    "predictions": "zebra step",
    "letters": "zebra letter",
    "well_plan": "zebra sign",
}
TABLES = ("goal", "slip", "prediction", "letter", "well_plan", "session")


async def leaves_words(ada: Someone) -> None:
    await ada.says("/goals zebra goal")
    await ada.says("/slip zebra slip")
    await ada.says("/cancel")
    await ada.says("/predict zebra step")
    await ada.says("/cancel")
    await ada.says("/letter")
    await ada.says("zebra letter")
    await ada.taps("On a hard day")
    await ada.says("/wellplan")
    await ada.says("zebra sign")
    await ada.taps("Enough for now")
    await ada.says("/session tomorrow at 9:00")
    await ada.presses("signs:some")


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("limber.db*"))


async def test_all_of_it_is_in_the_export(ada: Someone) -> None:
    await leaves_words(ada)
    await ada.says("/export")
    files = [each.attachment for each in ada.messages if each.attachment is not None]
    exported = record_in(files[-1])
    for kind, words in KINDS.items():
        assert words in str(exported[kind]), kind
    assert [each["at"] for each in exported["sessions"]] == ["2026-11-26T08:00:00+00:00"]
    assert [(each["kind"], each["value"]) for each in exported["check_ins"]] == [("early_signs", 5.0)]


async def test_no_word_of_it_can_be_read_on_disk(ada: Someone, tmp_path: Path) -> None:
    await leaves_words(ada)
    stored = on_disk(tmp_path)
    assert stored
    assert b"zebra" not in stored


async def test_all_of_it_goes_with_the_person(chat: Chat, ada: Someone) -> None:
    await leaves_words(ada)

    def count(store: Store) -> list[int]:
        tables = [SQLModel.metadata.tables[name] for name in TABLES]
        return [store.session.exec(select(func.count()).select_from(table)).one() for table in tables]

    assert await chat.app.database.write(count) == [1] * len(TABLES)
    await ada.says("/delete")
    await ada.taps("Delete everything")
    assert await chat.app.database.write(count) == [0] * len(TABLES)
