"""A strict emulator of Discord's gateway and REST API (v10), and the people who talk to the bot.

async with DiscordEmulator() as emulator:
    ...  # start a bot whose API is at emulator.root
    await emulator.identified()
    ada = emulator.person(1001, "Ada")
    await ada.runs("start")
    await ada.hears("Hello")

Libraries that stand in for discord.py's own HTTP client and websocket were not taken: they leave out what
breaks in real life (reconnecting, resuming, resets, rate limits), and a process of its own can't use them.
"""

from tests.emulators.discord.emulator import TOKEN, DiscordEmulator
from tests.emulators.discord.faults import Fault, Limit
from tests.emulators.discord.people import Person, Server
from tests.emulators.discord.rest import Call
from tests.emulators.discord.state import Button, Message, StoredFile

__all__ = [
    "TOKEN",
    "Button",
    "Call",
    "DiscordEmulator",
    "Fault",
    "Limit",
    "Message",
    "Person",
    "Server",
    "StoredFile",
]
