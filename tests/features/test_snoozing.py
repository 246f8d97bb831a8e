"""Snoozing: whoever is reminded puts it off, once a message, and nobody else does."""

from tests.desk.visitors import DISCORD, LONDON, ON_DISCORD
from tests.features.community import Community
from tests.features.organiser import press, remind


async def test_a_receiver_puts_a_reminder_off_once(community: Community) -> None:
    """Pressed twice, or with another button, it is told again once; and that can be put off in its turn."""
    number = await remind(community, what="in 2 hours: book the back room")
    await community.wait_until("2026-09-05 12:00")
    community.forget()
    ring = f"snooze?memo={number}&ring=1&step=0"
    assert await press(community, f"{ring}&nap=minutes") == "I’ll say it again on Saturday 5 September 2026, 12:10 BST."
    for nap in ("minutes", "hour", "tomorrow"):
        assert await press(community, f"{ring}&nap={nap}") == (
            "That is put off already, until Saturday 5 September 2026, 12:10 BST."
        )
    assert await community.wait_until("2026-09-05 12:10") == 1
    assert await press(community, f"snooze?memo={number}&ring=1&step=1&nap=tomorrow") == (
        "I’ll say it again on Sunday 6 September 2026, 12:10 BST."
    )
    assert await community.wait_until("2026-09-06 12:11") == 1
    assert community.told() == [("Ada", "Reminder: book the back room")] * 2
    assert await community.wait_until("2026-09-08 12:11") == 0


async def test_each_of_those_going_puts_it_off_for_themselves(community: Community) -> None:
    """Whoever it is not for may not, whatever code they send."""
    event = await community.publish(seats="")
    await community.answer(event, "going", ("Grace", "slack"), ("Alan", "discord"), ("Mary", "discord"))
    number = await remind(community, what="Bring a laptop", when="in 1 hour", to="going", event=str(event))
    ring = f"snooze?memo={number}&ring=1&step=0&nap=hour"
    assert (
        await press(community, ring, "Grace") == "That reminder was never told. Its button is damaged, or not from me."
    )
    await community.wait_until("2026-09-05 11:00")
    community.forget()
    assert (await press(community, ring, "Alan", DISCORD)).startswith("I’ll say it again")
    for other in ("Ida", "Ada"):
        assert await press(community, ring, other) == "That reminder is not for you, so it is not yours to put off."
    await community.wait_until("2026-09-05 12:00")
    assert community.told() == [("Alan", "Reminder: Bring a laptop")]


async def test_a_forged_snooze_promises_nothing(community: Community) -> None:
    """Neither of a reminder or a ring that never was, nor of one that was not put off before."""
    number = await remind(community, what="in 2 hours: book the back room")
    await community.wait_until("2026-09-05 12:00")
    for memo, ring, step in (("99", "1", "0"), (number, "2", "0"), (number, "1", "1"), (number, "0", "-1")):
        said = await press(community, f"snooze?memo={memo}&ring={ring}&step={step}&nap=hour")
        assert said.startswith("That reminder ")
    assert await community.wait_until("2026-09-05 14:00") == 0


async def test_a_reminder_in_a_channel_is_put_off_by_organisers(community: Community) -> None:
    """The channel hears it again, once; the first message says until when, and offers nothing more."""
    number = await remind(community, what="Doors open", when="in 2 hours", to="home")
    await community.wait_until("2026-09-05 12:00")
    assert [letter.to for letter in (*community.slack.inbox, *community.discord.inbox)] == [LONDON, ON_DISCORD]
    ring = f"snooze%20here?memo={number}&ring=1&step=0"
    assert await press(community, ring) == "Snooze a reminder"
    assert "Only organisers" in await press(community, f"{ring}&nap=minutes", "Grace")
    assert (await press(community, f"{ring}&nap=minutes")).startswith("I’ll say it again")
    assert (await press(community, f"{ring}&nap=hour")).startswith("That is put off already")
    await community.wait_until("2026-09-05 12:10")
    assert [letter.to for letter in (*community.slack.inbox, *community.discord.inbox)] == [
        LONDON,
        LONDON,
        ON_DISCORD,
        ON_DISCORD,
    ]
