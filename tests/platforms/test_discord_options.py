"""Options of slash commands on Discord: completed while they are typed, in neutral words; files."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pypdf
import pytest

from bot.app import App
from bot.content.loader import load_content
from bot.menus import slash_commands
from bot.platforms.discord.adapter import Discord, Sentences
from bot.texts import LOCALES, Catalogues
from tests.clock import MovableClock
from tests.emulators.discord import TOKEN, DiscordEmulator, Fault, Person, StoredFile
from tests.exports import all_of
from tests.running import offers_nothing, running

SKILLS = load_content().skills("en")
FULL, NEUTRAL = {each.name for each in SKILLS}, {each.discreet_name for each in SKILLS}


@pytest.fixture
async def emulator() -> AsyncIterator[DiscordEmulator]:
    async with DiscordEmulator() as started:
        yield started


@pytest.fixture
async def app(
    emulator: DiscordEmulator, tmp_path: Path, clock: MovableClock, request: pytest.FixtureRequest
) -> AsyncIterator[App]:
    settings = {"DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": emulator.root}
    free_text = str(getattr(request, "param", False))
    async with running(tmp_path, clock, **settings, DISCORD_FREE_TEXT=free_text) as started:
        await emulator.identified()
        yield started


FREE_TEXT = pytest.mark.parametrize("app", [True], indirect=True)


@pytest.fixture
async def ada(app: App, emulator: DiscordEmulator) -> Person:
    ada = emulator.person(1001, "Ada")
    await ada.runs("start")
    await ada.hears("this is Limber")
    await ada.taps("I agree")
    await ada.hears("Which skill")
    await ada.runs("cancel")
    await ada.hears("All right")
    return ada


async def test_skills_are_completed_by_neutral_names_where_only_taps_are_taken(app: App, ada: Person) -> None:
    for typed in ("", "a", "worry", "breath"):
        offered = await ada.types("practice", typed)
        assert offered
        assert {shown for shown, _ in offered} <= NEUTRAL
    (shown, sent), *_ = await ada.types("practice", "worry")
    await ada.runs("practice", sent)
    begun = await ada.hears(shown)
    assert not any(name in begun.text for name in FULL)
    await ada.runs("plan", sent)
    await ada.hears(shown)


@FREE_TEXT
async def test_with_free_text_they_are_completed_by_their_own(app: App, ada: Person) -> None:
    offered = await ada.types("practice", "box")
    assert offered[0][0] == "Box breathing"
    await ada.runs("practice", offered[0][1])
    await ada.hears("Box breathing")


async def test_places_are_completed_and_taken(app: App, ada: Person) -> None:
    assert await ada.types("timezone", "") == []
    (shown, sent), *_ = await ada.types("timezone", "münch")
    assert shown == "Munich (DE)"
    await ada.runs("timezone", sent)
    await ada.hears("Munich")


@pytest.mark.parametrize(("locale", "name"), [("en-US", "Ireland"), ("de", "Ireland")])
async def test_countries_are_completed_and_taken(
    app: App, ada: Person, emulator: DiscordEmulator, locale: str, name: str
) -> None:
    ada.locale = locale
    assert ("Ireland", "Ireland") in await ada.types("country", "irel")
    await ada.runs("country", dict(await ada.types("country", "irel"))[name])
    await ada.hears("lines of IE")


async def test_what_is_typed_and_none_of_it_is_not_repeated(app: App, ada: Person) -> None:
    for command, told in (
        ("timezone", "I don't know that place"),
        ("country", "I don't know that country"),
        ("practice", "I don't know a skill of that name"),
        ("plan", "Which skill do you want"),
        ("remind", ""),
        ("session", ""),
        ("pause", ""),
        ("language", ""),
        ("review", ""),
    ):
        await ada.runs(command, "xylograph")
        assert "xylograph" not in (await ada.hears(told)).text
        await ada.runs("cancel")
        await ada.hears("")


@FREE_TEXT
async def test_a_record_comes_in_by_the_command_or_as_a_message(
    app: App, ada: Person, emulator: DiscordEmulator
) -> None:
    await ada.says("/log did it, 5 min, felt silly at first")
    await ada.hears("Logged")
    await ada.runs("export")
    record = (await ada.hears("everything I keep")).files[0]
    await ada.says("/undo")
    await ada.hears("Undone")
    emulator.faults.next(Fault.server_error(503), call="attachment")
    await ada.runs("import", file=record)
    await ada.hears("This file holds", timeout=20)
    await ada.taps("Take it in")
    await ada.hears("Taken in: one practice")
    await ada.says("", None, record)
    await ada.hears("This file holds")
    await ada.runs("import", file=StoredFile("notes.txt", "text/plain", b"not a record"))
    await ada.hears("can't read that file")
    await ada.runs("import")
    await ada.hears("Send me the file")


async def test_where_only_taps_are_taken_no_file_is_even_fetched(
    app: App, ada: Person, emulator: DiscordEmulator
) -> None:
    command = next(each for each in emulator.commands if each["name"] == "import")
    assert command["options"] == []
    await ada.runs("import")
    await ada.hears("it may hold words of yours")
    await ada.says("", None, StoredFile("diary.txt", "text/plain", b"xylograph"))
    await ada.hears("was not kept")
    assert emulator.calls_of("attachment") == []


async def test_a_report_has_neutral_names_where_only_taps_are_taken(app: App, ada: Person) -> None:
    worry = next(each for each in SKILLS if each.id == "worry_sort")
    await ada.runs("plan", "worry_sort")
    await ada.hears(worry.discreet_name)
    await ada.runs("cancel")
    await ada.runs("log")
    await ada.hears("How did it go?")
    await ada.taps("did it")
    await ada.hears("Logged")
    await ada.runs("report")
    await ada.hears("A report for your therapist")
    await ada.taps("Show me what will be in it")
    shown = await ada.hears("This will be in it")
    await ada.taps("Make the PDF")
    made = await ada.hears("Here is your report")
    text = _text(made.files[0].content)
    assert worry.discreet_name in text
    assert not any(name in shown.text + text for name in FULL)


async def test_an_export_is_whole_all_the_same(app: App, ada: Person) -> None:
    await ada.runs("plan", "worry_sort")
    await ada.runs("cancel")
    await ada.runs("export")
    exported = await ada.hears("everything I keep")
    assert b"worry_sort" in all_of(exported.files[0].content)


def _text(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


async def test_commands_have_the_names_and_texts_of_a_language(
    emulator: DiscordEmulator, tmp_path: Path, clock: MovableClock
) -> None:
    """A second language needs its catalogue alone; what it has no word for stays in English."""
    for language in ("en", "de"):
        (tmp_path / language / "LC_MESSAGES").mkdir(parents=True)
    english = (LOCALES / "en" / "LC_MESSAGES" / "limber.po").read_text(encoding="utf-8")
    (tmp_path / "en" / "LC_MESSAGES" / "limber.po").write_text(english, encoding="utf-8")
    german = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "command.progress"\nmsgstr "wie es läuft"\n\n'
        'msgid "command.progress.name"\nmsgstr "fortschritt"\n\n'
        'msgid "argument.timezone"\nmsgstr "eine Stadt oder ein Land"\n'
    )
    (tmp_path / "de" / "LC_MESSAGES" / "limber.po").write_text(german, encoding="utf-8")

    async def nobody(incoming: object) -> None:
        raise AssertionError(incoming)

    discord = Discord(
        TOKEN, nobody, offers_nothing, Sentences("{}{}".format, str, str), clock.now, free_text=True
    )
    await discord.start(emulator.root, slash_commands(Catalogues(tmp_path), free_text=True))
    await discord.stop()
    offered = {each["name"]: each for each in emulator.commands}
    assert offered["progress"]["name_localizations"] == {"de": "fortschritt"}
    assert offered["progress"]["description_localizations"]["de"] == "wie es läuft"
    assert offered["timezone"]["options"][0]["description_localizations"]["de"] == "eine Stadt oder ein Land"
    assert "name_localizations" not in offered["log"] or not offered["log"]["name_localizations"]
