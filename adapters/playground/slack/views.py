"""Views: modals in their stacks of three, App Home, and what people have typed in them (docs: Modals, Views)."""

import json
from copy import deepcopy
from secrets import token_hex
from typing import Any

from adapters.playground.impossible import Impossible
from adapters.playground.slack.app import App
from adapters.playground.slack.blocks import Surface, problems_of_view
from adapters.playground.slack.posts import identified
from adapters.playground.slack.refused import Refused
from adapters.playground.slack.state import kept, states
from adapters.playground.slack.world import Json, World

MOST_STACKED = 3
LARGEST_VIEW = 250_000
TROUBLE = "We had some trouble connecting. Try again?"
"""What the person reads in a modal whose submission was not acknowledged, or was answered with nonsense."""


class Views:
    """Every open modal and every published home."""

    def __init__(self, world: World, app: App) -> None:
        self._world = world
        self._app = app
        self._stacks: dict[str, list[Json]] = {}
        self._homes: dict[str, Json] = {}

    # --- what the app does -----------------------------------------------------------------------------------------

    def open(self, user: str, told: Any) -> Json:
        """Open a modal, in place of any that is open."""
        checked(told, "modal")
        self._external(told, None)
        self.clear(user)
        return self._put_on_top(user, told)

    def push(self, user: str, told: Any) -> Json:
        """Lay a modal on those that are open; three are the most."""
        checked(told, "modal")
        self._external(told, None)
        if len(self._stacks.get(user, [])) >= MOST_STACKED:
            raise Refused("push_limit_reached")
        return self._put_on_top(user, told)

    def update(self, view_id: str | None, external_id: str | None, told: Any, known: str | None) -> Json:
        """Replace a view's content; what was typed stays in inputs that keep their ids."""
        view = next((one for one in self._all() if _is(one, view_id, external_id)), None)
        if view is None:
            raise Refused("not_found")
        if known is not None and known != view["hash"]:
            raise Refused("hash_conflict")
        return self.replace(view, told)

    def replace(self, view: Json, told: Any) -> Json:
        checked(told, view["type"])
        self._external(told, view["id"])
        before = deepcopy(view)
        fields = {name: value for name, value in self._filled(told).items() if name not in ("id", "root_view_id")}
        view.update({**fields, "previous_view_id": before.get("previous_view_id")})
        view["state"] = {"values": kept(before["state"]["values"], before["blocks"], view["blocks"])}
        self.show(view["id"])
        return view

    def publish(self, user: str, told: Any, known: str | None) -> Json:
        """Show this in the person's App Home."""
        checked(told, "home")
        home = self._homes.get(user)
        if known is not None and (home is None or known != home["hash"]):
            raise Refused("hash_conflict")
        self._external(told, home["id"] if home else None)
        key = home["id"] if home else self._world.key("V")
        self._homes[user] = {"id": key, **self._filled(told), "root_view_id": key, "previous_view_id": None}
        self.show(key)
        return self._homes[user]

    # --- what the person has before them ---------------------------------------------------------------------------

    def found(self, user: str, key: str) -> Json:
        """The person's open modal or home of this id."""
        home = self._homes.get(user)
        view = next((one for one in self._stacks.get(user, []) if one["id"] == key), None)
        if view is None and home is not None and home["id"] == key:
            view = home
        if view is None:
            raise Impossible("That form is no longer open.")
        return view

    def on_top(self, user: str, key: str) -> Json:
        """The person's modal of this id, which must be the one in front."""
        view = self.found(user, key)
        if view["type"] == "modal" and self._stacks[user][-1] is not view:
            raise Impossible("Another form lies in front of that one.")
        return view

    def waiting(self, user: str, key: str) -> bool:
        """Whether a modal waits for the app to answer its submission."""
        row = self._world.board.get(f"slack/view/{user}/{key}")
        return row is not None and row["state"] == "waiting"

    def home(self, user: str) -> Json | None:
        return self._homes.get(user)

    def depth(self, user: str) -> int:
        return len(self._stacks.get(user, []))

    def owner(self, view_id: str) -> str | None:
        for user, stack in self._stacks.items():
            if any(one["id"] == view_id for one in stack):
                return user
        return next((user for user, one in self._homes.items() if one["id"] == view_id), None)

    def close(self, user: str, key: str) -> None:
        """Take the view off the stack; the one below comes to the front again."""
        self._stacks[user] = [one for one in self._stacks[user] if one["id"] != key]
        self._world.board.drop(f"slack/view/{user}/{key}")

    def clear(self, user: str) -> list[Json]:
        """Close the whole stack."""
        stack = self._stacks.pop(user, [])
        for view in stack:
            self._world.board.drop(f"slack/view/{user}/{view['id']}")
        return stack

    def show(self, key: str, *, state: str = "open", errors: Json | None = None, trouble: str | None = None) -> None:
        """Show a view as it is now; a modal that waits for its submission cannot be used meanwhile."""
        user = self.owner(key)
        if user is None:
            return
        home = self._homes.get(user)
        if home is not None and home["id"] == key:
            self._world.board.put(f"slack/home/{user}", deepcopy(home))
            return
        for depth, view in enumerate(self._stacks[user], 1):
            if view["id"] == key:
                row = {
                    "view": deepcopy(view),
                    "depth": depth,
                    "state": state,
                    "errors": errors or {},
                    "trouble": trouble,
                }
                self._world.board.put(f"slack/view/{user}/{key}", row)

    # --- how views are made ----------------------------------------------------------------------------------------

    def _put_on_top(self, user: str, told: Json) -> Json:
        stack = self._stacks.setdefault(user, [])
        key = self._world.key("V")
        root, before = (stack[0]["id"], stack[-1]["id"]) if stack else (key, None)
        view = {"id": key, **self._filled(told), "root_view_id": root, "previous_view_id": before}
        stack.append(view)
        self.show(key)
        return view

    def _filled(self, told: Json) -> Json:
        """What was told, with everything that Slack adds (method reference: views.open, example answer)."""
        blocks = identified(told["blocks"])
        view: Json = {
            "team_id": self._world.team["id"],
            "type": told["type"],
            "blocks": blocks,
            "private_metadata": told.get("private_metadata", ""),
            "callback_id": told.get("callback_id", ""),
            "state": {"values": states(blocks, {})},
            "hash": f"{self._world.ts()}.{token_hex(4)}",
            "clear_on_close": told.get("clear_on_close", False),
            "notify_on_close": told.get("notify_on_close", False),
            "external_id": told.get("external_id", ""),
            "app_id": self._app.key,
            "app_installed_team_id": self._world.team["id"],
            "bot_id": self._app.bot_key,
            "title": _full(told.get("title")),
            "close": _full(told.get("close")),
            "submit": _full(told.get("submit")),
        }
        if told["type"] == "home":
            view["title"] = _full({"type": "plain_text", "text": self._app.name})
        return view

    def _external(self, told: Json, own: str | None) -> None:
        key = told.get("external_id")
        if key and any(one["external_id"] == key and one["id"] != own for one in self._all()):
            raise Refused("duplicate_external_id")

    def _all(self) -> list[Json]:
        return [view for stack in self._stacks.values() for view in stack] + list(self._homes.values())


def checked(told: Any, surface: Surface) -> None:
    """Refuse a view that Slack would refuse; for views the code is `invalid_arguments`, with the same sentences."""
    problems = problems_of_view(told, surface)
    if problems:
        raise Refused("invalid_arguments", problems)
    if len(json.dumps(told)) > LARGEST_VIEW:
        raise Refused("view_too_large")


def _is(view: Json, view_id: str | None, external_id: str | None) -> bool:
    return view["id"] == view_id if view_id else bool(external_id) and view["external_id"] == external_id


def _full(text: Json | None) -> Json | None:
    return None if text is None else {"emoji": True, **text}
