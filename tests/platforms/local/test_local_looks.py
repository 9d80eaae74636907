"""What makes the page usable for everyone: contrast, sizes, focus, motion, names, narrow screens."""

from typing import Any, Literal

import pytest
from playwright.async_api import Page, expect

from tests.platforms.local.echo import WORDS, EchoHome, invited

pytestmark = pytest.mark.asyncio(loop_scope="session")

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TEXT_CONTRAST = 4.5
EDGE_CONTRAST = 3.0
TOUCH_PIXELS = 44

COLOURS = """
const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
const rgba = (colour) => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
};
const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
  .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
  .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
const ratio = (one, other) => {
  const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
const name = (colour) => getComputedStyle(document.documentElement).getPropertyValue(colour);
const grounds = [name('--paper'), name('--glow')].map(rgba);
const behind = (element) => {
  const layers = [];
  for (let each = element; each && each !== document.body; each = each.parentElement) {
    layers.unshift(rgba(getComputedStyle(each).backgroundColor));
  }
  return grounds.map((ground) => layers.reduce((below, top) => over(top, below), ground));
};
const visible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
"""

TEXT_FAULTS = f"""(least) => {{ {COLOURS}
const walker = document.createTreeWalker(document.querySelector('.page'), NodeFilter.SHOW_TEXT);
const faults = [];
let looked = 0;
while (walker.nextNode()) {{
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !visible(element) || element.closest('.unseen')) continue;
  looked += 1;
  for (const ground of behind(element)) {{
    const found = ratio(over(rgba(getComputedStyle(element).color), ground), ground);
    if (found < least) faults.push(`${{walker.currentNode.data}}: ${{found.toFixed(2)}}`);
  }}
}}
return [looked, faults];
}}"""

EDGE_FAULTS = f"""([selectors, least]) => {{ {COLOURS}
return selectors.flatMap((selector) => {{
  const element = document.querySelector(selector);
  const edge = rgba(getComputedStyle(element).borderTopColor);
  return behind(element.parentElement)
    .map((ground) => ratio(over(edge, ground), ground))
    .filter((found) => found < least)
    .map((found) => `${{selector}}: ${{found.toFixed(2)}}`);
}});
}}"""

SMALL_TARGETS = """(least) => [...document.querySelectorAll('button, textarea, a.file')]
  .filter((element) => element.checkVisibility())
  .map((element) => [element.textContent.trim() || element.id, element.getBoundingClientRect()])
  .filter(([, box]) => box.width < least || box.height < least)
  .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)"""

FOCUS = """() => {
  const element = document.activeElement;
  const shown = element.tagName === 'TEXTAREA' ? element.closest('.composer') : element;
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  return [element.id || element.className, outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2];
}"""


async def furnish(page: Page, site: str, home: EchoHome) -> None:
    """One of everything, all of it visible."""
    home.coming = [{"at": "2026-12-01T06:30:00+00:00", "words": "Box breathing"}]
    home.files["1"] = (b"{}", "application/json", "limber.json")
    home.say(
        "1", text="<b>Done.</b> https://example.org", document={"url": "/files/1", "name": "limber.json"}
    )
    home.say("2", text="Where are you?", asks_place=True, buttons=[[{"label": "Skip", "press": "skip"}]])
    ratings = [{"label": str(number), "press": str(number)} for number in range(11)]
    home.say("3", text="How strong?", buttons=[ratings])
    home.failures.extend(RuntimeError() for _ in range(9))
    await page.emulate_media(reduced_motion="reduce")
    await page.goto(invited(site))
    await page.get_by_role("button", name="Coming up").click()
    await page.get_by_role("button", name="7", exact=True).click()
    await page.get_by_role("textbox").fill("not taken")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("log")).to_contain_text(WORDS["not_taken"])
    home.hub.publish({"typing": True})
    await expect(page.get_by_text(WORDS["typing"])).to_be_visible()


@pytest.mark.parametrize("theme", THEMES)
async def test_text_and_edges_stand_out(
    page: Page, site: str, home: EchoHome, theme: Literal["light", "dark"]
) -> None:
    await page.emulate_media(color_scheme=theme)
    await furnish(page, site, home)
    looked, faults = await page.evaluate(TEXT_FAULTS, TEXT_CONTRAST)
    assert (looked > 20, faults) == (True, [])
    await page.get_by_role("textbox").blur()
    edges = [".composer", ".choice:not([aria-disabled])", "a.file"]
    assert await page.evaluate(EDGE_FAULTS, [edges, EDGE_CONTRAST]) == []


async def test_the_first_page_stands_out_too(page: Page, site: str) -> None:
    for theme in THEMES:
        await page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        await page.goto(invited(site))
        await expect(page.get_by_role("button", name="Start")).to_be_visible()
        looked, faults = await page.evaluate(TEXT_FAULTS, TEXT_CONTRAST)
        assert (looked > 3, faults) == (True, [])


async def test_a_thumb_can_hit_every_control(page: Page, site: str, home: EchoHome) -> None:
    await furnish(page, site, home)
    assert await page.evaluate(SMALL_TARGETS, TOUCH_PIXELS) == []


@pytest.mark.parametrize("width", [320, 390, 820, 1280])
async def test_nothing_runs_out_of_a_screen(page: Page, site: str, home: EchoHome, width: int) -> None:
    await furnish(page, site, home)
    home.say("4", text="x" * 400, buttons=[[{"label": "A rather long answer " * 4, "press": "long"}] * 3])
    await page.set_viewport_size({"width": width, "height": 640})
    await expect(page.get_by_role("log").get_by_text("x" * 400)).to_be_visible()
    inside = "(element) => element.scrollWidth <= element.clientWidth"
    assert await page.locator("html").evaluate(inside)
    assert await page.get_by_role("log").evaluate(inside)
    await expect(page.get_by_role("button", name="Send")).to_be_in_viewport(ratio=1)


async def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    page: Page, site: str, home: EchoHome
) -> None:
    home.say("1", text="How?", buttons=[[{"label": "Well", "press": "a"}, {"label": "Badly", "press": "b"}]])
    await page.goto(invited(site))
    await expect(page.get_by_role("button", name="Well")).to_be_visible()
    await page.get_by_role("button", name="Coming up").focus()
    stops: list[Any] = []
    for _ in range(6):
        await page.keyboard.press("Tab")
        stops.append(await page.evaluate(FOCUS))
    names = ["log", "choice", "choice", "attach", "message", "send"]
    assert stops == [[name, True] for name in names]


async def test_nothing_moves_for_whoever_wants_no_motion(page: Page, site: str, home: EchoHome) -> None:
    await furnish(page, site, home)
    await page.wait_for_function(
        "() => document.getAnimations().every((each) => each.playState !== 'running')"
    )


async def test_everything_that_acts_has_a_name(page: Page, site: str, home: EchoHome) -> None:
    await furnish(page, site, home)
    nameless = [
        await control.evaluate("(element) => element.outerHTML")
        for control in await page.locator("button, a, textarea, [role=log], aside").all()
        if await control.is_visible() and not named(await control.aria_snapshot())
    ]
    assert nameless == []
    await expect(page.get_by_role("heading", level=1)).to_have_text("Limber")
    await expect(page).to_have_title("Limber")


def named(snapshot: str) -> bool:
    """Whether the first line of an accessibility snapshot names what it shows."""
    return '"' in snapshot.splitlines()[0]
