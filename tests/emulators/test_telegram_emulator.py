"""The emulator as python-telegram-bot and the people on the other side see it."""

import asyncio
from datetime import UTC, datetime
from io import BytesIO

import pytest
import telegram
from PIL import Image
from telegram import KeyboardButton, ReplyKeyboardMarkup

from tests.emulators.echobot import application, polling
from tests.emulators.telegram import Person, TelegramEmulator


def png(width: int = 40, height: int = 20) -> bytes:
    target = BytesIO()
    Image.new("RGB", (width, height), "teal").save(target, "PNG")
    return target.getvalue()


async def test_a_bot_that_polls_talks_with_a_person(emulator: TelegramEmulator) -> None:
    ada = emulator.person(id=1001, first_name="Ada", language_code="en")
    async with polling(emulator):
        await ada.says("/start")
        hello = await ada.hears("Hello Ada")
        await ada.taps("Did it")
        pressed = await ada.hears("pressed n:1:done")
    assert hello.html == "<b>Hello</b> Ada"
    assert hello.entities == [{"type": "bold", "offset": 0, "length": 5}]
    assert [[button.data for button in row] for row in hello.buttons] == [["n:1:done"]]
    assert pressed.message_id == hello.message_id
    assert pressed.edited is not None
    assert pressed.buttons == ()
    assert (ada.notices, ada.unanswered) == (["noted"], [])
    assert emulator.unconfirmed == []
    assert {call.status for call in emulator.calls} <= {200, None}


async def test_edits_replies_and_places_reach_the_bot(emulator: TelegramEmulator, ada: Person) -> None:
    async with polling(emulator):
        await ada.says("breathing")
        heard = await ada.hears("heard breathing")
        await ada.edits(ada.said[-1].message_id, "walking")
        await ada.hears("edited walking")
        await ada.says("calm", reply_to=heard.message_id)
        await ada.hears("heard calm after heard breathing")
        await ada.shares_location(52.5, 13.4)
        await ada.hears("at 52.5")
        await ada.silence(0.05)


async def test_long_messages_of_a_person_are_split_as_clients_do(ada: Person) -> None:
    await ada.says("a" * 5000)
    assert [len(message.text) for message in ada.said[1:]] == [4096, 904]


async def test_commands_are_marked_in_utf16_units(ada: Person) -> None:
    await ada.says("🙂 then /log@limber_bot now")
    assert ada.said[-1].entities == [{"type": "bot_command", "offset": 8, "length": 15}]


async def test_a_group_is_heard_and_answered(emulator: TelegramEmulator) -> None:
    ada, group = emulator.person(id=1001), emulator.group(id=-500, title="Tuesday group")
    async with polling(emulator):
        await group.says(ada, "hi all")
        await group.hears("heard hi all")
    assert ada.messages == []


async def test_pictures_and_documents_are_kept(emulator: TelegramEmulator, ada: Person) -> None:
    async with application(emulator).bot as bot:
        sent = await bot.send_photo(ada.id, png(), caption="<i>this</i> week", parse_mode="HTML")
        again = await bot.send_photo(ada.id, sent.photo[-1].file_id)
        await bot.edit_message_caption(ada.id, sent.message_id, caption="last week")
        await bot.send_document(ada.id, b"%PDF-\r\n\r\n--", filename="Überblick 1.pdf")
        file = await again.photo[-1].get_file()
        assert bytes(await file.download_as_bytearray()) == png()
    picture, same, document = ada.messages
    assert picture.photo and same.photo and document.document
    assert picture.photo.content == same.photo.content == png()
    assert (picture.text, picture.json["photo"][0]["width"]) == ("last week", 40)
    assert (document.document.name, document.document.content) == ("Überblick 1.pdf", b"%PDF-\r\n\r\n--")


async def test_a_document_of_a_person_can_be_downloaded(emulator: TelegramEmulator) -> None:
    ada = emulator.person(id=1001)
    await ada.sends_document("export.json", b"{}")
    async with application(emulator).bot as bot:
        (update,) = await bot.get_updates()
        assert update.message and update.message.document
        file = await update.message.document.get_file()
        assert bytes(await file.download_as_bytearray()) == b"{}"
    assert update.message.document.mime_type == "application/json"


