"""Takes the pictures of the walk for the documentation, in a real browser, from the real page.

python -m tools.walk_pictures docs/walk
"""

import asyncio
import itertools
import logging
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from bot.app import App
from bot.clock import SystemClock
from tests.browser import launched
from tests.clock import MovableClock
from tests.running import running

SIZES = {"phone": (390, 844), "desktop": (1280, 860)}
THEMES = ("light", "dark")
DAYS = 26
BRIDGE_BEGINS = datetime(2026, 11, 25, 9, tzinfo=UTC)
MONTH = (
    "did it, 5 min",
    "tiny version",
    "did it, 10 min",
    "",
    "did it, anxiety 7 to 4",
    "started but stopped",
    "",
)


@dataclass
class Camera:
    """One page, and where its pictures go."""

    page: Page
    folder: Path
    suffix: str

    async def says(self, words: str, hears: str) -> None:
        """Types a message and waits for the answer."""
        said = self.page.get_by_role("article").filter(has_text=hears)
        before = await said.count()
        await self.types(words)
        await expect(said).to_have_count(before + 1, timeout=15_000)
        await self.hears(hears)

    async def types(self, words: str) -> None:
        """Types a message."""
        await self.page.get_by_role("textbox", name="Message").fill(words)
        await self.page.get_by_role("button", name="Send", exact=True).click()

    async def taps(self, label: str, hears: str) -> None:
        """Presses the newest button of this label and waits for the answer."""
        await self.page.get_by_role("log").get_by_role("button", name=label, exact=True).last.click()
        await self.hears(hears)

    async def hears(self, words: str) -> None:
        """Waits until something is said."""
        await expect(self.page.get_by_role("article").filter(has_text=words).last).to_be_in_viewport(
            timeout=15_000
        )

    async def takes(self, name: str) -> None:
        """Takes a picture once all is still."""
        await self.page.wait_for_load_state("networkidle")
        await self.page.evaluate("document.fonts.ready")
        await self.page.wait_for_timeout(600)
        await self.page.screenshot(path=self.folder / f"{name}-{self.suffix}.png")


async def walk(browser: Browser, folder: Path, size: str, theme: str) -> None:
    """The walk at one size, in one theme."""
    width, height = SIZES[size]
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="light" if theme == "light" else "dark",
        locale="en-GB",
        timezone_id="Europe/Berlin",
        reduced_motion="reduce",
    )
    camera = Camera(await context.new_page(), folder, f"{size}-{theme}")
    clock = MovableClock(
        SystemClock().now().replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=DAYS - 2)
    )
    with tempfile.TemporaryDirectory() as data:
        async with running(Path(data), clock) as app:
            await camera.page.goto(app.link)
            await _first_minutes(camera)
            await _nudged(camera, clock)
            await _understood(camera, clock)
            await _a_month_later(camera, clock, app)
    await context.close()


async def _first_minutes(camera: Camera) -> None:
    await camera.says("/start", "this is Limber")
    await camera.takes("welcome")
    await camera.taps("I agree", "Which skill")
    await camera.taps("Sort the worry", "could it fit")
    await camera.says("after breakfast", "Where are you?")
    await camera.says("Berlin", "When would you like a nudge?")
    await camera.says("every weekday at 7:30 and 21:00", "first one right now")
    await camera.takes("start")
    await camera.taps("Did it", "notice anything")
    await camera.says("felt silly at first", "Kept with it")


async def _nudged(camera: Camera, clock: MovableClock) -> None:
    await camera.says("/remind in 1 minute", "Next:")
    clock.move(minutes=1)
    await expect(camera.page.get_by_role("button", name="Later").last).to_be_visible(timeout=10_000)
    await camera.takes("nudge")
    await camera.says("did it, 5 min, calmer", "5 minutes")
    await camera.takes("answer")


