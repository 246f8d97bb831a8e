"""Where a database is, read from its URL."""

from pathlib import Path

import pytest

from storage.errors import Unusable
from storage.urls import File, Server, read


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///data/flashmob.sqlite3", "data/flashmob.sqlite3"),
        ("sqlite:////var/lib/flashmob.sqlite3", "/var/lib/flashmob.sqlite3"),
        ("sqlite+aiosqlite:////var/lib/flashmob.sqlite3", "/var/lib/flashmob.sqlite3"),
        ("data/flashmob.sqlite3", "data/flashmob.sqlite3"),
        ("/var/lib/100% ours?.sqlite3", "/var/lib/100% ours?.sqlite3"),
    ],
)
def test_a_sqlite_url_names_a_file(url: str, path: str) -> None:
    """Three slashes before a relative path, four before an absolute one, or just the path."""
    assert read(url) == File(Path(path))


@pytest.mark.parametrize(
    ("url", "dsn"),
    [
        ("postgres://ann:p%40ss@db.example:5433/club", "postgresql://ann:p%40ss@db.example:5433/club"),
        ("postgresql+asyncpg://db/club", "postgresql://db/club"),
        ("postgresql:///club?host=/run/postgresql", "postgresql:///club?host=%2Frun%2Fpostgresql"),
        (
            "postgres://db/club?sslmode=require&channel_binding=require&application_name=bot",
            "postgresql://db/club?sslmode=require&application_name=bot",
        ),
    ],
)
def test_a_postgresql_url_is_passed_on_as_asyncpg_reads_it(url: str, dsn: str) -> None:
    """Under each of its names; what only libpq understands is left out."""
    assert read(url) == Server(dsn, patience=10)


def test_a_server_may_be_given_time_to_connect() -> None:
    """By libpq's own parameter."""
    assert read("postgres://db/club?connect_timeout=3") == Server("postgresql://db/club", patience=3)


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("mysql://db/club", "mysql:// is no database that the bot knows"),
        ("sqlite://", "A SQLite database needs a file"),
        ("sqlite:///:memory:", "A SQLite database needs a file"),
        ("", "A SQLite database needs a file"),
        ("postgres://db/club?connect_timeout=soon", "connect_timeout is a number of seconds"),
        ("postgres://db:port/club", "is no PostgreSQL URL"),
    ],
)
def test_an_unknown_url_is_refused_with_a_sentence(url: str, complaint: str) -> None:
    """Which says how to write one."""
    with pytest.raises(Unusable, match=complaint):
        read(url)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgres://ann:secret@db.example:5433/club", "The PostgreSQL database club on db.example"),
        ("postgres://ann:secret@/club?host=/run/postgresql", "The PostgreSQL database club on /run/postgresql"),
        ("sqlite:////var/lib/flashmob.sqlite3", "The SQLite file /var/lib/flashmob.sqlite3"),
    ],
)
def test_a_password_is_never_shown(url: str, shown: str) -> None:
    """A database is called by what an operator knows it by."""
    assert str(read(url)) == shown
