"""Takes the README's pictures: starts the playground, plays an evening by hand through its page, and looks at it."""

import io
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
LARGEST = 250_000
# A third of the shades: nobody sees the difference, and soft shadows make smaller files.
STEPS = [round(shade / 3) * 3 for shade in range(256)]
PLAY = ("-m", "bot", "play", "--port", "0", "--slack-port", "0", "--discord-port", "0")
STARTS = ("--starts", "2026-09-05T10:00:00+01:00")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# How wide and high, and how many dots to a pixel. The form needs height, so that nothing of it is scrolled away.
DESK = 1360, 880, 1.25
TALL = 1200, 940, 2
CARD = 1240, 1060, 1
PHONE = 390, 844, 2
TITLE = "Board games at the Crown"
PROMPT = "A rematch must be granted."
LEARNT = "Explain the rules to one person, and let them explain them to the others."
EVENING = {
    "What is it called?": TITLE,
    "When does it start?": "Thu 17 Sep 18:30",
    "Where?": "The Crown, upstairs",
    "What is it about?": "Bring a game, or just yourself. The room is ours until eleven.",
    "How many seats?": "4",
}


class Sight:
    """The page as somebody sees it, on a desk or on a phone."""

    def __init__(self, browser: Browser, url: str, width: int, height: int, scale: float) -> None:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
            locale="en-GB",
            timezone_id="Europe/London",
            color_scheme="light",
            has_touch=width < 800,
        )
        self.page: Page = context.new_page()
        self.page.goto(url)
        self.page.wait_for_selector("body[data-ready=true]")
        self.slack = self.page.get_by_role("region", name="Slack", exact=True)
        self.discord = self.page.get_by_role("region", name="Discord", exact=True)

    def be(self, name: str) -> None:
        self.page.get_by_role("group", name="Who you are").get_by_role("button", name=name).click()

    def say(self, window: Locator, text: str) -> None:
        box = window.get_by_role("textbox", name="Message #london")
        box.fill(text)
        box.press("Enter")

    def card(self, window: Locator) -> Locator:
        return window.get_by_role("article").filter(has=self.page.get_by_role("heading", name=TITLE))

    def poll(self, window: Locator) -> Locator:
        return window.get_by_role("article").filter(has=self.page.get_by_role("heading", name="Which game first?"))

    def press(self, window: Locator, label: str) -> None:
        self.card(window).get_by_role("button", name=label, exact=True).click()
        expect(
            window.get_by_text("Only visible to you").or_(window.get_by_text("Only you can see this"))
        ).to_be_visible()

    def both_say(self, words: str) -> None:
        for window in (self.slack, self.discord):
            expect(self.card(window)).to_contain_text(words)

    def look_at(self, window: Locator) -> None:
        """Scroll a phone to one of its windows."""
        window.evaluate("node => node.scrollIntoView({ block: 'start' })")

    def take(self, name: str, what: Locator | None = None) -> None:
        """Keep a picture of the page, or of a part of it."""
        self.page.evaluate("document.activeElement.blur()")
        self.page.mouse.move(0, 0)
        picture = PICTURES / f"{name}.png"
        seen = (what or self.page).screenshot(animations="disabled")
        Image.open(io.BytesIO(seen)).convert("RGB").point(STEPS * 3).save(picture, optimize=True)
        size = picture.stat().st_size
        sys.stdout.write(f"{picture.name}: {size // 1000} kB\n")
        if size > LARGEST:
            sys.exit(f"{picture.name} is larger than {LARGEST // 1000} kB.")


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    with playground() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        plan(Sight(browser, url, *TALL))
        desk, phone = Sight(browser, url, *DESK), Sight(browser, url, *PHONE)
        answer(desk)
        fill_up(desk, phone)
        remind(desk, phone)
        vote(Sight(browser, url, *DESK))
        talk(Sight(browser, url, *PHONE))
        tick_off(Sight(browser, url, *PHONE))
        write_up(Sight(browser, url, *CARD))
        browser.close()


def plan(tall: Sight) -> None:
    """Ada plans the evening on Slack: the form, and the preview."""
    tall.be("Grace Hopper")
    tall.say(tall.slack, "Games evening soon? I owe Alan a rematch.")
    tall.be("Ada Lovelace")
    tall.say(tall.slack, "/event create")
    form = tall.slack.get_by_role("dialog", name="Plan a new event")
    for question, words in EVENING.items():
        form.get_by_role("textbox", name=question).fill(words)
    tall.take("form", tall.slack)
    form.get_by_role("button", name="Preview").click()
    expect(form).to_contain_text("This is a preview: nothing is posted yet.")
    tall.take("preview", tall.slack)
    form.get_by_role("button", name="Publish").click()
    expect(form).to_contain_text("is published")
    form.get_by_role("button", name="Close").last.click()
    tall.both_say("4 left")


