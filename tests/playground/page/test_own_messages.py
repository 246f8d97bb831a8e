"""What people do with messages in both windows: react, rewrite and delete, by mouse, touch and keyboard."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from adapters.playground.ground import Ground
from adapters.playground.time import WallClock
from tests.playground.page.conftest import Sheet, moving, opened

pytestmark = pytest.mark.asyncio(loop_scope="session")

WORDS = "Who brings the cake, @Grace Hopper & co <3?"
PLATFORMS = pytest.mark.parametrize("platform", ["Slack", "Discord"])
ON_TOUCH = pytest.mark.parametrize("touch", [False, True], ids=["desktop", "phone"])


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def sheets(browser: Browser) -> AsyncIterator[dict[bool, Sheet]]:
    """Both stand-ins without a bot, as Ada sees them on a desk and on a phone."""
    async with (
        Ground(WallClock(), fast=True).open() as ground,
        ground.page(0, moving) as stage,
        opened(browser, stage.url) as desk,
        opened(browser, stage.url, phone=True) as phone,
    ):
        yield {False: desk, True: phone}


@pytest.fixture
def touch() -> bool:
    return False


@pytest_asyncio.fixture(loop_scope="session")
async def page(sheets: dict[bool, Sheet], touch: bool) -> AsyncIterator[Page]:
    sheet = sheets[touch]
    await be(sheet.page, "Ada Lovelace")
    yield sheet.page
    assert sheet.wrong == []


@pytest.fixture
def window(page: Page, platform: str) -> Locator:
    return page.get_by_role("region", name=platform, exact=True)


async def say(window: Locator, words: str) -> Locator:
    """Say something; its article comes back."""
    field = window.get_by_role("textbox", name="Message #london")
    await field.fill(words)
    await field.press("Enter")
    await expect(window.get_by_role("article")).to_have_count(1)
    return window.get_by_role("article")


async def choose(message: Locator, what: str, *, touch: bool) -> None:
    """A tool beside the message; where nothing hovers, an item of its menu."""
    if touch:
        await message.get_by_role("button", name="Message actions").tap()
        await message.get_by_role("menuitem", name=what).tap()
    elif what == "tada":
        await message.get_by_role("button", name="Add reaction").click()
        await message.get_by_role("menuitem", name=what).click()
    else:
        await message.get_by_role("button", name=what).click()


async def be(page: Page, name: str) -> None:
    await page.get_by_role("group", name="Who you are").get_by_role("button", name=name).click()


@PLATFORMS
@ON_TOUCH
async def test_a_message_is_reacted_to_rewritten_and_deleted(page: Page, window: Locator, touch: bool) -> None:
    """Reactions count and are taken away by a press; one's own words come back as they were typed; others' stay."""
    message = await say(window, WORDS)
    await choose(message, "tada", touch=touch)
    tada = message.get_by_role("button", name="tada, 1: Ada Lovelace")
    await expect(tada).to_have_attribute("aria-pressed", "true")

    await be(page, "Grace Hopper")
    await expect(tada).to_have_attribute("aria-pressed", "false")
    await tada.click()
    both = message.get_by_role("button", name="tada, 2: Ada Lovelace, Grace Hopper")
    await expect(both).to_have_attribute("aria-pressed", "true")
    await both.click()
    await expect(tada).to_be_visible()
    if touch:
        await message.get_by_role("button", name="Message actions").tap()
    for what in ("Edit message", "Delete message"):
        await expect(message.get_by_label(what)).to_have_count(0)
    await page.keyboard.press("Escape")

    await be(page, "Ada Lovelace")
    await choose(message, "Edit message", touch=touch)
    field = message.get_by_role("textbox", name="Edit message")
    await expect(field).to_be_focused()
    await expect(field).to_have_value(WORDS)
    await field.fill("Who brings the cakes?")
    await message.get_by_role("button", name="Save").click()
    await expect(message).to_contain_text("Who brings the cakes?")
    await expect(message).to_contain_text("(edited)")

    for answer, left in (("Cancel", 1), ("Delete", 0)):
        await choose(message, "Delete message", touch=touch)
        asked = window.get_by_role("dialog", name="Delete message")
        await asked.get_by_role("button", name=answer).click()
        await expect(asked).to_have_count(0)
        await expect(window.get_by_role("article")).to_have_count(left)


@PLATFORMS
async def test_it_all_goes_by_keyboard(page: Page, window: Locator) -> None:
    """An arrow up rewrites one's newest message, Tab comes to a message's tools once, arrows go along them."""
    message = await say(window, "Tea at four")
    composer = window.get_by_role("textbox", name="Message #london")
    await composer.press("ArrowUp")
    field = message.get_by_role("textbox", name="Edit message")
    await expect(field).to_have_value("Tea at four")
    await field.fill("Tea at five")
    await field.press("Escape")
    await expect(message).not_to_contain_text("(edited)")
    await expect(message.get_by_role("button", name="Edit message")).to_be_focused()
    await page.keyboard.press("Home")
    await expect(message.get_by_role("button", name="Add reaction")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(message.get_by_role("menuitem", name="thumbs up")).to_be_focused()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "Enter"):
        await page.keyboard.press(key)
    await expect(message.get_by_role("button", name="rocket, 1: Ada Lovelace")).to_be_visible()
    await expect(message.get_by_role("button", name="Add reaction")).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(composer).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("End")
    await expect(message.get_by_role("button", name="Delete message")).to_be_focused()
    await page.keyboard.press("Enter")
    asked = window.get_by_role("dialog", name="Delete message")
    await expect(asked.get_by_role("button", name="Cancel")).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(asked.get_by_role("button", name="Delete")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(window.get_by_role("article")).to_have_count(0)
    await expect(window.get_by_role("log", name="Messages")).to_be_focused()


@PLATFORMS
async def test_a_draft_outlives_what_happens_around_it(page: Page, window: Locator) -> None:
    """Somebody's reaction redraws the message; half-written words, and where one writes, stay."""
    message = await say(window, "Tea at four")
    await choose(message, "tada", touch=False)
    await window.get_by_role("textbox", name="Message #london").press("ArrowUp")
    field = message.get_by_role("textbox", name="Edit message")
    await field.press_sequentially(", or five")
    await message.get_by_role("button", name="tada").evaluate("node => node.click()")
    await expect(message.get_by_role("button", name="tada")).to_have_count(0)
    await expect(field).to_be_focused()
    await expect(field).to_have_value("Tea at four, or five")
    await field.press("Enter")
    await expect(message).to_contain_text("Tea at four, or five")
    await choose(message, "Delete message", touch=False)
    await window.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(window.get_by_role("article")).to_have_count(0)
