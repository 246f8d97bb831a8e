"""Zones: time zones as people write them, by their IANA names or by a city's."""

from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def names() -> tuple[str, ...]:
    """The zones that are offered: those of places, and UTC."""
    return (*sorted(name for name in available_timezones() if name.partition("/")[0] in AREAS), "UTC")


def words(name: str) -> str:
    """A zone as people read it: “America/New York”."""
    return name.replace("_", " ")


def read_zone(text: str) -> ZoneInfo:
    """A zone by its name, or by a city that only one has; raises ValueError with what was probably meant."""
    wanted = "_".join(text.split()).casefold()
    by_name = {name.casefold(): name for name in names()}
    cities = [name for name in names() if name.rsplit("/")[-1].casefold() == wanted]
    found = by_name.get(wanted) or (cities[0] if len(cities) == 1 else None)
    if found is None:
        raise ValueError(f"“{text}” is not a time zone: {meant(text)}")
    try:
        return ZoneInfo(found)
    except ZoneInfoNotFoundError as no:
        raise ValueError(f"“{text}” is not on this machine: install its time zone data.") from no


def meant(text: str) -> str:
    """What was probably meant by what is no time zone."""
    known = sorted(available_timezones())
    by_name = {name.rsplit("/")[-1].casefold(): name for name in known} | {name.casefold(): name for name in known}
    close = get_close_matches("_".join(text.split()).casefold(), by_name, n=1)
    return f"did you mean {by_name[close[0]]}?" if close else "write one such as Europe/London."
