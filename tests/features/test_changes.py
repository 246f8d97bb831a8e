"""Changes: whatever is edited, answered and restarted, everybody concerned is told once what is new to them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.calls import Door, Form
from bot.domain.events import EventId, EventState
from bot.domain.rsvps import Answer
from storage.database import database
from tests.desk.visitors import NOW, call, found, guests, sent_in, words
from tests.features.community import Community
from tests.features.organiser import edit as change

PEOPLE = {"Grace": "slack", "Mary": "slack", "Alan": "discord", "Ida": "discord"}
LABELS = {"title": "What", "starts": "When", "where": "Where"}
ANSWERS = {
    "title": ("Evening", "Night"),
    "starts": ("Thu 17 Sep 18:30", "Thu 17 Sep 19:00", "Thu 17 Sep TBA"),
    "where": ("The Crown", "The Anchor", "TBA"),
    "about": ("Talks", "More talks"),
}
SHOWN = {
    "Thu 17 Sep 18:30": "Thursday 17 September 2026, 18:30 BST",
    "Thu 17 Sep 19:00": "Thursday 17 September 2026, 19:00 BST",
    "Thu 17 Sep TBA": "Thursday 17 September 2026, time to be announced",
    "TBA": "To be announced",
}

edits = st.sampled_from([("edit", name, answer) for name, answers in ANSWERS.items() for answer in answers])
answers = st.tuples(
    st.just("answer"), st.sampled_from(sorted(PEOPLE)), st.sampled_from(["going", "maybe", "not going"])
)
waits = st.tuples(st.just("wait"), st.sampled_from([2, 6]), st.booleans())
steps = st.lists(edits | waits | edits | answers | waits, min_size=4, max_size=16)

FIRST = [("answer", "Grace", "going"), ("answer", "Alan", "going"), ("answer", "Ida", "going")]
"""Two go and one waits, before anything changes."""


@dataclass
class Told:
    """What everybody knows of an evening, and what they are still to be told: a plain model of it."""

    now: dict[str, str] = field(default_factory=lambda: {name: answers[0] for name, answers in ANSWERS.items()})
    knows: dict[str, dict[str, str]] = field(default_factory=dict)
    due: datetime | None = None
    settled: dict[str, str] = field(default_factory=lambda: {name: answers[0] for name, answers in ANSWERS.items()})
    since: datetime | None = None
    owed: list[tuple[str, str]] = field(default_factory=list)

    def edit(self, name: str, answer: str, at: datetime) -> None:
        if self.now[name] != answer:
            if all(self.now[each] == self.settled[each] for each in LABELS):
                self.since = None
            self.now = {**self.now, name: answer}
            if name in LABELS:
                self.since = self.since or at
                self.due = min(at + timedelta(minutes=5), max(at, self.since + timedelta(minutes=15)))

    def settle(self, concerned: list[str], at: datetime) -> None:
        if self.due is None or self.due > at:
            return
        self.due, self.since, self.settled = None, None, self.now
        for name in concerned:
            old = self.knows[name]
            new = {label: (old[each], self.now[each]) for each, label in LABELS.items() if old[each] != self.now[each]}
            if new:
                sums = [f"{label}: {SHOWN.get(a, a)} → {SHOWN.get(b, b)}" for label, (a, b) in new.items()]
                self.owed.append((name, " ".join([f"{old['title']} has changed.", *sums])))
            self.knows[name] = self.now


async def edit(community: Community, event: EventId, name: str, answer: str) -> None:
    """Ada changes one thing."""
    at = community.clock.now()
    form = await community.desk.answer(call("event edit", {"event": str(event)}, who="Ada", manages=True, at=at))
    assert isinstance(form, Form)
    sent = sent_in(form, {name: answer}, "Ada", manages=True)
    done = words(
        await community.desk.answer(call(sent.command, sent.given, who="Ada", manages=True, at=at, door=Door.FORM))
    )
    assert "has been changed" in done or "says that already" in done


async def play(
    url: str, steps: list[tuple[str, str | int, str | bool]]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What people were told in the end, and what they should have been."""
    model, told = Told(), list[tuple[str, str]]()
    event, at = EventId(0), NOW
    rounds: list[list[tuple[str, str | int, str | bool]]] = [[]]
    for step in [*FIRST, *steps, ("wait", 9, False)]:
        rounds[-1].append(step)
        if step[0] == "wait" and step[2]:
            rounds.append([])  # the bot is stopped here, and started again
    for number, round_ in enumerate(rounds):
        async with database(url, alone=True) as storage:
            if not number:
                await found(storage)
            community = Community(storage)
            community.clock.move(at)
            async with community.desk:
                if not number:
                    event = await community.publish(seats="2")
                for what, one, other in round_:
                    match what, one, other:
                        case "edit", str(name), str(answer):
                            await edit(community, event, name, answer)
                            model.edit(name, answer, community.clock.now())
                        case "answer", str(name), str(wish):
                            before = await answer_of(community, event, name)
                            await community.answer(event, wish, (name, PEOPLE[name]))
                            if before is None or {"waiting": "going"}.get(before, before.value) != wish:
                                model.knows[name] = model.now
                        case _:
                            community.clock.move(community.clock.now() + timedelta(minutes=int(one)))
                            await community.timekeeper.tick(community.clock.now())
                            concerned = [
                                *await guests(storage, event, Answer.GOING),
                                *await guests(storage, event, Answer.WAITING),
                            ]
                            model.settle(concerned, community.clock.now())
                            await community.settle()
                told += [(who, word) for who, word in community.told() if "has changed" in word]
                at = community.clock.now()
    return sorted(told), sorted(model.owed)


