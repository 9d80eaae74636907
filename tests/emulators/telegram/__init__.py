"""A strict emulator of Telegram's Bot API over real HTTP, and the people who talk to the bot.

async with TelegramEmulator() as emulator:
    ada = emulator.person(id=1001, first_name="Ada")
    ...  # start a bot with base_url=f"{emulator.root}/bot"
    await ada.says("/start")
    await ada.hears("Hello")

To add a method: a table in `contract.toml`, a function beside its like in `messages.py` or `account.py`, a
line in `api.py`.
"""

from tests.emulators.telegram.calls import Call
from tests.emulators.telegram.emulator import TOKEN, TelegramEmulator
from tests.emulators.telegram.faults import FALLIBLE, SENDING, Fault, FloodLimits, Rate
from tests.emulators.telegram.people import Group, Person
from tests.emulators.telegram.state import Button, Message, StoredFile

__all__ = [
    "FALLIBLE",
    "SENDING",
    "TOKEN",
    "Button",
    "Call",
    "Fault",
    "FloodLimits",
    "Group",
    "Message",
    "Person",
    "Rate",
    "StoredFile",
    "TelegramEmulator",
]
