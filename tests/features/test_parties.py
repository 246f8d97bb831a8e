"""Parties: what somebody told of guests and of themselves stays, whatever else is asked or answered afterwards."""

from dataclasses import replace

import pytest

from bot.calls import Door, Form
from bot.desk import REOPEN
from bot.domain.events import EventId
from bot.features import answers
from tests.desk.visitors import call, person, sent_in, words
from tests.features.community import Community
from tests.features.editing import edit


async def party(community: Community, event: EventId, who: str = "Grace") -> Form:
    """The form that somebody gets from the button of their receipt."""
    at = community.clock.now()
    shown = await community.desk.answer(call(answers.PARTY, {"event": str(event)}, who=who, door=Door.BUTTON, at=at))
    assert isinstance(shown, Form), words(shown)
    return shown


async def tell(community: Community, form: Form, who: str = "Grace", **typed: str) -> str:
    """What somebody is told who sends the form in; or what it says is wrong."""
    said = await community.desk.answer(replace(sent_in(form, typed, who), at=community.clock.now()))
    return str(dict(said.errors)) if isinstance(said, Form) else words(said)


async def told(community: Community, event: EventId, who: str = "Grace") -> tuple[int, str]:
    """How many guests somebody brings, and what the organisers know."""
    async with community.storage.reading() as tx:
        account = await tx.members.find(person(who))
        assert account is not None
        (own,) = await tx.rsvps.of([event], [account.member])
    return own.guests, own.note


async def evening(community: Community) -> EventId:
    """Up to two guests with each, a question, and Grace who comes with both and has answered."""
    event = await community.publish(seats="9")
    await edit(community, event, guests="2", question="Access?")
    await community.answer(event, "going", ("Grace", "slack"))
    assert await tell(community, await party(community, event), guests="2", note="wheelchair") == (
        "Noted for Evening: you bring 2 guests. Only the organisers see your answer."
    )
    return event


async def test_who_answers_a_question_keeps_guests_that_nobody_else_may_bring_any_more(community: Community) -> None:
    """They were welcome when they were announced; a guest more is not, nor is one from an older form."""
    event = await evening(community)
    older = await party(community, event)
    await edit(community, event, guests="1")
    assert "you bring 2 guests" in await tell(community, await party(community, event), note="step-free")
    assert await tell(community, older, guests="3") == "{'guests': 'Each may bring at most 2.'}"
    await edit(community, event, guests="")
    form = await party(community, event)
    assert [asked.name for asked in form.asks] == ["note"]
    assert "you bring 2 guests" in await tell(community, form, note="vegan")
    assert await told(community, event) == (2, "vegan")
    await community.answer(event, "going", ("Mary", "slack"))
    assert await tell(community, older, "Mary", guests="1") == "{'guests': 'Nobody may bring guests any more.'}"


async def test_a_form_with_a_mistake_asks_in_the_organisers_words_again(community: Community) -> None:
    """At once, and where it is called back to be corrected; what is not asked stays away, unless it is the mistake."""
    event = await evening(community)

    async def mistaken() -> list[dict[str, str]]:
        form = await party(community, event)
        again = await community.desk.answer(replace(sent_in(form, {"guests": "7"}, "Grace"), at=community.clock.now()))
        assert isinstance(again, Form)
        opened = await community.desk.answer(call(REOPEN, {"kept": str(again.kept)}, door=Door.BUTTON))
        assert isinstance(opened, Form)
        assert opened.errors == again.errors == {"guests": "Each may bring at most 2."}
        assert opened.asks == again.asks == form.asks
        assert opened.typed["guests"] == "7"
        return [{asked.name: asked.question} for asked in opened.asks]

    assert await mistaken() == [{"guests": "How many guests do you bring?"}, {"note": "Access?"}]
    await edit(community, event, question="")
    assert await mistaken() == [{"guests": "How many guests do you bring?"}]


async def test_an_event_that_asks_nothing_any_more_says_so(community: Community) -> None:
    """To whoever presses the button of an older receipt: no platform shows a form without a question."""
    event = await evening(community)
    await edit(community, event, guests="", question="")
    pressed = call(answers.PARTY, {"event": str(event)}, door=Door.BUTTON, at=community.clock.now())
    assert words(await community.desk.answer(pressed)) == "Evening takes no guests, and asks nothing."


async def test_who_brings_guests_keeps_what_was_asked_once(community: Community) -> None:
    """The organisers took their question away, but not what it told them; asked again, it can be taken back."""
    event = await evening(community)
    await edit(community, event, question="")
    form = await party(community, event)
    assert [asked.name for asked in form.asks] == ["guests"]
    await tell(community, form, guests="1")
    assert await told(community, event) == (1, "wheelchair")
    await edit(community, event, question="Food?")
    await tell(community, await party(community, event), note="")
    assert await told(community, event) == (1, "")


async def test_seats_that_are_held_for_a_party_are_told_in_ones_own_events(community: Community) -> None:
    """As many as they are."""
    event = await community.publish(seats="3")
    await edit(community, event, guests="2")
    await community.answer(event, "going", ("Ann", "slack"), ("Bob", "slack"), ("Cid", "slack"), ("Grace", "slack"))
    await tell(community, await party(community, event), guests="2")
    await community.wait_until("2026-09-17 17:00")
    await community.answer(event, "not going", ("Ann", "slack"), ("Bob", "slack"), ("Cid", "slack"))
    shown = words(await community.desk.answer(call("my events", who="Grace", at=community.clock.now())))
    assert "3 seats are held for you until Thursday 17 September 2026, 17:30" in shown


@pytest.mark.parametrize("wish", ["maybe", "not going"])
async def test_who_changes_their_mind_need_not_say_again_what_they_need(community: Community, wish: str) -> None:
    """Guests are announced anew, as each takes a seat."""
    event = await evening(community)
    await community.answer(event, wish, ("Grace", "slack"))
    assert await told(community, event) == (0, "wheelchair")
    await community.answer(event, "going", ("Grace", "slack"))
    assert await told(community, event) == (0, "wheelchair")
