"""auth.*, apps.*, users.*, bots.*, team.*: who the app is and who is there (method reference)."""

from copy import deepcopy

from adapters.playground.slack.refused import Refused
from adapters.playground.slack.workspace import Workspace
from adapters.playground.slack.world import Json

MOST_LISTED = 1000


async def auth_test(w: Workspace, args: Json) -> Json:
    bot = w.world.users[w.app.bot_user]
    return {
        "url": w.world.team["url"],
        "team": w.world.team["name"],
        "user": bot["name"],
        "team_id": w.world.team["id"],
        "user_id": bot["id"],
        "bot_id": w.app.bot_key,
        "is_enterprise_install": False,
    }


async def connections_open(w: Workspace, args: Json) -> Json:
    if w.faults.strikes("refused_open"):
        raise Refused("internal_error")
    return {"url": f"{w.origin.replace('http', 'ws', 1)}/link/?ticket={w.sockets.ticket()}&app_id={w.app.key}"}


async def users_info(w: Workspace, args: Json) -> Json:
    user = w.world.users.get(args["user"])
    if user is None:
        raise Refused("user_not_found")
    return {"user": _with_locale(user, args)}


async def users_list(w: Workspace, args: Json) -> Json:
    shown, cursor = page(list(w.world.users.values()), args)
    return {
        "members": [_with_locale(one, args) for one in shown],
        "cache_ts": w.world.seconds(),
        "response_metadata": {"next_cursor": cursor},
    }


async def bots_info(w: Workspace, args: Json) -> Json:
    if args.get("bot", w.app.bot_key) != w.app.bot_key:
        raise Refused("bot_not_found")
    return {
        "bot": {
            "id": w.app.bot_key,
            "deleted": False,
            "name": w.app.name,
            "updated": w.world.seconds(),
            "app_id": w.app.key,
            "user_id": w.app.bot_user,
            "icons": {},
        }
    }


async def team_info(w: Workspace, args: Json) -> Json:
    team = w.world.team
    if args.get("team", team["id"]) != team["id"] or args.get("domain", team["domain"]) != team["domain"]:
        raise Refused("team_not_found")
    return {"team": deepcopy(team)}


def page(rows: list[Json], args: Json) -> tuple[list[Json], str]:
    """One page of a list, and the cursor of the next (docs: Pagination)."""
    limit = args.get("limit") or 100
    if not 1 <= limit <= MOST_LISTED:
        raise Refused("invalid_arguments", ["[ERROR] limit must be between 1 and 1000 [json-pointer:/limit]"])
    cursor = args.get("cursor") or "at:0"
    start = int(cursor[3:]) if cursor.startswith("at:") and cursor[3:].isdigit() else -1
    if start < 0 or start > len(rows):
        raise Refused("invalid_cursor")
    end = start + limit
    return rows[start:end], f"at:{end}" if end < len(rows) else ""


def _with_locale(user: Json, args: Json) -> Json:
    """A user object tells its locale only when asked (method reference: users.info, include_locale)."""
    return {name: deepcopy(value) for name, value in user.items() if name != "locale" or args.get("include_locale")}
