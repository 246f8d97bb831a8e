"""Select menus in a person's hands: what can be picked, and the interaction data of a pick."""

from typing import Any

from adapters.playground.discord.refused import Json
from adapters.playground.discord.resolved import CHANNELS, ROLES, USERS, Resolved
from adapters.playground.impossible import Impossible

STRING = 3
PICKED = {5: (USERS,), 6: (ROLES,), 7: (USERS, ROLES), 8: (CHANNELS,)}
SELECTS = (STRING, *PICKED)


def picked(component: Json, values: Any, resolved: Resolved, *, empty: bool = False) -> list[str]:
    """The values of a pick, in the order of picking; as many as the menu wants, each once."""
    chosen = [values] if isinstance(values, str | int) else list(values or [])
    least, most = component["min_values"], component["max_values"]
    if len(set(map(str, chosen))) != len(chosen):
        raise Impossible("The same thing cannot be picked twice.")
    if not (empty and not chosen) and not least <= len(chosen) <= most:
        raise Impossible(f"Pick {least} to {most}." if least != most else f"Pick {least}.")
    if component["type"] == STRING:
        offered = [one["value"] for one in component["options"]]
        for one in chosen:
            if one not in offered:
                raise Impossible(f"{one} is not offered.")
        return [str(one) for one in chosen]
    keys = [resolved.pick(one, *PICKED[component["type"]]) for one in chosen]
    kinds = component.get("channel_types")
    if kinds:
        found = (resolved.json() or {}).get("channels", {})
        if any(found[key]["type"] not in kinds for key in keys):
            raise Impossible("A channel of this type cannot be picked.")
    return keys
