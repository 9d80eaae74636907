"""The page's file button in a real browser: a record comes along, anything else is met with a sentence."""

import json
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.clock import MovableClock
from tests.running import running

AT = "2026-01-01T00:00:00Z"
RECORD = {
    "you": {"created_at": AT, "language": "en", "zone": "Europe/Berlin", "country": "DE"},
    "goals": [{"number": 1, "words": "be at ease with people", "created_at": AT}],
}


async def test_a_file_is_taken_by_its_button(browser: Browser, tmp_path: Path, clock: MovableClock) -> None:
    record, rubbish = tmp_path / "limber.json", tmp_path / "holiday.zip"
    record.write_text(json.dumps(RECORD))
    rubbish.write_bytes(b"PK\x03\x04 no zip at all")
    page = await (await browser.new_context(viewport={"width": 390, "height": 844})).new_page()
    async with running(tmp_path, clock) as app:
        await page.goto(app.link)
        await _says(page, "/start", "this is Limber")
        await _taps(page, "I agree", "Which skill")
        await _says(page, "/cancel", "")
        await _picks(page, rubbish, "I can't read that file")
        await _picks(page, record, "This file holds one goal")
        await _taps(page, "Take it in", "Taken in: one goal")
        await _says(page, "/goals", "be at ease with people")
        await _says(page, "/export", "limber-export.zip")
        async with page.expect_download() as coming:
            await page.get_by_role("link", name="limber-export.zip").click()
        export = tmp_path / "limber-export.zip"
        await (await coming.value).save_as(export)
        await _picks(page, export, "This file holds one goal")
        await page.get_by_role("log").get_by_role("button", name="Take it in", exact=True).last.click()
        await _hears(page, "was here already")
    await page.context.close()


async def _picks(page: Page, file: Path, hears: str) -> None:
    """Picks a file as a person does: by the button, in the dialogue that opens."""
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Attach a file").click()
    await (await chooser.value).set_files(file)
    await _hears(page, file.name)
    await _hears(page, hears)


async def _says(page: Page, words: str, hears: str) -> None:
    await page.get_by_role("textbox", name="Message").fill(words)
    await page.get_by_role("button", name="Send", exact=True).click()
    await _hears(page, hears)


async def _taps(page: Page, label: str, hears: str) -> None:
    await page.get_by_role("log").get_by_role("button", name=label, exact=True).last.click()
    await _hears(page, hears)


async def _hears(page: Page, words: str) -> None:
    await expect(page.get_by_role("log")).to_contain_text(words, timeout=15_000)