async def answer_of(community: Community, event: EventId, name: str) -> Answer | None:
    for answer in Answer:
        if name in await guests(community.storage, event, answer):
            return answer
    return None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=steps)
async def test_everybody_concerned_is_told_once_of_every_settled_change(
    fresh_sqlite: Callable[[], str], steps: list[tuple[str, str | int, str | bool]]
) -> None:
    """Edits, answers, waits and restarts in any order: each hears exactly what is new to them, once."""
    told, owed = await play(fresh_sqlite(), steps)
    assert told == owed


async def evening(community: Community, starts: str) -> EventId:
    """An evening to which Grace is going."""
    event = await community.publish(starts=starts)
    await community.answer(event, "going", ("Grace", "slack"))
    await community.settle()
    community.forget()
    return event


async def told_at(community: Community, moment: str) -> list[str]:
    """What Grace has been told by then since she was asked last."""
    await community.wait_until(moment)
    told = [what.partition(" has changed. ")[2] for _who, what in community.told()]
    community.forget()
    return told


async def test_changes_without_a_pause_are_told_within_a_quarter_of_an_hour(community: Community) -> None:
    """Once the organiser has moved a venue to and fro every four minutes, people hear how it stands by then."""
    event = await evening(community, "Thu 17 Sep 18:30")
    said: list[str] = []
    for minute in (10, 14, 18, 22):
        assert await told_at(community, f"2026-09-05 10:{minute}") == []
        said.append(await change(community, event, where=f"Room {minute}"))
    waits = [each.partition(" will be told in ")[2].partition(",")[0] for each in said]
    assert waits == ["five minutes", "five minutes", "five minutes", "three minutes"]
    assert await told_at(community, "2026-09-05 10:25") == ["Where: The Crown → Room 22"]
    assert "told in five minutes, together" in await change(community, event, where="The Anchor")
    assert await told_at(community, "2026-09-05 10:29") == []
    assert await told_at(community, "2026-09-05 10:31") == ["Where: Room 22 → The Anchor"]


async def test_what_was_taken_back_hurries_nothing(community: Community) -> None:
    """Only what people have not been told of counts."""
    event = await evening(community, "Thu 17 Sep 18:30")
    await change(community, event, where="The Anchor")
    await community.wait_until("2026-09-05 10:04")
    await change(community, event, where="The Crown")
    await community.wait_until("2026-09-05 10:08")
    await change(community, event, where="The Bell")
    assert await told_at(community, "2026-09-05 10:12") == []
    assert await told_at(community, "2026-09-05 10:13") == ["Where: The Crown → The Bell"]


