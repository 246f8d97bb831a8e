"""The check of the traffic can fail: what the platforms would refuse is found."""

from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.rig import Rig
from tests.scenarios.test_the_seam import publish
from tests.scenarios.traffic import problems


@pytest.fixture
def platform() -> str:
    return "slack"


async def test_what_the_platforms_do_not_describe_is_a_problem(rig: Rig, platform_specs: Path) -> None:
    """Real traffic is clean; the same with a wrong argument, a wrong component or an unknown path is not."""
    await publish(rig)
    assert problems(rig.traffic.values(), platform_specs) == []
    rows = {(row["platform"], row["what"]): dict(row) for row in rig.traffic.values() if row["direction"] == "in"}
    card: dict[str, Any] = rows["slack", "chat.postMessage"]
    message: dict[str, Any] = rows["discord", "POST /channels/{}/messages"]
    told = {(row["platform"], row["what"]): dict(row) for row in rig.traffic.values() if row["direction"] == "out"}
    submitted: dict[str, Any] = told["slack", "socket: view_submission"]
    payload = {name: one for name, one in submitted["json"]["payload"].items() if name != "view"}
    ready: dict[str, Any] = told["discord", "gateway: READY"]
    for broken in (
        {**card, "json": {**card["json"], "colour": "red"}},
        {**card, "json": {**card["json"], "blocks": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]}},
        {**card, "json": {"text": "no channel"}},
        {**card, "what": "chat.shout"},
        {**message, "json": {**message["json"], "components": [{"type": 10, "content": 7}]}},
        {**message, "answer": {"id": 7}},
        {**message, "what": "POST /channels/{}/shouts"},
        {**submitted, "json": {**submitted["json"], "payload": payload}},
        {**submitted, "what": "socket: shout", "json": {**submitted["json"], "payload": {"type": "shout"}}},
        {**ready, "json": {**ready["json"], "user": None}},
        {**ready, "what": "gateway: MESSAGE_UPDATE"},
        {**ready, "what": "gateway: MESSAGE_SHOUTED"},
    ):
        assert problems([broken], platform_specs) != [], broken["what"]
