"""A small bot on the real python-telegram-bot, for driving the emulator."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from tests.emulators.telegram import TelegramEmulator

Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]


def application(emulator: TelegramEmulator) -> App:
    """The bot, not started: it greets, takes presses, and repeats what it hears."""
    builder = ApplicationBuilder().token(emulator.token)
    app = builder.base_url(f"{emulator.root}/bot").base_file_url(f"{emulator.root}/file/bot").build()
    app.add_handler(CommandHandler("start", _greet))
    app.add_handler(CallbackQueryHandler(_take_press))
    app.add_handler(MessageHandler(filters.ALL, _repeat))
    return app


@asynccontextmanager
async def polling(emulator: TelegramEmulator) -> AsyncIterator[App]:
    """The bot, running by long polling."""
    app = application(emulator)
    async with app:
        await app.start()
        assert app.updater
        await app.updater.start_polling(timeout=5)
        yield app
        await app.updater.stop()
        await app.stop()


async def _greet(update: Update, context: Context) -> None:
    assert update.effective_message and update.effective_user
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Did it", callback_data="n:1:done")]])
    await update.effective_message.reply_html(
        f"<b>Hello</b> {update.effective_user.first_name}", reply_markup=buttons
    )


async def _take_press(update: Update, context: Context) -> None:
    assert update.callback_query
    await update.callback_query.answer("noted")
    await update.callback_query.edit_message_text(f"pressed {update.callback_query.data}")


async def _repeat(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None:
        return
    if message.location:
        await message.reply_text(f"at {message.location.latitude}")
        return
    kind = "edited" if update.edited_message else "heard"
    replied = f" after {message.reply_to_message.text}" if message.reply_to_message else ""
    await message.reply_text(f"{kind} {message.text}{replied}")
