"""The story of the seam on the page, with the real bot, as people play it by mouse, by touch and by keyboard."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Expect, Locator, Page, ViewportSize

from adapters.playground.stage import Stage
from adapters.playground.story import Story
from tests.scenarios.rig import Rig

pytestmark = pytest.mark.asyncio(loop_scope="session")

DESK = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
TITLE = "Stopping things"

# The whole bot takes part, and a busy machine is not its doing.
expect = Expect()
expect.set_options(timeout=15_000)


class Sight:
    """The page as somebody sees it: whom they are, both windows, and where they look."""

    def __init__(self, page: Page, rig: Rig) -> None:
        self.page = page
        self.rig = rig
        self.slack = page.get_by_role("region", name="Slack", exact=True)
        self.discord = page.get_by_role("region", name="Discord", exact=True)
        self.clock = page.get_by_role("status", name="Play clock")

    async def be(self, name: str) -> None:
        await self.page.get_by_role("group", name="Who you are").get_by_role("button", name=name).click()

    async def waiting(self, name: str, count: int) -> None:
        """So many direct messages wait for a person: their face says so."""
        await expect(self.page.get_by_role("button", name=f"{name}, {count} unread", exact=True)).to_be_visible()

    async def go(self, window: Locator, place: str) -> None:
        """Look at another place; where the window is narrow its places lie behind a button."""
        toggle = window.get_by_role("button", name="Show channels")
        if await toggle.is_visible():
            await toggle.click()
        await window.get_by_role("navigation").get_by_role("button", name=place).click()

    def card(self, window: Locator, title: str = TITLE) -> Locator:
        return window.get_by_role("article").filter(has=self.page.get_by_role("heading", name=title, exact=True))

    async def says(self, window: Locator, *lines: str) -> None:
        """The event's card in a window says all of this."""
        for line in lines:
            await expect(self.card(window)).to_contain_text(line)

    async def both_say(self, *lines: str) -> None:
        """What the cards say in both windows; a name and its value stand a colon apart on Slack.

        The clock jumps over the pauses between edits, which nobody wants to watch here.
        """
        await self.rig.settle()
        for line in lines:
            await self.says(self.discord, line)
            await self.says(self.slack, line.replace(") ", "): ").replace("Seats ", "Seats: "))

    async def press(self, window: Locator, label: str) -> None:
        await self.card(window).get_by_role("button", name=label, exact=True).click()


@pytest_asyncio.fixture(loop_scope="session")
async def rig(fresh_sqlite: Callable[[], str], tmp_path: Path) -> AsyncIterator[Rig]:
    """The bot at home in #london on both stand-ins."""
    async with Rig("slack", fresh_sqlite(), tmp_path).playing() as rig:
        yield rig


@pytest_asyncio.fixture(loop_scope="session")
async def url(rig: Rig) -> AsyncIterator[str]:
    """Where the page is served, with a story that does not dawdle.

    Whoever moves the clock finds everything delivered: it jumps over the pauses that the postman keeps between
    messages, which would otherwise be waited for, several seconds an evening.
    """

    async def move(to: datetime) -> None:
        rig.clock.move(to)
        rig.staff.timekeeper.shift.call()
        await rig.settle()

    story = Story(rig.board, rig.slack, rig.discord, rig.clock, move, pace=0.02)
    acts = {"slack": rig.slack.act, "discord": rig.discord.act}
    stage = Stage(rig.board, rig.clock, move, acts, rig.staff.next_ring, story.play)
    await stage.start()
    yield stage.url
    await stage.stop()


