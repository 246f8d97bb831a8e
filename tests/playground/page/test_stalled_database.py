"""The bot's database stands still, as switched on the page: both platforms are answered in time, and then caught up."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, Page, expect

from tests.playground.command import ANYWHERE, flashmob
from tests.playground.page.conftest import opened
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


async def switch(page: Page, on: bool) -> None:
    """Let the database stand still, or move again."""
    stall = page.get_by_role("switch", name=STALL)
    await stall.click()
    await expect(stall).to_have_attribute("aria-checked", str(on).lower())


async def test_a_stalled_database_is_acknowledged_in_time_and_caught_up_with(browser: Browser) -> None:
    """Presses, commands and forms on both platforms are acknowledged within three seconds, and kept."""
    async with (
        flashmob("play", "--port", "0", *ANYWHERE, "--starts", "2026-09-05T10:00:00+01:00") as playing,
        aiohttp.ClientSession() as session,
        opened(browser, playing.page) as sheet,
    ):
        await playing.process.says(*AT_HOME)
        people = People(session, playing.page)
        await publish(people)
        card = await people.until("slack/message/", "Stopping things", "Going")
        there = await people.until("discord/message/", "Stopping things", "Going")
        ada, grace = await people.slack("Ada Lovelace"), await people.slack("Grace Hopper")
        alan, mary = await people.discord("Alan Turing"), await people.discord("Mary Seacole")
        london, d_london = await people.channel("slack", "london"), there["channel_id"]
        await people.act("slack", "slash", user=ada, channel=london, text="/event create")
        form = (await people.until(f"slack/view/{ada}/", "What is it called?"))["view"]
        d_ada = await people.discord("Ada Lovelace")
        asked = await people.act("discord", "slash", user=d_ada, channel=d_london, command="event create", options={})
        await people.until(f"discord/modal/{d_ada}/{asked['interaction']}", "What is it called?")
        first = {"title": "Starting things"}

        page = sheet.page
        await page.get_by_role("button", name="Behind the scenes").click()
        await page.get_by_role("tab", name="Faults").click()
        await page.get_by_label(f"Seconds: {STALL}").fill("60")
        await switch(page, True)
        press = {"channel": london, "ts": card["ts"], "action_id": going(card["blocks"])["action_id"]}
        d_press = {"message": there["id"], "custom_id": going(there["components"])["custom_id"]}
        values = {name: {name: text} for name, text in (ANSWERS | first).items()}
        acked = await asyncio.gather(
            people.act("slack", "press", user=grace, **press),
            people.act("discord", "press", user=alan, channel=d_london, **d_press),
            people.act("slack", "slash", user=grace, channel=london, text="/event list"),
            people.act("discord", "slash", user=mary, channel=d_london, command="event list", options={}),
            people.act("slack", "submit", user=ada, view=form["id"], values=values),
            people.act("discord", "submit", user=d_ada, modal=asked["interaction"], values=ANSWERS | first),
        )
        assert [(one["acked"], one["error"]) for one in acked] == [(True, None)] * 6
        await expect(page.get_by_role("switch", name=STALL)).to_have_attribute("aria-checked", "true")
        assert "Grace" not in json.dumps(await people.rows("discord/message/"))
        await switch(page, False)
        for prefix in ("slack/message/", "discord/message/"):
            await people.until(prefix, "Going (2)", "Grace Hopper", "Alan Turing")
        for prefix in (f"slack/ephemeral/{grace}/", f"discord/ephemeral/{alan}/"):
            await people.until(prefix, "You are going to")
        for prefix in (f"slack/ephemeral/{grace}/", f"discord/ephemeral/{mary}/"):
            await people.until(prefix, "What is coming up", "Stopping things")
        for prefix in (f"slack/view/{ada}/", f"discord/ephemeral/{d_ada}/"):
            await people.until(prefix, "Starting things", "Publish")
