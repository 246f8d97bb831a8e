"""People and channels as objects of Slack's API (method reference: users.info, conversations.info, example answers)."""

from adapters.playground.slack.app import App
from adapters.playground.slack.world import Json, World

COLOURS = ("9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "e0a729", "684b6c")


def person(
    world: World, key: str, name: str, real_name: str, *, admin: bool, owner: bool, tz: tuple[str, int], locale: str
) -> Json:
    """A full member of the workspace."""
    first, _, last = real_name.partition(" ")
    return {
        "id": key,
        "team_id": world.team["id"],
        "name": name,
        "deleted": False,
        "color": COLOURS[len(world.users) % len(COLOURS)],
        "real_name": real_name,
        "tz": tz[0],
        "tz_label": tz[0],
        "tz_offset": tz[1],
        "profile": {
            "title": "",
            "phone": "",
            "skype": "",
            "real_name": real_name,
            "real_name_normalized": real_name,
            "display_name": real_name,
            "display_name_normalized": real_name,
            "first_name": first,
            "last_name": last,
            "fields": {},
            "status_text": "",
            "status_text_canonical": "",
            "status_emoji": "",
            "status_emoji_display_info": [],
            "status_expiration": 0,
            "avatar_hash": "",
            "image_24": "",
            "image_32": "",
            "image_48": "",
            "image_72": "",
            "image_192": "",
            "image_512": "",
            "team": world.team["id"],
        },
        "is_admin": admin or owner,
        "is_owner": owner,
        "is_primary_owner": owner,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": False,
        "is_app_user": False,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
        "updated": world.seconds(),
        "locale": locale,
    }


def bot(world: World, app: App) -> Json:
    """The app's own user."""
    name = app.name.lower().replace(" ", "_")
    row = person(world, app.bot_user, name, app.name, admin=False, owner=False, tz=("Europe/London", 0), locale="en-GB")
    profile = {**row["profile"], "api_app_id": app.key, "bot_id": app.bot_key}
    return {**row, "is_bot": True, "is_email_confirmed": False, "profile": profile}


def channel(world: World, key: str, name: str, members: list[str], *, private: bool, topic: str) -> Json:
    """A public or private channel; `members` is only on the board, the API asks for it separately."""
    creator = members[0] if members else ""
    return {
        "id": key,
        "name": name.removeprefix("#"),
        "is_channel": not private,
        "is_group": private,
        "is_im": False,
        "is_mpim": False,
        "is_private": private,
        "created": world.seconds(),
        "is_archived": False,
        "is_general": name.removeprefix("#") == "general",
        "unlinked": 0,
        "name_normalized": name.removeprefix("#"),
        "is_shared": False,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "context_team_id": world.team["id"],
        "updated": world.seconds() * 1000,
        "parent_conversation": None,
        "creator": creator,
        "is_ext_shared": False,
        "shared_team_ids": [world.team["id"]],
        "pending_connected_team_ids": [],
        "topic": {"value": topic, "creator": creator if topic else "", "last_set": world.seconds() if topic else 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
        "members": members,
    }
