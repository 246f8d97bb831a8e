"""The bot's database stands still, as switched on the page: both platforms are answered in time, and then caught up."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, expect

from tests.playground.command import ANYWHERE, flashmob
from tests.playground.people import People

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT_HOME = ("is at home in #london on Slack", "is at home in #london on Discord")
STALL = "The bot's database stands still"
ANSWERS = {"title": "Stopping things", "starts": "Thu 17 Sep 18:30", "where": "The Crown", "seats": "5"}


async def publish(people: People) -> None:
    """Ada plans an evening in London on Slack."""
    ada, london = await people.slack("Ada Lovelace"), await people.channel("slack", "london")
    await people.act("slack", "slash", user=ada, channel=london, text="/event create")
    view = (await people.until(f"slack/view/{ada}/", "What is it called?"))["view"]
    values = {name: {name: text} for name, text in ANSWERS.items()}
    await people.act("slack", "submit", user=ada, view=view["id"], values=values)
    preview = (await people.until(f"slack/view/{ada}/", "Publish"))["view"]
    [button] = [one for block in preview["blocks"] for one in block.get("elements", []) if "Publish" in str(one)]
    await people.act("slack", "press", user=ada, view=view["id"], action_id=button["action_id"], value=button["value"])


def going(parts: list[Any]) -> Any:
    """The button *Going* of a card, however deep."""
    for part in parts:
        label = part.get("label") or part.get("text")
        if label == "Going" or (isinstance(label, dict) and label.get("text") == "Going"):
            return part
        if found := going([*part.get("components", []), *part.get("elements", [])]):
            return found
    return None


async def test_a_stalled_database_is_acknowledged_in_time_and_caught_up_with(browser: Browser) -> None:
    """Presses on both platforms are acknowledged within three seconds, and kept when the database moves again."""
    async with (
        flashmob("play", "--port", "0", *ANYWHERE, "--starts", "2026-09-05T10:00:00+01:00") as playing,
        aiohttp.ClientSession() as session,
    ):
        await playing.process.says(*AT_HOME)
        people = People(session, playing.page)
        await publish(people)
        slack = await people.until("slack/message/", "Stopping things", "Going")
        discord = await people.until("discord/message/", "Stopping things", "Going")
        grace, alan = await people.slack("Grace Hopper"), await people.discord("Alan Turing")
        place = await people.channel("slack", "london")

        page = await browser.new_page(viewport={"width": 1440, "height": 900})
        await page.goto(playing.page)
        await page.get_by_role("button", name="Behind the scenes").click()
        await page.get_by_role("tab", name="Faults").click()
        await page.get_by_label(f"Seconds: {STALL}").fill("60")
        stall = page.get_by_role("switch", name=STALL)
        await stall.click()
        await expect(stall).to_have_attribute("aria-checked", "true")
        acked = await asyncio.gather(
            people.act(
                "slack",
                "press",
                user=grace,
                channel=place,
                ts=slack["ts"],
                action_id=going(slack["blocks"])["action_id"],
            ),
            people.act(
                "discord",
                "press",
                user=alan,
                channel=discord["channel_id"],
                message=discord["id"],
                custom_id=going(discord["components"])["custom_id"],
            ),
        )
        assert [(one["acked"], one["error"]) for one in acked] == [(True, None), (True, None)]
        await expect(stall).to_have_attribute("aria-checked", "true")
        assert "Grace" not in json.dumps(await people.rows("discord/message/"))
        await stall.click()
        await expect(stall).to_have_attribute("aria-checked", "false")
        for prefix in ("slack/message/", "discord/message/"):
            await people.until(prefix, "Going (2)", "Grace Hopper", "Alan Turing")
        await people.until(f"slack/ephemeral/{grace}/", "You are going to")
        await people.until(f"discord/ephemeral/{alan}/", "You are going to")
        await page.close()
