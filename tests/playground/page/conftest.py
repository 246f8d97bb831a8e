"""A stage before stand-ins that only note what they are asked, and a real browser that looks at it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, async_playwright

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
DONE = {"acked": True, "error": None}


class PlayClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self._now = people.NOW

    def now(self) -> datetime:
        return self._now

    async def move(self, to: datetime) -> None:
        self._now = to


@dataclass
class Playground:
    """A stage with its board and clock, and everything that people on the page did, in order."""

    board: Board = field(default_factory=Board)
    clock: PlayClock = field(default_factory=PlayClock)
    acts: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    """What an act is answered, by platform and name; an `Impossible` is raised."""
    stories: list[str] = field(default_factory=list)

    def stage(self) -> Stage:
        return Stage(
            self.board,
            self.clock,
            self.clock.move,
            {platform: partial(self._act, platform) for platform in ("slack", "discord")},
            self._next_ring,
            self._story,
        )

    async def _act(self, platform: str, name: str, given: Mapping[str, Any]) -> Any:
        self.acts.append((platform, name, dict(given)))
        answer = self.answers.get(f"{platform} {name}", DONE)
        if isinstance(answer, Impossible):
            raise answer
        return answer

    async def _next_ring(self) -> datetime | None:
        return self.clock.now() + timedelta(hours=2)

    async def _story(self, tell: Any) -> None:
        self.stories.append("begun")
        tell("Ada plans an evening.")


@pytest.fixture
def playground() -> Playground:
    return Playground()


@pytest_asyncio.fixture(loop_scope="session")
async def stage(playground: Playground) -> AsyncIterator[Stage]:
    """A stage that is being served."""
    stage = playground.stage()
    await stage.start()
    yield stage
    await stage.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, playground: Playground, stage: Stage) -> AsyncIterator[Page]:
    """The page as Ada sees it, with the sample rows; whatever it logs as an error fails the test."""
    samples.show_everything(playground.board)
    page = await browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page.set_default_timeout(5000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if _is_wrong(message) else None)
    await page.goto(stage.url)
    await page.wait_for_selector("body[data-ready=true]")
    yield page
    await page.close()
    assert wrong == []


@pytest.fixture
def slack(page: Page) -> Locator:
    return page.get_by_role("region", name="Slack", exact=True)


@pytest.fixture
def discord(page: Page) -> Locator:
    return page.get_by_role("region", name="Discord", exact=True)


def _is_wrong(message: ConsoleMessage) -> bool:
    """Errors of the page; an act that was refused is logged by the browser, and belongs to many tests."""
    return message.type == "error" and "400 (Bad Request)" not in message.text
