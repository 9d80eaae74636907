"""What Discord is given, piece by piece: words, buttons, and what its errors are taken for."""

import asyncio
import html
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import SystemClock
from bot.conversation.messages import Attachment, Button, Incoming, Wire
from bot.delivery.failures import Gone, Refused, SendingFailed, TryAgain
from bot.platforms.discord.adapter import Discord, Sentences
from bot.platforms.discord.buttons import fitting
from bot.platforms.discord.markup import LONGEST, fits, from_markdown, parts_of, to_markdown
from tests.emulators.discord import TOKEN, DiscordEmulator, Fault, Person
from tests.running import offers_nothing

WORDS = st.text(st.sampled_from("ab *_~`|<>[]()#-+.\\&\n1/:é😀") | st.characters(codec="utf-8"), max_size=60)
LINKS = st.sampled_from(["https://example.org/a_b_c?d=*e*", "http://x/"])


@given(st.lists(WORDS | LINKS, max_size=5))
def test_words_come_back_from_markdown_as_they_were(pieces: list[str]) -> None:
    words = "<b>".join(html.escape(piece, quote=False) for piece in pieces)
    closed = words.replace("<b>", "<b>x</b>")
    assert from_markdown(to_markdown(closed)) == closed


@pytest.mark.parametrize(
    ("words", "markdown"),
    [
        ("<b>7:30</b> it is", "**7:30** it is"),
        ("2 * 3 * 4", r"2 \* 3 \* 4"),
        ("a &lt;@1&gt; b", r"a \<@1\> b"),
        ("- one\n1. two", "\\- one\n1\\. two"),
        ("https://example.org/a_b", "https://example.org/a_b"),
    ],
)
def test_what_looks_like_markdown_is_shown_as_it_is(words: str, markdown: str) -> None:
    assert to_markdown(words) == markdown


@given(st.text(st.sampled_from("a*_ .\n"), min_size=1, max_size=6000))
def test_every_part_of_a_long_text_fits(words: str) -> None:
    parts = parts_of(words)
    assert all(fits(part) for part in parts)
    told = "".join(from_markdown(part) for part in parts)
    assert "".join(told.split()) == "".join(words.split())


def test_a_text_of_just_the_length_is_one_part() -> None:
    assert len(parts_of("a" * LONGEST)) == 1


def _rows(*sizes: int) -> tuple[tuple[Button, ...], ...]:
    return tuple(
        tuple(Button(f"{row}.{number}", f"p:{row}:{number}") for number in range(size))
        for row, size in enumerate(sizes)
    )


@pytest.mark.parametrize(
    ("given_rows", "sizes"),
    [((), []), ((2, 2, 1), [2, 2, 1]), ((1,) * 7, [5, 2]), ((6, 5, 1), [5, 5, 2]), ((5,) * 6, [5] * 5)],
)
def test_buttons_are_laid_out_as_discord_allows(given_rows: tuple[int, ...], sizes: list[int]) -> None:
    laid_out = fitting(_rows(*given_rows))
    assert [len(row) for row in laid_out] == sizes
    order = [button for row in _rows(*given_rows) for button in row]
    assert [button for row in laid_out for button in row] == order[: sum(sizes)]


def test_a_press_is_offered_once() -> None:
    twice = ((Button("Undo", "c:undo"), Button("Take back", "c:undo")), (Button("Undo", "c:undo"),))
    assert fitting(twice) == [[Button("Undo", "c:undo")]]


@pytest.fixture
async def emulator() -> AsyncIterator[DiscordEmulator]:
    async with DiscordEmulator() as started:
        yield started


@pytest.fixture
async def discord(emulator: DiscordEmulator) -> AsyncIterator[Discord]:
    async def handle(incoming: Incoming) -> None:
        raise AssertionError(incoming)

    started = Discord(
        TOKEN, handle, offers_nothing, Sentences("{}{}".format, str, str), SystemClock().now, free_text=False
    )
    await started.start(emulator.root, [])
    yield started
    await started.stop()