async def test_keys_of_a_reply_keyboard_send_their_label(emulator: TelegramEmulator, ada: Person) -> None:
    keys = ReplyKeyboardMarkup(
        [[KeyboardButton("Share place", request_location=True), KeyboardButton("Skip")]]
    )
    async with application(emulator).bot as bot:
        sent = await bot.send_message(ada.id, "Where?", reply_markup=keys)
        await ada.taps("Skip")
        with pytest.raises(telegram.error.BadRequest, match="Message can't be edited"):
            await bot.edit_message_text("There?", ada.id, sent.message_id)
    assert ada.said[-1].text == "Skip"
    with pytest.raises(AssertionError, match="sees no button 'Later'"):
        await ada.taps("Later")


async def test_commands_are_shown_by_scope_and_language(emulator: TelegramEmulator) -> None:
    ada, jo = emulator.person(id=1001, language_code="de"), emulator.person(id=1002, language_code="fr")
    async with application(emulator).bot as bot:
        await bot.set_my_commands([("log", "Log a practice")])
        await bot.set_my_commands([("log", "Übung festhalten")], language_code="de")
        await bot.set_my_commands([("sos", "Aide")], scope=telegram.BotCommandScopeChat(1002))
        assert [command.description for command in await bot.get_my_commands()] == ["Log a practice"]
        assert ada.commands == [{"command": "log", "description": "Übung festhalten"}]
        assert jo.commands == [{"command": "sos", "description": "Aide"}]
        await bot.delete_my_commands(language_code="de")
    assert ada.commands == [{"command": "log", "description": "Log a practice"}]


async def test_what_the_bot_says_of_itself_is_kept(emulator: TelegramEmulator) -> None:
    async with application(emulator).bot as bot:
        await bot.set_my_description("Practise between sessions")
        await bot.set_my_short_description("Übt mit dir", language_code="de")
        await bot.set_chat_menu_button(menu_button=telegram.MenuButtonCommands())
    assert emulator.descriptions["description", ""] == "Practise between sessions"
    assert emulator.descriptions["short_description", "de"] == "Übt mit dir"
    assert emulator.menu_buttons == {None: {"type": "commands"}}


async def test_what_the_bot_is_told_of_itself_and_of_chats(emulator: TelegramEmulator) -> None:
    ada = emulator.person(id=1001, username="ada_l")
    async with application(emulator).bot as bot:
        me, chat = await bot.get_me(), await bot.get_chat("@ada_l")
        await ada.says("hi")
        await bot.send_chat_action(ada.id, "typing")
    assert (me.is_bot, me.username, chat.id, chat.type) == (True, "limber_bot", 1001, "private")
    assert ada.actions == ["typing"]


async def test_messages_are_dated_by_the_given_clock() -> None:
    moment = datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    async with TelegramEmulator(now=lambda: moment) as emulator:
        ada = emulator.person(id=1001)
        await ada.says("/start")
        async with application(emulator).bot as bot:
            sent = await bot.send_message(ada.id, "morning")
    assert sent.date == ada.messages[0].date == ada.said[0].date == moment


async def test_not_hearing_shows_what_was_said(emulator: TelegramEmulator, ada: Person) -> None:
    async with application(emulator).bot as bot:
        await bot.send_message(ada.id, "Welcome")
    with pytest.raises(AssertionError, match=r"Ada did not hear 'Goodbye' in 0\.02 s(.|\n)*'Welcome'"):
        await ada.hears("Goodbye", timeout=0.02)
    with pytest.raises(AssertionError, match="should have heard nothing"):
        await ada.silence()
    await ada.hears(lambda message: message.text.startswith("W"))
    await ada.silence(0.02)


async def test_hearing_passes_over_earlier_messages(emulator: TelegramEmulator, ada: Person) -> None:
    async with application(emulator).bot as bot:
        for text in ("one", "two", "three"):
            await bot.send_message(ada.id, text)
        await ada.hears("two")
        with pytest.raises(AssertionError):
            await ada.hears("one", timeout=0.02)
        await ada.hears("three")
        await bot.edit_message_text("one again", ada.id, ada.messages[0].message_id)
        await ada.hears("one")


async def test_hearing_wakes_when_the_message_comes(emulator: TelegramEmulator, ada: Person) -> None:
    async with polling(emulator):
        waiting = asyncio.create_task(ada.hears("heard later"))
        await ada.says("later")
        assert (await waiting).text == "heard later"
