"""A stage before stand-ins that only note what they are asked, and a real browser that looks at it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, ViewportSize, async_playwright

from adapters.playground.board import Board
from adapters.playground.impossible import Impossible
from adapters.playground.stage import Stage
from tests.playground.page import people, samples

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
READY = "body[data-ready=true]"
DONE = {"acked": True, "error": None}


class PlayClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self._now = people.NOW

    def now(self) -> datetime:
        return self._now

    async def move(self, to: datetime) -> None:
        self._now = to


async def moving(to: datetime) -> None:
    """For a ground whose clock is the wall's: nothing moves it."""


@dataclass
class Playground:
    """A stage with its board and clock, and everything that people on the page did, in order."""

    board: Board = field(default_factory=Board)
    clock: PlayClock = field(default_factory=PlayClock)
    acts: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    """What an act is answered, by platform and name; an `Impossible` is raised."""
    stories: list[str] = field(default_factory=list)
    _told: asyncio.Event = field(default_factory=asyncio.Event)

    def stage(self) -> Stage:
        return Stage(
            self.board,
            self.clock,
            self.clock.move,
            {platform: partial(self._act, platform) for platform in ("slack", "discord")},
            self._next_ring,
            self._story,
        )

    async def acted(self, count: int) -> list[tuple[str, str, dict[str, Any]]]:
        """What people did, as soon as it is so much: the page sends an act and goes on."""
        async with asyncio.timeout(5):
            while len(self.acts) < count:
                self._told.clear()
                await self._told.wait()
        return self.acts

    async def begin_anew(self) -> None:
        """As it was before anybody came; only the stage itself stays."""
        await self.clock.move(people.NOW)
        for name in self.board.rows():
            if name != "stage":
                self.board.drop(name)
        self.board.put("clock", {"now": people.NOW.isoformat()})
        for told in (self.acts, self.answers, self.stories):
            told.clear()

    async def _act(self, platform: str, name: str, given: Mapping[str, Any]) -> Any:
        self.acts.append((platform, name, dict(given)))
        self._told.set()
        answer = self.answers.get(f"{platform} {name}", DONE)
        if isinstance(answer, Impossible):
            raise answer
        return answer

    async def _next_ring(self) -> datetime | None:
        return self.clock.now() + timedelta(hours=2)

    async def _story(self, tell: Any) -> None:
        self.stories.append("begun")
        tell("Ada plans an evening.")


@dataclass
class Sheet:
    """A page that is open as long as the tests run, and what it logged as errors."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    def listen(self) -> "Sheet":
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda message: self.wrong.append(message.text) if _is_wrong(message) else None)
        return self


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def served() -> AsyncIterator[tuple[Playground, Stage]]:
    """One stage for all tests: where it is served stays the same, so that a browser has its files already."""
    playground = Playground()
    stage = playground.stage()
    await stage.start()
    yield playground, stage
    await stage.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def playground(served: tuple[Playground, Stage]) -> Playground:
    playground, _ = served
    await playground.begin_anew()
    return playground


@pytest.fixture
def stage(served: tuple[Playground, Stage], playground: Playground) -> Stage:
    """A stage that is being served."""
    return served[1]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        await browser.close()


@asynccontextmanager
async def opened(browser: Browser, url: str, *, phone: bool = False) -> AsyncIterator[Sheet]:
    """A browser window of its own, on a desk or on a phone."""
    context = await browser.new_context(viewport=PHONE if phone else DESK, has_touch=phone, locale="en-GB")
    sheet = Sheet(await context.new_page()).listen()
    sheet.page.set_default_timeout(5000)
    await sheet.page.goto(url)
    await sheet.page.wait_for_selector(READY)
    yield sheet
    await context.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def sheet(browser: Browser, served: tuple[Playground, Stage]) -> AsyncIterator[Sheet]:
    async with opened(browser, served[1].url) as sheet:
        yield sheet


@pytest_asyncio.fixture(loop_scope="session")
async def page(sheet: Sheet, playground: Playground) -> AsyncIterator[Page]:
    """The page as Ada sees it at first, with the sample rows; whatever it logs as an error fails the test."""
    samples.show_everything(playground.board)
    page = sheet.page
    await page.set_viewport_size(DESK)
    await page.emulate_media(color_scheme="light")
    await page.mouse.move(0, 0)
    await page.evaluate("localStorage.clear(); sessionStorage.clear()")
    await page.reload()
    await page.wait_for_selector(READY)
    sheet.wrong.clear()
    yield page
    assert sheet.wrong == []


@pytest.fixture
def slack(page: Page) -> Locator:
    return page.get_by_role("region", name="Slack", exact=True)


@pytest.fixture
def discord(page: Page) -> Locator:
    return page.get_by_role("region", name="Discord", exact=True)


def _is_wrong(message: ConsoleMessage) -> bool:
    """Errors of the page; an act that was refused is logged by the browser, and belongs to many tests."""
    return message.type == "error" and "400 (Bad Request)" not in message.text
