"""The page in a real browser, used as a person does: by role and name."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.platforms.local.echo import WORDS, EchoHome, invited, page_of, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

CHOICES = [[{"label": "Did it", "press": "n:1:done"}, {"label": "Later", "press": "n:1:later"}]]
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('limber.'))"


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message")


def log(page: Page) -> Locator:
    return page.get_by_role("log")


def bubbles(page: Page) -> Locator:
    return log(page).get_by_role("article").locator(".text")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


async def say(page: Page, words: str) -> None:
    await box(page).fill(words)
    await button(page, "Send").click()


def texts(home: EchoHome) -> list[str | None]:
    return [incoming.text for incoming in home.received]


async def test_a_message_is_sent_and_answered(page: Page, site: str, home: EchoHome) -> None:
    await page.goto(invited(site))
    await say(page, "calmer & <b>lighter</b>")
    await expect(bubbles(page)).to_have_text(["calmer & <b>lighter</b>", "Heard: calmer & <b>lighter</b>"])
    await expect(box(page)).to_have_value("")
    await expect(box(page)).to_be_focused()
    assert texts(home) == ["calmer & <b>lighter</b>"]
    assert await page.evaluate(KEPT) == []


async def test_the_browser_tells_its_zone_and_language(page: Page, site: str, home: EchoHome) -> None:
    await page.goto(invited(site))
    await say(page, "hello")
    await expect(bubbles(page)).to_have_count(2)
    assert (home.received[0].zone, home.received[0].language) == ("Europe/Berlin", "en-GB")


async def test_the_first_time_there_is_a_button_to_start(page: Page, site: str, home: EchoHome) -> None:
    await page.goto(invited(site))
    await button(page, "Start").click()
    await expect(bubbles(page).first).to_have_text("/start")
    await expect(button(page, "Start")).to_be_hidden()
    await expect(bubbles(page)).to_have_count(2)
    assert texts(home) == ["/start"]


async def test_enter_sends_and_shift_enter_begins_a_line(page: Page, site: str, home: EchoHome) -> None:
    await page.goto(invited(site))
    await box(page).press("Enter")
    await box(page).press_sequentially("one")
    await box(page).press("Shift+Enter")
    await box(page).press_sequentially("two")
    await box(page).press("Enter")
    await expect(bubbles(page).first).to_have_text("one\ntwo")
    await expect(bubbles(page)).to_have_count(2)
    assert texts(home) == ["one\ntwo"]


async def test_the_history_is_there_after_a_reload(page: Page, site: str) -> None:
    await page.goto(invited(site))
    await say(page, "first")
    await say(page, "second")
    await expect(bubbles(page)).to_have_count(4)
    before = sorted(await bubbles(page).all_text_contents())
    await page.reload()
    await expect(bubbles(page)).to_have_count(4)
    assert sorted(await bubbles(page).all_text_contents()) == before


async def test_a_draft_outlives_a_reload(page: Page, site: str) -> None:
    await page.goto(invited(site))
    await box(page).fill("I noticed that\nmy shoulders")
    await page.reload()
    await expect(box(page)).to_have_value("I noticed that\nmy shoulders")


async def test_what_was_not_taken_outlives_a_reload_and_is_handled_once(
    page: Page, site: str, home: EchoHome
) -> None:
    home.open.clear()
    await page.goto(invited(site))
    await say(page, "felt silly at first")
    first = await home.arrived.get()
    await page.reload()
    again = await home.arrived.get()
    await expect(log(page)).to_contain_text(WORDS["waiting"])
    home.open.set()
    await expect(bubbles(page)).to_have_text(["felt silly at first", "Heard: felt silly at first"])
    await expect(log(page)).not_to_contain_text(WORDS["waiting"])
    assert again.update_key == first.update_key
    assert texts(home) == ["felt silly at first"]


async def test_messages_written_while_the_server_is_away_reach_it_in_order(
    page: Page, home: EchoHome, port: int
) -> None:
    async with serving(page_of(home), port) as site:
        await page.goto(invited(site))
        await say(page, "before")
        await expect(bubbles(page)).to_have_count(2)
    await expect(page.get_by_role("status").filter(has_text=WORDS["reconnecting"])).to_be_visible()
    await say(page, "during one")
    await say(page, "during two")
    await expect(log(page).get_by_text(WORDS["waiting"])).to_have_count(2)
    async with serving(page_of(home), port):
        await expect(bubbles(page)).to_have_count(6)
        await expect(page.get_by_text(WORDS["reconnecting"])).to_have_count(0)
        await expect(log(page).get_by_text(WORDS["waiting"])).to_have_count(0)
    assert texts(home) == ["before", "during one", "during two"]
    assert await page.evaluate(KEPT) == []


async def test_an_open_page_that_is_not_known_any_more_says_so_and_loses_nothing(
    page: Page, home: EchoHome, port: int
) -> None:
    async with serving(page_of(home), port) as site:
        await page.goto(invited(site))
        await expect(button(page, "Start")).to_be_visible()
    await say(page, "still here")
    async with serving(page_of(home, secret=b"another"), port):
        await expect(page.get_by_text(WORDS["stranger"])).to_be_visible()
        assert texts(home) == []
        await page.goto(invited(site))
        await expect(bubbles(page)).to_have_count(2)
    assert texts(home) == ["still here"]


async def test_what_failed_is_sent_again_and_holds_nothing_up(page: Page, site: str, home: EchoHome) -> None:
    home.failures.append(RuntimeError())
    await page.goto(invited(site))
    await say(page, "unlucky")
    await expect(log(page)).to_contain_text(WORDS["not_taken"])
    await say(page, "/crisis")
    await expect(bubbles(page).filter(has_text="Heard: /crisis")).to_be_visible()
    await expect(bubbles(page).filter(has_text="Heard: unlucky")).to_be_visible()
    await expect(log(page)).not_to_contain_text(WORDS["not_taken"])
    assert texts(home) == ["/crisis", "unlucky"]


async def test_what_keeps_failing_can_be_taken_back(page: Page, site: str, home: EchoHome) -> None:
    home.failures.extend(RuntimeError() for _ in range(50))
    await page.goto(invited(site))
    await say(page, "unlucky")
    await button(page, "Edit again").click()
    await expect(box(page)).to_have_value("unlucky")
    await expect(bubbles(page)).to_have_count(0)


async def test_too_long_a_text_is_kept_where_it_was_written(page: Page, site: str, home: EchoHome) -> None:
    await page.goto(invited(site))
    await say(page, "x" * 20_001)
    await expect(page.get_by_role("status").filter(has_text=WORDS["too_long"])).to_be_visible()
    await expect(box(page)).to_have_value("x" * 20_001)
    await say(page, "😀" * 16_000)
    await expect(box(page)).to_have_value("😀" * 16_000)
    assert home.received == []
    await say(page, "x" * 20_000)
    await expect(bubbles(page)).to_have_count(2)
    assert texts(home) == ["x" * 20_000]


async def test_a_press_shows_at_once_and_is_gone_once_the_message_is_edited(
    page: Page, site: str, home: EchoHome
) -> None:
    home.say("nudge", text="Time for your small practice.", buttons=CHOICES)
    home.open.clear()
    await page.goto(invited(site))
    await button(page, "Did it").click()
    await home.arrived.get()
    await expect(button(page, "Did it")).to_have_attribute("aria-busy", "true")
    await expect(button(page, "Later")).to_be_disabled()
    await button(page, "Later").click(force=True)
    home.open.set()
    await expect(bubbles(page)).to_have_text(["Pressed n:1:done"])
    await expect(log(page).get_by_role("button")).to_have_count(0)
    await expect(log(page).get_by_role("article")).to_be_focused()
    assert [(each.press, each.message_ref) for each in home.received] == [("n:1:done", "nudge")]


async def test_a_press_outlives_a_reload(page: Page, site: str, home: EchoHome) -> None:
    home.say("nudge", text="Time.", buttons=CHOICES)
    home.open.clear()
    await page.goto(invited(site))
    await button(page, "Did it").click()
    await page.reload()
    await expect(button(page, "Did it")).to_have_attribute("aria-busy", "true")
    home.open.set()
    await expect(bubbles(page)).to_have_text(["Pressed n:1:done"])
    assert len(home.received) == 1


async def test_a_nudge_appears_by_itself_and_is_edited_in_place(
    page: Page, site: str, home: EchoHome
) -> None:
    await page.goto(invited(site))
    await expect(button(page, "Start")).to_be_visible()
    home.say("1", text="One")
    home.say("2", text="Two")
    await expect(bubbles(page)).to_have_text(["One", "Two"])
    home.say("1", text="One, <b>edited</b>")
    await expect(bubbles(page)).to_have_text(["One, edited", "Two"])
    await expect(bubbles(page).locator("b")).to_have_text("edited")


async def test_markup_of_a_message_is_never_run(page: Page, site: str, home: EchoHome) -> None:
    home.say(
        "1", text="<img src=x onerror=alert(1)> <b>bold</b> &lt;i&gt; &amp;lt; <script>alert(2)</script>"
    )
    home.say(
        "2", picture={"url": "javascript:alert(3)", "alt": "no"}, document={"url": "//evil", "name": "no"}
    )
    await page.goto(invited(site))
    shown = "<img src=x onerror=alert(1)> bold <i> &lt; <script>alert(2)</script>"
    await expect(bubbles(page).first).to_have_text(shown)
    await expect(log(page).locator("img, script, i, a")).to_have_count(0)


async def test_addresses_can_be_followed_without_telling_where_from(
    page: Page, site: str, home: EchoHome
) -> None:
    home.say("1", text="See https://findahelpline.com/?a=1&amp;b=2. Or call.")
    await page.goto(invited(site))
    link = log(page).get_by_role("link", name="https://findahelpline.com/?a=1&b=2", exact=True)
    await expect(link).to_have_attribute("href", "https://findahelpline.com/?a=1&b=2")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")


async def test_a_picture_says_what_it_shows(page: Page, site: str, home: EchoHome, png: bytes) -> None:
    home.files["out:1"] = (png, "image/png", "week.png")
    home.say("out:1", text="Your week", picture={"url": "/files/out:1", "alt": "Practice on 6 of 7 days"})
    await page.goto(invited(site))
    picture = log(page).get_by_role("img", name="Practice on 6 of 7 days")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("naturalWidth", 40)


async def test_a_file_can_be_downloaded_under_its_name(page: Page, site: str, home: EchoHome) -> None:
    home.files["1"] = (b"{}", "application/json", "limber.json")
    home.say("1", text="Everything", document={"url": "/files/1", "name": "limber.json"})
    await page.goto(invited(site))
    async with page.expect_download() as coming:
        await page.get_by_role("link", name="limber.json").click()
    download = await coming.value
    assert download.suggested_filename == "limber.json"
    assert (await download.path()).read_bytes() == b"{}"


async def test_a_place_is_shared_where_it_is_asked_for(page: Page, site: str, home: EchoHome) -> None:
    await page.context.grant_permissions(["geolocation"])
    await page.context.set_geolocation({"latitude": 27.71234, "longitude": 85.32345})
    await page.goto(invited(site))
    home.say("1", text="Where are you?", asks_place=True)
    await button(page, "Share my location").click()
    await expect(bubbles(page).filter(has_text="At (27.71, 85.32)")).to_be_visible()
    await expect(button(page, "Share my location")).to_have_count(0)
    assert home.received[0].place == (27.71, 85.32)


async def test_a_place_that_can_not_be_read_is_said(page: Page, site: str, home: EchoHome) -> None:
    await page.context.clear_permissions()
    await page.goto(invited(site))
    home.say("1", text="Where are you?", asks_place=True)
    await page.evaluate(
        "() => { navigator.geolocation.getCurrentPosition = (found, failed) => failed(new Error('denied')); }"
    )
    await button(page, "Share my location").click()
    await expect(page.get_by_role("status").filter(has_text=WORDS["place_failed"])).to_be_visible()
    await expect(button(page, "Share my location")).to_be_visible()


async def test_typing_is_shown_until_the_message_is_there(page: Page, site: str, home: EchoHome) -> None:
    await page.goto(invited(site))
    await expect(button(page, "Start")).to_be_visible()
    home.hub.publish({"typing": True})
    await expect(page.get_by_role("status").filter(has_text=WORDS["typing"])).to_be_visible()
    home.say("1", text="There.")
    await expect(page.get_by_text(WORDS["typing"])).to_be_hidden()


async def test_a_long_talk_scrolls_and_the_page_around_it_does_not(
    page: Page, site: str, home: EchoHome
) -> None:
    for number in range(60):
        home.say(str(number), text=f"Message {number}", buttons=[[{"press": "a", "label": "Next"}]])
    await page.goto(invited(site))
    await expect(page.get_by_text("Message 59")).to_be_visible()
    sizes = "() => [document.scrollingElement.scrollHeight, window.innerHeight]"
    whole, shown = await page.evaluate(sizes)
    assert whole == shown


async def test_what_comes_up_is_folded_on_a_phone(page: Page, site: str, home: EchoHome) -> None:
    home.coming = [{"at": "2026-12-01T06:30:00+00:00", "words": "Box breathing"}]
    await page.goto(invited(site))
    toggle = page.get_by_role("button", name="Coming up")
    await expect(toggle).to_contain_text("07:30")
    await expect(page.get_by_role("listitem")).to_have_count(0)
    await toggle.press("Enter")
    await expect(toggle).to_have_attribute("aria-expanded", "true")
    await expect(page.get_by_role("listitem")).to_contain_text(["Box breathing"])
    home.hub.publish({"upcoming": []})
    await expect(page.get_by_role("listitem")).to_have_text([WORDS["nothing_coming_up"]])


async def test_of_a_window_the_page_shows_from_when_to_when(page: Page, site: str, home: EchoHome) -> None:
    window = {
        "at": "2026-12-01T08:00:00+00:00",
        "until": "2026-12-01T10:00:00+00:00",
        "words": "Box breathing",
    }
    home.coming = [window]
    await page.goto(invited(site))
    await expect(page.get_by_role("button", name="Coming up")).to_contain_text("09:00–11:00")


async def test_what_comes_up_stands_beside_the_talk_on_a_wide_screen(
    page: Page, site: str, home: EchoHome
) -> None:
    home.coming = [{"at": "2026-12-01T06:30:00+00:00", "words": "Box breathing"}]
    await page.set_viewport_size({"width": 1280, "height": 800})
    await page.goto(invited(site))
    side = page.get_by_role("complementary", name="Coming up")
    await expect(side.get_by_role("listitem")).to_contain_text(["Box breathing"])
    await expect(page.get_by_role("button", name="Coming up")).to_have_count(0)


async def test_days_are_named_and_times_are_local(page: Page, site: str, home: EchoHome) -> None:
    await page.clock.set_fixed_time("2026-03-02T09:00:00Z")
    home.say("1", text="old", at="2025-12-24T22:30:00+00:00")
    home.say("2", text="late", at="2026-02-28T23:30:00+00:00")
    home.say("3", text="early", at="2026-03-02T06:30:00+00:00")
    await page.goto(invited(site))
    days = log(page).get_by_role("heading")
    await expect(days).to_have_text([re.compile("^Wednesday,? 24 December 2025$"), "Yesterday", "Today"])
    await expect(log(page).locator("time")).to_have_text(["23:30", "00:30", "07:30"])


async def test_the_words_of_the_page_are_the_servers(
    page: Page, site: str, home: EchoHome, german: dict[str, str]
) -> None:
    home.own_words = german
    await page.goto(invited(site))
    await expect(page.get_by_role("textbox", name="Nachricht")).to_be_visible()
    await expect(page.get_by_role("button", name="Senden")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "de")
    shown = await page.locator("body").inner_text()
    assert not set(shown.splitlines()) & set(WORDS.values())


async def test_who_reads_back_is_not_pulled_down(page: Page, site: str, home: EchoHome) -> None:
    for number in range(40):
        home.say(str(number), text=f"Message {number}")
    await page.goto(invited(site))
    await expect(bubbles(page).last).to_be_in_viewport()
    await log(page).hover()
    await page.mouse.wheel(0, -3_000)
    await expect(bubbles(page).first).to_be_in_viewport()
    home.say("new", text="A nudge")
    await expect(button(page, "Newest message")).to_be_visible()
    await expect(bubbles(page).first).to_be_in_viewport()
    await button(page, "Newest message").click()
    await expect(bubbles(page).last).to_be_in_viewport()
    await expect(button(page, "Newest message")).to_be_hidden()


async def test_the_log_is_live_for_screen_readers(page: Page, site: str, home: EchoHome) -> None:
    home.say("1", text="Welcome")
    await page.goto(invited(site))
    await expect(log(page)).to_have_attribute("aria-live", "polite")
    await expect(log(page)).to_have_accessible_name("Conversation")
    await say(page, "hello")
    await expect(log(page).get_by_role("article")).to_have_count(3)
    authors = log(page).get_by_role("article").locator(".unseen")
    await expect(authors).to_have_text(["Limber", "You", "Limber"])


async def test_nothing_is_asked_of_anyone_else(page: Page, site: str, home: EchoHome, png: bytes) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    home.files["1"] = (png, "image/png", "week.png")
    home.say("1", text="https://example.org", picture={"url": "/files/1", "alt": "A week"})
    await page.goto(invited(site))
    await expect(log(page).get_by_role("img")).to_be_visible()
    assert [url for url in asked if not url.startswith(site)] == []
