"""The bridge to the next session on the page and on Telegram: note, brief, takeaways, plan, report."""

from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
from playwright.async_api import Browser, Page, expect

from bot.app import App
from tests.clock import MovableClock
from tests.emulators.telegram import TOKEN, TelegramEmulator
from tests.running import running

pytestmark = pytest.mark.timeout(120)

EVENING = datetime(2026, 11, 30, 17, 0, 1, tzinfo=UTC)
AFTERWARDS = datetime(2026, 12, 1, 16, 15, 1, tzinfo=UTC)


async def _comes(app: App, clock: MovableClock, at: datetime) -> None:
    clock.set(at)
    await app.nudger.tick()


async def test_on_telegram(tmp_path: Path, clock: MovableClock) -> None:
    async with TelegramEmulator() as emulator:
        settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": emulator.root}
        async with running(tmp_path, clock, **settings) as app:
            ada = emulator.person(id=1001, first_name="Ada", language_code="en")
            await ada.says("/start")
            await ada.hears("this is Limber")
            await ada.taps("I agree")
            await ada.hears("Which skill")
            await ada.taps("Skip")
            await ada.hears("Where are you?")
            await ada.says("Berlin")
            await ada.hears("When would you like a nudge?")
            await ada.taps("Skip")
            await ada.hears("You're set")
            await ada.says("/note the row with my sister")
            await ada.hears("When is your next session?")
            await ada.says("/session tuesday 16:00")
            await ada.hears("Noted:")
            await ada.says("/log 5 min")
            await ada.hears("Logged")
            await ada.says("the worry was smaller on paper")
            await ada.hears("Kept")
            await _comes(app, clock, EVENING)
            await ada.hears("ready")
            await ada.taps("Show it")
            page = await ada.hears("For your session on Tue 1 Dec, 16:00")
            assert "1. the row with my sister" in page.text
            assert "the worry was smaller on paper" in page.text
            await ada.taps("Change 2")
            await ada.hears("Say it your way")
            await ada.says("how to go on when it gets loud")
            await ada.hears("2. how to go on when it gets loud")
            await _comes(app, clock, AFTERWARDS)
            await ada.hears("worth keeping")
            await ada.taps("Note it")
            await ada.hears("What do you take with you?")
            await ada.says("say no once, kindly")
            await ada.hears("What will you practise till next time?")
            await ada.taps("What I just wrote")
            await ada.hears("It's a plan: say no once, kindly")
            await ada.says("/report")
            listed = await ada.hears("A report for your therapist")
            assert listed.button("☐ The file may be saved and passed on") is not None
            await ada.taps("☐ My words about practices")
            await ada.hears(lambda message: message.button("☑ My words about practices") is not None)
            await ada.taps("Show me what will be in it")
            assert "the row with my sister" in (await ada.hears("This will be in it")).text
            await ada.taps("Make the PDF")
            await ada.hears("Here is your report")
            (sent,) = emulator.calls_of("sendDocument")
            assert sent.parameters["protect_content"]


async def test_on_the_page(browser: Browser, tmp_path: Path, clock: MovableClock) -> None:
    context = await browser.new_context(viewport={"width": 390, "height": 844}, timezone_id="Europe/Berlin")
    page = await context.new_page()
    async with running(tmp_path, clock) as app:
        await page.goto(app.link)
        await _says(page, "/start", "this is Limber")
        await _taps(page, "I agree", "Which skill")
        await _taps(page, "Skip", "Where are you?")
        await _says(page, "Berlin", "When would you like a nudge?")
        await _taps(page, "Skip", "You're set")
        await _says(page, "/note the row with my sister", "When is your next session?")
        await _says(page, "/session tuesday 16:00", "Noted:")
        await _says(page, "/log 5 min", "Logged")
        await _says(page, "the worry was smaller on paper", "Kept")
        await _comes(app, clock, EVENING)
        await expect(page.get_by_role("button", name="Show it")).to_be_visible(timeout=10_000)
        await _taps(page, "Show it", "For your session on Tue 1 Dec, 16:00")
        await expect(page.get_by_role("log")).to_contain_text("1. the row with my sister")
        await _comes(app, clock, AFTERWARDS)
        await expect(page.get_by_role("button", name="Note it")).to_be_visible(timeout=10_000)
        await _taps(page, "Note it", "What do you take with you?")
        await _says(page, "say no once, kindly", "What will you practise till next time?")
        await _taps(page, "What I just wrote", "It's a plan: say no once, kindly")
        await _says(page, "/report", "A report for your therapist")
        await _taps(page, "☐ My words about practices", "☑ My words about practices")
        await _taps(page, "Show me what will be in it", "This will be in it")
        await _taps(page, "Make the PDF", "Here is your report")
        async with page.expect_download() as coming:
            await page.get_by_role("link", name="report-2026-12-01.pdf").click()
        paper = pypdf.PdfReader(await (await coming.value).path())
        words = " ".join(sheet.extract_text() for sheet in paper.pages)
        assert "the row with my sister" in words
        assert "the worry was smaller on paper" in words
    await context.close()


async def _says(page: Page, words: str, hears: str) -> None:
    await page.get_by_role("textbox", name="Message").fill(words)
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_role("log")).to_contain_text(hears, timeout=15_000)


async def _taps(page: Page, label: str, hears: str) -> None:
    await page.get_by_role("log").get_by_role("button", name=label, exact=True).last.click()
    await expect(page.get_by_role("log")).to_contain_text(hears, timeout=15_000)
