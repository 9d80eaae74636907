"""The whole walk on the local page, in a real browser: from /start to /progress, and after a restart."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.clock import MovableClock
from tests.running import running

pytestmark = pytest.mark.timeout(120)


async def _says(page: Page, words: str) -> None:
    await page.get_by_role("textbox", name="Message").fill(words)
    await page.get_by_role("button", name="Send").click()


async def _hears(page: Page, words: str) -> None:
    await expect(page.get_by_role("log")).to_contain_text(words, timeout=15_000)


async def _taps(page: Page, label: str) -> None:
    await page.get_by_role("log").get_by_role("button", name=label, exact=True).last.click()


async def test_the_walk_from_start_to_progress(browser: Browser, tmp_path: Path, clock: MovableClock) -> None:
    context = await browser.new_context(
        viewport={"width": 390, "height": 844}, locale="en-GB", timezone_id="Europe/Berlin"
    )
    page = await context.new_page()
    async with running(tmp_path, clock) as app:
        await page.goto(app.link)
        await _says(page, "/start")
        await _hears(page, "this is Limber")
        await _taps(page, "I agree")
        await _hears(page, "Which skill")
        await _says(page, "Sort the worry")
        await _hears(page, "could it fit")
        await _says(page, "after breakfast")
        await _hears(page, "Where are you?")
        await page.get_by_role("log").get_by_role("button", name="Europe/Berlin").last.click()
        await _hears(page, "10:00 there now")
        await _says(page, "every weekday at 7:30 and 21:00")
        await _hears(page, "first one right now")
        await _taps(page, "Did it")
        await _hears(page, "Logged: tiny version")
        await _says(page, "felt silly at first")
        await _hears(page, "Kept with it")
        await _says(page, "/remind in 1 minute")
        await _hears(page, "Next: Wed 25 Nov, 10:01")
        await expect(page.get_by_text("once, Wed 25 Nov, 10:01").first).to_be_attached()
        clock.move(minutes=1)
        await expect(page.get_by_role("button", name="Later").last).to_be_visible(timeout=5_000)
        await _says(page, "did it, 5 min, calmer")
        await _hears(page, "5 minutes")
        await _says(page, "/progress")
        picture = page.get_by_role("img", name="practised on 1 day").last
        await expect(picture).to_be_visible(timeout=15_000)
        port = app.port

    async with running(tmp_path, clock, PORT=str(port)):
        await page.reload()
        await _hears(page, "felt silly at first")
        await _says(page, "/undo")
        await _hears(page, "Undone: the last entry is removed")


async def test_people_are_understood_the_way_they_talk(
    browser: Browser, tmp_path: Path, clock: MovableClock
) -> None:
    page = await (await browser.new_context(viewport={"width": 390, "height": 844})).new_page()
    async with running(tmp_path, clock) as app:
        await page.goto(app.link)
        await _says(page, "/start")
        await _hears(page, "this is Limber")
        await _taps(page, "I agree")
        await _hears(page, "Which skill")
        await _says(page, "Sort the worry")
        await _hears(page, "could it fit")
        await _taps(page, "Skip")
        await _hears(page, "Where are you?")
        await _says(page, "I'm in Bombay")
        await _hears(page, "14:30 there now")
        await _says(page, "mon wed fri at half seven")
        await _hears(page, "Morning or evening?")
        await _taps(page, "every Monday, Wednesday, and Friday at 19:30")
        await _hears(page, "Next: Wed 25 Nov, 19:30")
        await _taps(page, "Not now")
        await _hears(page, "at the time you picked")
        clock.move(hours=5)
        await expect(page.get_by_role("button", name="Later").last).to_be_visible(timeout=5_000)
        await _says(page, "nah, migraine")
        await _hears(page, "not today. Thanks for saying so")
        await _says(page, "did it twice, 10 min, nerves from 8 down to 5")
        await _hears(page, "did it · 2 times · 10 minutes · 8 before, 5 after")