@pytest.fixture
def ada(emulator: DiscordEmulator) -> Person:
    return emulator.person(1001, "Ada")


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        (Fault.limited(3600), TryAgain),
        (Fault.shut_out(), TryAgain),
        (Fault.refusal(403, 20026), TryAgain),
        (Fault.refusal(401, 0), TryAgain),
        (Fault.refusal(403, 0), TryAgain),
        (Fault.server_error(503), TryAgain),
        (Fault.reset(accepted=True), TryAgain),
        (Fault.closed(), Gone),
        (Fault.refusal(403, 50278), Gone),
        (Fault.refusal(404, 10003), Gone),
        (Fault.refusal(400, 50035), Refused),
        (Fault.refusal(403, 50013), Refused),
    ],
    ids=lambda value: str(value.error or "reset") if isinstance(value, Fault) else "",
)
async def test_what_an_error_is_taken_for(
    discord: Discord, emulator: DiscordEmulator, ada: Person, fault: Fault, failure: type[SendingFailed]
) -> None:
    emulator.faults.next(fault)
    with pytest.raises(failure):
        await discord.carry(str(ada.id), Wire("Good evening"), None, "out:1")


async def test_somebody_whom_discord_does_not_know_is_gone(discord: Discord) -> None:
    with pytest.raises(Gone):
        await discord.carry("404", Wire("Good evening"), None, "out:1")


async def test_the_same_message_again_is_not_doubled(discord: Discord, ada: Person) -> None:
    first = await discord.carry(str(ada.id), Wire("Good evening"), None, "out:9223372036854775807")
    again = await discord.carry(str(ada.id), Wire("Good evening"), None, "out:9223372036854775807")
    assert again == first
    assert len(ada.messages) == 1


async def test_a_long_message_comes_in_parts_with_all_at_its_end(discord: Discord, ada: Person) -> None:
    picture = Attachment(b"PNG", "week.png", "image/png", "You practised on 3 days")
    wire = Wire("A sentence. " * 400, _rows(1))
    reference = await discord.carry(str(ada.id), wire, picture, "out:1")
    *before, last = ada.messages
    assert before
    assert not any(message.files or message.buttons for message in before)
    assert str(last.id) == reference
    assert last.button("0.0") is not None
    assert [(file.name, file.description) for file in last.files] == [("week.png", picture.alternative)]


async def test_an_edit_replaces_words_and_buttons(discord: Discord, ada: Person) -> None:
    reference = await discord.carry(str(ada.id), Wire("Later?", _rows(2)), None, "out:1")
    await discord.carry(str(ada.id), Wire("Later. ✓", edits=reference), None, "out:2")
    assert [(message.text, message.buttons) for message in ada.messages] == [("Later. ✓", [])]


async def test_an_edit_that_makes_a_message_too_long_leaves_its_words(discord: Discord, ada: Person) -> None:
    reference = await discord.carry(str(ada.id), Wire("a" * LONGEST, _rows(1)), None, "out:1")
    await discord.carry(str(ada.id), Wire("a" * LONGEST + "✓", edits=reference), None, "out:2")
    assert [(len(message.text), message.buttons) for message in ada.messages] == [(LONGEST, [])]


async def test_an_edit_of_a_message_that_is_gone_is_done_with(discord: Discord, ada: Person) -> None:
    assert await discord.carry(str(ada.id), Wire("✓", edits="12345"), None, "out:1") == "12345"


async def test_what_could_not_be_taken_is_tried_again(emulator: DiscordEmulator, ada: Person) -> None:
    tried: list[str] = []
    taken = asyncio.Event()

    async def handle(incoming: Incoming) -> None:
        tried.append(incoming.update_key)
        if len(tried) == 1:
            raise OSError
        taken.set()

    discord = Discord(
        TOKEN, handle, offers_nothing, Sentences("{}{}".format, str, str), SystemClock().now, free_text=True
    )
    await discord.start(emulator.root, [])
    listening = asyncio.ensure_future(discord.listen())
    await emulator.identified()
    said = await ada.says("did it")
    await asyncio.wait_for(taken.wait(), 10)
    await discord.stop()
    await listening
    assert tried == [f"discord:{said}"] * 2


async def test_typing_is_shown(discord: Discord, ada: Person, emulator: DiscordEmulator) -> None:
    await discord.busy(str(ada.id))
    assert ada.typing == 1
    emulator.faults.next(Fault.refusal(404, 10003), call="typing")
    await discord.busy(str(ada.id))
    assert ada.typing == 1
