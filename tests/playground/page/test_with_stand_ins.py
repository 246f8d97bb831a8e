"""The page before the real stand-ins, without a bot: what people do there happens, and what is missing is said."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from adapters.playground.discord.faults import FAULTS as DISCORD_FAULTS
from adapters.playground.ground import Ground
from adapters.playground.slack.faults import FAULTS as SLACK_FAULTS
from adapters.playground.time import WallClock
from tests.playground.page.conftest import READY, moving, opened

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT_ONCE = {("slack", "sockets_dropped"), ("discord", "sockets_dropped"), ("discord", "channel_deleted")}
MANIFEST = {
    "display_information": {"name": "Flashmob"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Flashmob"},
        "slash_commands": [{"command": "/event", "description": "Plan an event", "usage_hint": "create | list"}],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write"]}},
    "settings": {"interactivity": {"is_enabled": True}, "socket_mode_enabled": True},
}


@asynccontextmanager
async def played(browser: Browser) -> AsyncIterator[Page]:
    """The page over a small Slack and a small Discord with the same people and channels."""
    async with (
        Ground(WallClock(), MANIFEST).open() as ground,
        ground.page(0, moving) as stage,
        opened(browser, stage.url) as sheet,
    ):
        yield sheet.page


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def everybody(browser: Browser) -> AsyncIterator[Page]:
    """One ground for all that leaves it as it was, but for what was said."""
    async with played(browser) as page:
        yield page


@pytest_asyncio.fixture(loop_scope="session")
async def page(everybody: Page) -> Page:
    await everybody.reload()
    await everybody.wait_for_selector(READY)
    await everybody.get_by_role("button", name="Ada Lovelace").click()
    return everybody


async def test_what_one_person_says_another_reads(page: Page) -> None:
    """On both platforms, as text, under the right name."""
    for window in ("Slack", "Discord"):
        region = page.get_by_role("region", name=window, exact=True)
        await page.get_by_role("button", name="Grace Hopper").click()
        box = region.get_by_role("textbox", name="Message #london")
        await box.fill("Who brings *tea*? <b>")
        await box.press("Enter")
        await page.get_by_role("button", name="Alan Turing").click()
        said = region.get_by_role("article").filter(has_text="Who brings")
        await expect(said.locator(".author")).to_have_text("Grace Hopper")
        await expect(said).to_contain_text("Who brings *tea*? <b>" if window == "Slack" else "Who brings tea? <b>")


async def test_slack_says_that_no_app_answers_a_command(page: Page) -> None:
    """The words are Slackbot's own, for this person only."""
    slack = page.get_by_role("region", name="Slack", exact=True)
    box = slack.get_by_role("textbox", name="Message #london")
    await box.fill("/event create")
    await box.press("Enter")
    await expect(slack.get_by_text("Only visible to you")).to_be_visible()
    await expect(slack.get_by_role("article").last).to_contain_text("/event")
    await page.get_by_role("button", name="Grace Hopper").click()
    await expect(slack.get_by_text("Only visible to you")).to_have_count(0)


async def test_every_fault_of_both_platforms_can_be_switched(browser: Browser) -> None:
    """On and off again, with the page showing what the stand-ins say; what happens at once is off by itself."""
    async with played(browser) as page:
        await switch_everything(page)


async def switch_everything(page: Page) -> None:
    await page.get_by_role("button", name="Behind the scenes").click()
    await page.get_by_role("tab", name="Faults").click()
    panel = page.get_by_role("tabpanel", name="Faults")
    for platform, title, faults in (("slack", "Slack", SLACK_FAULTS), ("discord", "Discord", DISCORD_FAULTS)):
        section = panel.locator("section", has=page.get_by_role("heading", name=title, exact=True))
        for name, sentence in faults.items():
            switch = section.get_by_role("switch", name=sentence, exact=True)
            at_once = (platform, name) in AT_ONCE
            async with page.expect_response(f"**/act/{platform}/fault") as answered:
                await switch.click()
            assert (await answered.value).status == 200, name
            await expect(switch).to_have_attribute("aria-checked", str(not at_once).lower())
            if not at_once:
                await switch.click()
                await expect(switch).to_have_attribute("aria-checked", "false")


async def test_a_deleted_channel_leaves_the_window_and_comes_back(page: Page) -> None:
    """It is the channel that was open which goes."""
    slack = page.get_by_role("region", name="Slack", exact=True)
    await slack.get_by_role("button", name="birmingham").click()
    await page.get_by_role("button", name="Behind the scenes").click()
    await page.get_by_role("tab", name="Faults").click()
    switch = page.get_by_role("tabpanel", name="Faults").get_by_role("switch", name="A channel is deleted").first
    await switch.click()
    await expect(slack.get_by_role("button", name="birmingham")).to_have_count(0)
    await switch.click()
    await expect(slack.get_by_role("button", name="birmingham")).to_have_count(1)


async def test_direct_messages_with_the_app_can_be_begun(page: Page) -> None:
    """Before the app has written a word."""
    discord = page.get_by_role("region", name="Discord", exact=True)
    await discord.get_by_role("button", name="Direct messages").click()
    await discord.get_by_role("button", name="Message Flashmob").click()
    await expect(discord.get_by_role("textbox", name="Message @Flashmob")).to_be_visible()
