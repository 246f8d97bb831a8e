"""Where a database is, read from its URL."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from storage.errors import Unusable


@dataclass(frozen=True, slots=True)
class File:
    """A SQLite file."""

    path: Path

    def __str__(self) -> str:
        return f"The SQLite file {self.path}"


@dataclass(frozen=True, slots=True)
class Server:
    """A database on a PostgreSQL server: the URL as asyncpg reads it, and how long connecting may take, in seconds."""

    dsn: str
    patience: int

    def __str__(self) -> str:
        parts = urlsplit(self.dsn)
        host = parts.hostname or dict(parse_qsl(parts.query)).get("host", "localhost")
        return f"The PostgreSQL database {parts.path.lstrip('/')} on {host}"


# What libpq and hosting firms write into URLs and asyncpg would pass on to the server, which would refuse it.
_NOT_FOR_US = {
    "channel_binding",
    "connect_timeout",
    "fallback_application_name",
    "gssencmode",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "requirepeer",
    "sslcompression",
    "sslsni",
    "tcp_user_timeout",
}
_CONNECTING = "10"


def read(url: str) -> File | Server:
    """`sqlite:///file`, the path of a file, `postgres://…` or `postgresql://…`; raises Unusable."""
    scheme, slashes, rest = url.partition("://")
    if not slashes:
        return _file(url)
    match scheme.partition("+")[0].lower():
        case "sqlite":
            return _file(rest.partition("/")[2])
        case "postgres" | "postgresql":
            return _server(rest)
        case _:
            raise Unusable(f"{scheme}:// is no database that the bot knows: use sqlite:/// or postgresql://.")


def _file(path: str) -> File:
    if path in ("", ":memory:"):
        raise Unusable("A SQLite database needs a file, after three slashes: sqlite:///folder/name.sqlite3.")
    return File(Path(path).expanduser())


def _server(rest: str) -> Server:
    try:
        parts = urlsplit(f"postgresql://{rest}")
        _ = parts.port
    except ValueError as error:
        raise Unusable(
            f"This is no PostgreSQL URL ({error}): write postgresql://name:password@host/database."
        ) from error
    asked = parse_qsl(parts.query)
    patience = dict(asked).get("connect_timeout", _CONNECTING)
    if not patience.isdecimal():
        raise Unusable(f"In the database's URL, connect_timeout is a number of seconds, not {patience}.")
    kept = urlencode([(name, value) for name, value in asked if name not in _NOT_FOR_US])
    return Server(f"postgresql://{parts.netloc}{parts.path}{'?' * bool(kept)}{kept}", int(patience))
