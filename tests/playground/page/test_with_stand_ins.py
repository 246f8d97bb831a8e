"""The page before the real stand-ins, without a bot: what people do there happens, and what is missing is said."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from adapters.playground.board import Board
from adapters.playground.discord import Discord
from adapters.playground.discord.faults import FAULTS as DISCORD_FAULTS
from adapters.playground.slack import SlackStandIn
from adapters.playground.slack.faults import FAULTS as SLACK_FAULTS
from adapters.playground.stage import Stage
from tests.playground.page.conftest import PlayClock
from tests.playground.page.people import CHANNELS, PEOPLE

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


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """The page over a small Slack and a small Discord with the same people and channels."""
    board, clock = Board(), PlayClock()
    slack = SlackStandIn(board, clock, manifest=MANIFEST)
    discord = Discord(board, clock)
    for name in PEOPLE:
        slack.add_user(name)
        discord.add_user(name)
    for name in CHANNELS:
        slack.add_channel(name)
        discord.add_channel(name)
    stage = Stage(board, clock, clock.move, {"slack": slack.act, "discord": discord.act})
    for server in (slack, discord, stage):
        await server.start()
    page = await browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(5000)
    await page.goto(stage.url)
    await page.wait_for_selector("body[data-ready=true]")
    yield page
    await page.close()
    for server in (stage, discord, slack):
        await server.stop()


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
    await expect(slack.get_by_role("article")).to_contain_text("/event")
    await page.get_by_role("button", name="Grace Hopper").click()
    await expect(slack.get_by_text("Only visible to you")).to_have_count(0)


async def test_every_fault_of_both_platforms_can_be_switched(page: Page) -> None:
    """On and off again, with the page showing what the stand-ins say; what happens at once is off by itself."""
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


async def test_a_deleted_channel_leaves_the_window(page: Page) -> None:
    """It is the channel that was open which goes."""
    slack = page.get_by_role("region", name="Slack", exact=True)
    await slack.get_by_role("button", name="birmingham").click()
    await page.get_by_role("button", name="Behind the scenes").click()
    await page.get_by_role("tab", name="Faults").click()
    panel = page.get_by_role("tabpanel", name="Faults")
    await panel.get_by_role("switch", name="A channel is deleted").first.click()
    await expect(slack.get_by_role("button", name="birmingham")).to_have_count(0)


async def test_direct_messages_with_the_app_can_be_begun(page: Page) -> None:
    """Before the app has written a word."""
    discord = page.get_by_role("region", name="Discord", exact=True)
    await discord.get_by_role("button", name="Direct messages").click()
    await discord.get_by_role("button", name="Message Flashmob").click()
    await expect(discord.get_by_role("textbox", name="Message @Flashmob")).to_be_visible()