async def _understood(camera: Camera, clock: MovableClock) -> None:
    """What people type, the way they talk."""
    await camera.says("/remind mon wed fri at half seven", "Morning or evening?")
    await camera.takes("asked")
    await camera.taps("every Monday, Wednesday, and Friday at 19:30", "I'll nudge you every Monday")
    await camera.says("I'm in Bombay", "Shall your clock move there?")
    await camera.takes("place")
    await camera.taps("No, thanks", "stays as it is")
    await camera.says("/remind in 1 minute", "Next:")
    clock.move(minutes=15)
    await camera.page.wait_for_timeout(2_500)
    await expect(camera.page.get_by_role("button", name="Later").last).to_be_visible(timeout=10_000)
    await camera.says("nah, migraine", "Thanks for saying so")
    await camera.says("did it twice, 10 min, nerves from 8 down to 5", "8 before, 5 after")
    await camera.takes("understood")


async def _a_month_later(camera: Camera, clock: MovableClock, app: App) -> None:
    answers = itertools.cycle(MONTH)
    for _ in range(DAYS):
        clock.move(days=1)
        await app.nudger.tick()
        words = next(answers)
        if words:
            await camera.says(f"/log {words}", "Logged")
    await camera.types("/progress")
    await expect(camera.page.get_by_role("img", name="Calendar").last).to_be_in_viewport(timeout=15_000)
    await camera.takes("progress")


async def bridge(browser: Browser, folder: Path, size: str = "phone", theme: str = "light") -> None:
    """From a note over the page for a session to a plan and a report: the walk of those in therapy."""
    width, height = SIZES[size]
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="light" if theme == "light" else "dark",
        locale="en-GB",
        timezone_id="Europe/Berlin",
        reduced_motion="reduce",
    )
    camera = Camera(await context.new_page(), folder, f"{size}-{theme}")
    clock = MovableClock(BRIDGE_BEGINS)
    with tempfile.TemporaryDirectory() as data:
        async with running(Path(data), clock) as app:
            await camera.page.goto(app.link)
            await camera.says("/start", "this is Limber")
            await camera.taps("I agree", "Which skill")
            await camera.taps("Sort the worry", "could it fit")
            await camera.taps("Skip", "Where are you?")
            await camera.says("Berlin", "When would you like a nudge?")
            await camera.taps("Skip", "right now")
            await camera.says("/session tuesday 16:00", "Noted:")
            await camera.says("/note the row with my sister", "Kept to bring up")
            await camera.takes("note")
            await camera.says("/log 5 min", "Logged")
            await camera.says("the worry was smaller on paper", "Kept")
            clock.set(BRIDGE_BEGINS + timedelta(days=5, hours=8, seconds=1))
            await app.nudger.tick()
            await camera.hears("ready")
            await camera.taps("Show it", "For your session")
            await camera.takes("brief")
            clock.set(BRIDGE_BEGINS + timedelta(days=6, hours=7, minutes=15, seconds=1))
            await app.nudger.tick()
            await camera.hears("worth keeping")
            await camera.taps("Note it", "What do you take with you?")
            await camera.says("say no once this week, kindly", "What will you practise till next time?")
            await camera.takes("takeaway")
            await camera.taps("What I just wrote", "It's a plan")
            await camera.takes("planned")
            await camera.says("/history", "say no once this week")
            await camera.takes("history")
            await _reported(camera)
    await context.close()


async def _reported(camera: Camera) -> None:
    await camera.says("/report", "A report for your therapist")
    await camera.taps("☐ My words about practices", "A report for your therapist")
    await camera.takes("report")
    await camera.taps("Show me what will be in it", "This will be in it")
    await camera.takes("report-preview")
    await camera.taps("Make the PDF", "Here is your report")
    await camera.takes("report-made")


async def main(folder: Path) -> None:
    """All sizes and themes."""
    logging.disable(logging.CRITICAL)
    async with launched() as browser:
        await bridge(browser, folder)
        for size, theme in itertools.product(SIZES, THEMES):
            await walk(browser, folder, size, theme)


if __name__ == "__main__":
    pictures = Path(sys.argv[1])
    pictures.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(pictures))
