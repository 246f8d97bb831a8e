"""The workspace as the Web API and people's acts find it: everything that one stand-in keeps, in one place."""

from dataclasses import dataclass

from adapters.playground.slack.app import App
from adapters.playground.slack.deadlines import Deadlines
from adapters.playground.slack.events import Events
from adapters.playground.slack.faults import Faults
from adapters.playground.slack.files import Files
from adapters.playground.slack.hooks import Hooks
from adapters.playground.slack.pace import Pace
from adapters.playground.slack.sockets import Sockets
from adapters.playground.slack.triggers import Triggers
from adapters.playground.slack.views import Views
from adapters.playground.slack.world import World
from adapters.playground.time import Stopwatch
from adapters.playground.wire import Wire


@dataclass(slots=True)
class Workspace:
    """One team, one app, and what runs between them. `origin` is known once the server listens."""

    world: World
    app: App
    wire: Wire
    stopwatch: Stopwatch
    deadlines: Deadlines
    faults: Faults
    pace: Pace
    triggers: Triggers
    views: Views
    hooks: Hooks
    files: Files
    sockets: Sockets
    events: Events
    origin: str = ""