async def test_a_change_within_an_hour_of_the_start_is_told_at_once(community: Community) -> None:
    """People are about to set out, also where it is put off; each hears the next change as soon."""
    event = await evening(community, "Thu 17 Sep 18:30")
    await community.wait_until("2026-09-17 18:27")
    community.forget()
    said = await change(community, event, where="The Anchor")
    assert said.endswith("One person will be told at once, as it starts so soon.")
    assert await told_at(community, "2026-09-17 18:27") == ["Where: The Crown → The Anchor"]
    await change(community, event, starts="Fri 18 Sep 18:30")
    (put_off,) = await told_at(community, "2026-09-17 18:28")
    assert put_off.startswith("When: Thursday 17 September 2026, 18:30 BST → Friday")
    assert "told in five minutes" in await change(community, event, where="The Bell")


async def test_an_end_that_is_announced_drops_no_reminder(community: Community) -> None:
    """One that is on its way reaches people, those to come ring once, and the evening is over when it says so."""
    event = await evening(community, "Thu 17 Sep 18:30")
    community.clock.move(datetime.fromisoformat("2026-09-16 18:30:30+01:00"))
    await community.timekeeper.tick(community.clock.now())
    await change(community, event, ends="20:00")
    await community.settle()
    await community.wait_until("2026-09-17 16:31")
    told = [what for _who, what in community.told() if " starts on " in what]
    assert len(told) == 2
    await community.wait_until("2026-09-17 20:01")
    async with community.storage.reading() as tx:
        assert (await tx.events.get(event)).state is EventState.OVER


async def test_a_cancellation_calls_an_evening_what_people_know_it_as(community: Community) -> None:
    """It was renamed and moved minutes before, which only Mary has seen, who answered since."""
    event = await evening(community, "Thu 17 Sep 18:30")
    await change(community, event, title="Night", starts="Fri 18 Sep 18:30")
    await community.answer(event, "going", ("Mary", "slack"))
    await community.call_off(event)
    await community.settle()
    thursday, friday = (f"{day} September 2026, 18:30 BST" for day in ("Thursday 17", "Friday 18"))
    assert community.told() == [
        ("Grace", f"Evening (now called Night), planned for {thursday} (now {friday}), is cancelled."),
        ("Mary", f"Night, planned for {friday}, is cancelled."),
    ]


async def test_a_cancellation_names_the_date_that_people_know(community: Community) -> None:
    """Though there was none any more, or was none before."""
    first = await evening(community, "Thu 17 Sep 18:30")
    await change(community, first, starts="TBA")
    second = await evening(community, "TBA")
    await change(community, second, starts="Thu 17 Sep 18:30")
    for event in (first, second):
        await community.call_off(event)
    await community.settle()
    assert (
        community.told() == [("Grace", "Evening, planned for Thursday 17 September 2026, 18:30 BST, is cancelled.")] * 2
    )


@pytest.mark.parametrize(
    ("emptied", "sentence"),
    [
        ({"discord": ""}, "London is at home in #london on Slack now, and this is announced there. Answers count"),
        ({"discord": "", "slack": ""}, "London has no home any more, and this is announced nowhere else yet. Answers"),
    ],
)
async def test_a_home_that_is_given_up_says_so_below_its_cards(
    community: Community, emptied: dict[str, str], sentence: str
) -> None:
    """Whoever reads there learns where else to look, and that the card is not brought up to date any more."""
    await community.publish()
    before = len(community.discord.inbox)
    form = await community.desk.answer(call("chapter edit", {"chapter": "1"}, who="Ada", manages=True))
    assert isinstance(form, Form)
    await community.desk.answer(sent_in(form, emptied, "Ada", manages=True))
    await community.settle()
    (letter,) = community.discord.inbox[before:]
    assert letter.words.startswith(sentence)
