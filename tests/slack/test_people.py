"""People: everybody's names, learnt page by page."""

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.people import PAGE, People
from adapters.slack.texts import Json
from tests.slack.stage import Stage


class Interrupted(People):
    """Slack asks for patience as soon as the first page has been learnt."""

    def __init__(self, client: AsyncWebClient, stage: Stage) -> None:
        super().__init__(client)
        self.stage = stage
        self.learnt: list[str] = []

    def learn(self, user: Json) -> None:
        super().learn(user)
        self.learnt.append(user["id"])
        if len(self.learnt) == PAGE:
            self.stage.standin.workspace.faults.switch("ratelimited", True, left=1, method="users.list", seconds=0.0)


async def test_names_are_learnt_on_from_where_slack_asked_for_patience(stage: Stage) -> None:
    """A large workspace is not listed from its beginning again and again."""
    for number in range(PAGE + 20):
        stage.standin.add_user(f"Guest {number}")
    before = len(stage.wire("users.list"))
    people = Interrupted(AsyncWebClient(stage.standin.bot_token, stage.standin.api_url), stage)
    await people.meet()
    asked = stage.wire("users.list")[before:]
    assert [row["status"] for row in asked] == [200, 429, 200]
    assert len(people.learnt) == len(set(people.learnt)) > PAGE + 20