def answer(desk: Sight) -> None:
    """An hour later some have answered, here and there: both platforms side by side."""
    desk.page.get_by_role("button", name="+1 hour").click()
    for name, window, label in (
        ("Grace Hopper", desk.slack, "Going"),
        ("Alan Turing", desk.discord, "Going"),
        ("Edsger Dijkstra", desk.discord, "Maybe"),
    ):
        desk.be(name)
        desk.press(window, label)
    desk.be("Alan Turing")
    desk.say(desk.discord, "Rematch accepted, Grace.")
    desk.be("Katherine Johnson")
    desk.press(desk.slack, "Going")
    desk.both_say("Grace Hopper, Alan Turing, Katherine Johnson")
    desk.both_say("1 left")
    desk.take("both-platforms")


def fill_up(desk: Sight, phone: Sight) -> None:
    """The last seat is taken and somebody waits: the card on a phone."""
    desk.be("Mary Seacole")
    desk.press(desk.discord, "Going")
    desk.be("Ada Lovelace")
    desk.press(desk.slack, "Going")
    phone.be("Mary Seacole")
    expect(phone.card(phone.slack)).to_contain_text("Waiting (1): Ada Lovelace")
    phone.look_at(phone.slack)
    phone.take("phone")


def remind(desk: Sight, phone: Sight) -> None:
    """A day before and two hours before: what Katherine gets on her phone."""
    phone.be("Katherine Johnson")
    for count in (1, 2):
        desk.page.get_by_role("button", name="Ring the next reminder").click()
        expect(phone.page.get_by_role("button", name=f"Katherine Johnson, {count} unread")).to_be_visible()
    phone.slack.get_by_role("button", name="Show channels").click()
    phone.slack.get_by_role("button", name="Flashmob, 2 unread").click()
    expect(phone.slack.get_by_role("button", name="Can’t make it")).to_have_count(2)
    phone.look_at(phone.slack)
    phone.take("reminder")


def vote(desk: Sight) -> None:
    """A poll in one line, votes on both platforms, and what came of it, with its picture in the thread."""
    desk.be("Ada Lovelace")
    desk.say(desk.slack, "/poll “Which game first?” “Brass” “Azul” “Hanabi”")
    for name, window, label in (
        ("Grace Hopper", desk.slack, "Azul"),
        ("Alan Turing", desk.discord, "Azul"),
        ("Mary Seacole", desk.discord, "Hanabi"),
        ("Katherine Johnson", desk.slack, "Brass"),
        ("Edsger Dijkstra", desk.discord, "Azul"),
    ):
        desk.be(name)
        desk.poll(window).get_by_role("button", name=label, exact=True).click()
        expect(window.get_by_text(f"You chose {label};")).to_be_visible()
    desk.be("Katherine Johnson")
    for window in (desk.slack, desk.discord):
        expect(desk.poll(window)).to_contain_text("5 people have voted.")
    desk.take("poll")
    desk.be("Ada Lovelace")
    desk.say(desk.slack, "/poll close poll: Which game first?")
    expect(desk.poll(desk.slack)).to_contain_text("Azul wins with 3 votes.")
    desk.poll(desk.slack).get_by_role("button", name=re.compile("2 replies")).click()
    chart = desk.slack.get_by_role("img", name=re.compile("Bars for “Which game first?”".replace("?", "[?]")))
    expect(chart).to_be_visible()
    chart.scroll_into_view_if_needed()
    desk.take("poll-result", desk.slack)


def talk(phone: Sight) -> None:
    """A prompt that asks where people stand, as it looks on a phone."""
    phone.be("Ada Lovelace")
    phone.look_at(phone.slack)
    phone.say(phone.slack, f"/prompt add question: {PROMPT} stance: yes")
    expect(phone.slack.get_by_text("in the deck").last).to_be_visible()
    phone.say(phone.slack, f"/prompt post prompt: {PROMPT} event: {TITLE}")
    card = phone.slack.get_by_role("article").filter(has=phone.page.get_by_role("heading", name=PROMPT))
    expect(card).to_be_visible()
    for name, label in (("Grace Hopper", "Agree"), ("Katherine Johnson", "Disagree"), ("Ada Lovelace", "Agree")):
        phone.be(name)
        card.get_by_role("button", name=label, exact=True).click()
        expect(
            phone.slack.get_by_text(re.compile("You (said|stand)|where you stand", re.IGNORECASE)).last
        ).to_be_visible()
    expect(card).to_contain_text("2 █")
    card.scroll_into_view_if_needed()
    phone.take("prompt", phone.slack)


