"""A form to be shown, and what somebody types into it."""

from bot.calls import Asked, Candidate, Form, Kind
from bot.domain.people import Platform
from tests.slack.stage import Json, Stage

SLACK = Platform("slack")
TITLE = Asked("title", "What is it called?", "", Kind.LINE, 80, True)
STARTS = Asked("starts", "When does it start?", "Thu 17 Sep 18:30", Kind.LINE, 150, True)
HOST = Asked("host", "Who hosts it?", "", Kind.PERSON, 150, False)
EVENTS = tuple(Candidate(f"No {n}", str(n)) for n in range(101))
EVENT = Asked("event", "Which event?", "", Kind.PICK, 150, True, EVENTS)
PLAN = Form("event create", "Plan a new event", "Next", (TITLE, STARTS, HOST), {"chapter": "3"})


def typed(**values: str) -> dict[str, dict[str, str]]:
    """Values as somebody types them into the inputs of these names."""
    return {name: {name: value} for name, value in values.items()}


def sent_in(view: Json) -> bool:
    """Whether there is nothing to send in any more."""
    return view.get("submit") is None


async def opened(stage: Stage, form: Form = PLAN) -> Json:
    """Ada's modal, after she asked for a form; the call by which she did is forgotten."""
    stage.desk.reply = form
    await stage.standin.slash(stage.ada, stage.london, "/event create")
    view = await stage.view(stage.ada, form.title)
    stage.desk.calls.clear()
    return view