@asynccontextmanager
async def looking(browser: Browser, url: str, rig: Rig, viewport: ViewportSize) -> AsyncIterator[Sight]:
    """A person's own browser window; an error of the page fails the test."""
    context = await browser.new_context(viewport=viewport, locale="en-GB", has_touch=viewport is PHONE)
    page = await context.new_page()
    page.set_default_timeout(15_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    await page.goto(url)
    await page.wait_for_selector("body[data-ready=true]")
    yield Sight(page, rig)
    await context.close()
    assert wrong == []


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desktop", "phone"])
async def test_an_evening_is_planned_answered_and_remembered_by_hand(
    browser: Browser, url: str, rig: Rig, viewport: ViewportSize
) -> None:
    """Planned on Slack with one mistake, answered on both, a seat passed on twice, and a way out in each reminder."""
    async with looking(browser, url, rig, viewport) as sight:
        page, slack, discord = sight.page, sight.slack, sight.discord
        for window in (slack, discord):
            await expect(window.get_by_role("textbox", name="Message #london")).to_be_visible()
        await sight.be("Ada Lovelace")
        await plan(sight)
        await sight.both_say("Seats 2, 2 left")

        await sight.be("Grace Hopper")
        await sight.press(slack, "Going")
        await expect(slack.get_by_text("You are going to")).to_be_visible()
        await sight.be("Alan Turing")
        await expect(slack.get_by_text("You are going to")).to_have_count(0)
        await sight.press(discord, "Going")
        await expect(discord.get_by_text("You are going to")).to_be_visible()
        await sight.be("Mary Seacole")
        await sight.press(discord, "Going")
        await expect(discord.get_by_text("You are number 1 in line")).to_be_visible()
        await sight.be("Katherine Johnson")
        await sight.press(slack, "Going")
        await expect(slack.get_by_text("You are number 2 in line")).to_be_visible()
        await sight.both_say(
            "Seats 2, all taken", "Going (2) Grace Hopper, Alan Turing", "Waiting (2) Mary Seacole, Katherine Johnson"
        )

        await sight.be("Grace Hopper")
        await sight.press(slack, "Can’t make it")
        await expect(slack.get_by_text("You are not coming")).to_be_visible()
        await sight.both_say("Going (2) Alan Turing, Mary Seacole", "Waiting (1) Katherine Johnson")
        await sight.be("Mary Seacole")
        await sight.go(discord, f"{TITLE} (thread), 1 unread")
        await expect(discord.get_by_text("A seat has come free: you are going to")).to_be_visible()

        await page.get_by_role("button", name="Ring the next reminder").click()
        await expect(sight.clock).to_have_text("Wednesday 16 September, 18:30")
        reminder = discord.get_by_role("article").filter(has_text=f"{TITLE} starts")
        await expect(reminder).to_contain_text("@Alan Turing")
        await expect(reminder).to_contain_text("@Mary Seacole")
        await sight.be("Alan Turing")
        await reminder.get_by_role("button", name="Can’t make it").click()
        await expect(discord.get_by_text("You are not coming")).to_be_visible()

        await sight.waiting("Katherine Johnson", 1)
        await sight.be("Katherine Johnson")
        await sight.go(slack, "Flashmob, 1 unread")
        await expect(slack.get_by_text("A seat has come free: you are going to")).to_be_visible()
        await page.get_by_role("button", name="Ring the next reminder").click()
        await expect(sight.clock).to_have_text("Thursday 17 September, 16:30")
        reminder = slack.get_by_role("article").filter(has_text=f"{TITLE} starts")
        await reminder.get_by_role("button", name="Can’t make it").click()
        await expect(slack.get_by_text("You are not coming")).to_be_visible()
        await sight.go(slack, "london")
        await discord.get_by_role("button", name="#london").click()
        await sight.both_say("Seats 2, 1 left", "Going (1) Mary Seacole")


async def plan(sight: Sight) -> None:
    """Ada plans an evening on Slack; she first names a day that has passed, and mends only that."""
    composer = sight.slack.get_by_role("textbox", name="Message #london")
    await composer.fill("/event create")
    await composer.press("Enter")
    form = sight.slack.get_by_role("dialog", name="Plan a new event")
    typed = {
        "What is it called?": TITLE,
        "When does it start?": "1 September 2026 18:30",
        "Where?": "The Crown, upstairs",
        "What is it about?": "Which projects should be stopped?\nAnd who may say so?",
        "How many seats?": "2",
    }
    for question, answer in typed.items():
        await form.get_by_role("textbox", name=question).fill(answer)
    await form.get_by_role("button", name="Preview").click()
    await expect(form.get_by_role("alert")).to_contain_text("past")
    for question, answer in typed.items():
        await expect(form.get_by_role("textbox", name=question)).to_have_value(answer)
    await form.get_by_role("textbox", name="When does it start?").fill("Thu 17 Sep 18:30")
    await form.get_by_role("button", name="Preview").click()
    await expect(form).to_contain_text("This is a preview: nothing is posted yet.")
    await expect(sight.card(sight.discord)).to_have_count(0)
    await form.get_by_role("button", name="Publish").click()
    await expect(form).to_contain_text("is published in #london")
    await form.get_by_role("button", name="Close").last.click()
    await expect(form).to_have_count(0)


async def test_an_evening_is_planned_on_discord_without_a_mouse(browser: Browser, url: str, rig: Rig) -> None:
    """The command picker, its options with completions, the preview's buttons and another person: all by keyboard."""
    async with looking(browser, url, rig, DESK) as sight:
        keyboard, discord = sight.page.keyboard, sight.discord
        choices = discord.get_by_role("listbox", name="Choices").get_by_role("option")
        await sight.page.get_by_role("link", name="Skip to Discord").focus()
        await keyboard.press("Enter")
        await walk_to(sight, discord.get_by_role("textbox", name="Message #london"))
        await keyboard.type("/event cr")
        await keyboard.press("Enter")
        await option(sight, "title", TITLE)
        await keyboard.press("Tab")
        await option(sight, "starts", "Thu 17 Sep 18:30")
        await keyboard.press("Tab")
        await option(sight, "chapter", "lon")
        await expect(choices).to_have_text(["London"])
        await keyboard.press("Enter")
        await keyboard.press("Enter")
        await expect(discord.get_by_text("This is a preview: nothing is posted yet.")).to_be_visible()
        await walk_to(sight, discord.get_by_role("button", name="Publish"), backwards=True)
        await keyboard.press("Enter")
        await expect(sight.card(sight.slack)).to_be_visible()
        await expect(sight.card(discord).first).to_be_visible()

        await walk_to(sight, sight.page.get_by_role("button", name="Alan Turing"), backwards=True)
        await keyboard.press("Enter")
        await walk_to(sight, discord.get_by_role("textbox", name="Message #london"))
        await keyboard.type("/rsvp")
        await keyboard.press("Enter")
        await option(sight, "event", "stop")
        await expect(choices).to_have_text(["Thu 17 Sep 18:30 London: Stopping things"])
        await keyboard.press("Enter")
        await option(sight, "answer", "may")
        await expect(choices).to_have_text(["Maybe"])
        await keyboard.press("Enter")
        await keyboard.press("Enter")
        await expect(discord.get_by_text("You may come to")).to_be_visible()
        await sight.both_say("Maybe (1) Alan Turing")


async def option(sight: Sight, name: str, typed: str) -> None:
    """Ask for one more option of the command by its name, and begin to fill it in."""
    await sight.page.keyboard.type(name)
    await sight.page.keyboard.press("Enter")
    await expect(sight.discord.get_by_role("combobox", name=name)).to_be_focused()
    await sight.page.keyboard.type(typed)


async def walk_to(sight: Sight, goal: Locator, backwards: bool = False) -> None:
    """Press Tab until the focus is there, as somebody without a mouse does; a page without a way fails."""
    for _ in range(60):
        if await goal.evaluate("node => node === document.activeElement"):
            return
        await sight.page.keyboard.press("Shift+Tab" if backwards else "Tab")
    pytest.fail(f"No way leads to {goal}.")


async def test_the_story_plays_by_itself_to_its_end_and_again(browser: Browser, url: str, rig: Rig) -> None:
    """Both windows show where it happens, the viewer stays whom they chose, and every caption can be read whole."""
    async with looking(browser, url, rig, DESK) as sight:
        page, slack, discord = sight.page, sight.slack, sight.discord
        await sight.be("Mary Seacole")
        await sight.go(slack, "general")
        await sight.go(discord, "birmingham")
        await page.get_by_role("button", name="Play the story").click()
        for window in (slack, discord):
            await expect(window.get_by_role("textbox", name="Message #london")).to_be_visible()
        caption = page.get_by_text(f"That was “{TITLE}”. Choose who you are, and take part.")
        await expect(caption).to_be_visible()
        await expect(page.get_by_role("button", name="Mary Seacole")).to_have_attribute("aria-pressed", "true")
        await sight.both_say(
            "Seats 3, all taken",
            "Going (3) Alan Turing, Katherine Johnson, Mary Seacole",
            "Maybe (1) Edsger Dijkstra",
            "Waiting (1) Grace Hopper",
        )
        await sight.waiting("Katherine Johnson", 2)
        for width in (1440, 1280, 1024, 390):
            await page.set_viewport_size({"width": width, "height": 900})
            assert await caption.evaluate("node => [node.scrollWidth - node.clientWidth]") == [0]
            box = await caption.bounding_box()
            assert box is not None
            assert (box["x"] >= 0, box["x"] + box["width"] <= width) == (True, True)
        await page.set_viewport_size(DESK)
        await page.get_by_role("button", name="Start the story again").click()
        await expect(page.get_by_text(f"That was “{TITLE}, evening 2”.")).to_be_visible()
        for window in (slack, discord):
            await expect(sight.card(window, f"{TITLE}, evening 2")).to_be_visible()
