"""The hold on a SQLite file: one bot at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from storage.errors import Unusable
from storage.urls import File, read


class AlreadyRunning(Exception):
    """Another process works with this file; the message says which and what to do."""


@contextmanager
def hold(url: str) -> Iterator[bool]:
    """Keep every other bot away from this database; True when that is so, False on PostgreSQL, which many may share.

    The hold ends with the process, however it ends: a lock file that lies about hinders nobody.
    """
    where = read(url)
    if not isinstance(where, File):
        yield False
        return
    database = where.path.resolve()
    lock = database.with_name(f"{database.name}.lock")
    try:
        file = lock.open("a+", encoding="ascii")
    except OSError as error:
        raise Unusable(f"{lock} cannot be written ({error.strerror}): make the folder, or its files, ours.") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise AlreadyRunning(
                f"Another bot is running with {database} (process {file.read().strip() or 'unknown'}). "
                "Stop that one first, or give this one a database of its own."
            ) from None
        except OSError as error:
            raise Unusable(f"{lock} cannot be locked ({error.strerror}): keep the database on a local disk.") from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield True