def tick_off(phone: Sight) -> None:
    """At the door: the roster on a phone, with two who are here."""
    for _hour in range(2):
        phone.page.get_by_role("button", name="+1 hour").click()
    phone.be("Ada Lovelace")
    phone.look_at(phone.slack)
    phone.say(phone.slack, "/event attendance")
    for name in ("Alan Turing", "Grace Hopper"):
        phone.slack.get_by_role("button", name=name, exact=True).last.click()
        expect(phone.slack.get_by_text(f"Ticked off: {name}.")).to_be_visible()
    phone.take("door", phone.slack)


def write_up(desk: Sight) -> None:
    """After the evening: what was asked and learnt, the write-up's card, and the page that everybody can keep."""
    desk.be("Ada Lovelace")
    desk.say(desk.slack, "/poll “When is the rematch?” “In a month” “Next week” “Never again”")
    asked = desk.page.get_by_role("heading", name="When is the rematch?")
    for name, window, label in (
        ("Grace Hopper", desk.slack, "Next week"),
        ("Alan Turing", desk.discord, "Next week"),
        ("Katherine Johnson", desk.slack, "In a month"),
    ):
        desk.be(name)
        card = window.get_by_role("article").filter(has=asked)
        card.get_by_role("button", name=label, exact=True).click()
        expect(window.get_by_text(f"You chose {label};")).to_be_visible()
    desk.be("Ada Lovelace")
    desk.say(desk.slack, "/poll close poll: When is the rematch?")
    expect(desk.slack.get_by_text("is closed, and its result is posted").last).to_be_visible()
    for _hour in range(5):
        desk.page.get_by_role("button", name="+1 hour").click()
    for name, text in (("Grace Hopper", LEARNT), ("Katherine Johnson", "Three short games beat a long one.")):
        desk.be(name)
        desk.say(desk.slack, f"/takeaway add text: {text} event: {TITLE}")
        expect(desk.slack.get_by_text("Kept:").last).to_be_visible()
    desk.be("Ada Lovelace")
    desk.say(desk.slack, f"/writeup draft event: {TITLE}")
    desk.slack.get_by_role("button", name="Publish", exact=True).last.click()
    expect(desk.slack.get_by_text("is published in").last).to_be_visible()
    for window in (desk.slack, desk.discord):
        card = window.get_by_role("article").filter(has=desk.page.get_by_role("button", name="Read it all"))
        expect(card.get_by_role("img", name=re.compile("Bars for “When is the rematch[?]”"))).to_be_visible()
    desk.take("write-up")
    desk.slack.get_by_role("button", name=re.compile("^Flashmob, ")).click()
    link = desk.slack.get_by_role("link", name=re.compile(r"write-up-\d+[.]html"))
    address = link.last.get_attribute("href")
    assert address is not None
    page = desk.page.context.new_page()
    page.set_content(desk.page.request.get(address).text())
    desk.page, was = page, desk.page
    page.set_viewport_size({"width": 820, "height": 900})
    page.set_viewport_size({"width": 820, "height": page.evaluate("document.documentElement.scrollHeight")})
    desk.take("write-up-page")
    desk.page = was


@contextmanager
def playground() -> Iterator[str]:
    """The address of a playground in which the bot is at home on both platforms."""
    playing = subprocess.Popen(
        (sys.executable, *PLAY, *STARTS), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert playing.stdout is not None
    try:
        url, homes = "", 0
        for line in playing.stdout:
            if found := re.search(r"open at (http://\S+)", line):
                url = found[1]
            homes += "London is at home" in line
            if url and homes == 2:
                break
        else:
            sys.exit("The playground ended before the bot was at home.")
        # Whatever else it says is read, so that it need never wait for a reader.
        Thread(target=playing.stdout.read, daemon=True).start()
        yield url
    finally:
        playing.send_signal(signal.SIGTERM)
        playing.wait()


if __name__ == "__main__":
    main()
