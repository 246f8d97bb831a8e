"""The seal: makes names into seals that only the holder of its key can match to names again."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from storage.errors import Unusable

SHORTEST = 32
"""Characters that a key has at least."""


class Seal:
    """Presses names by HMAC-SHA-256. Whoever has the key can press every name again, and so find out whose one is."""

    def __init__(self, key: str) -> None:
        if len(key) < SHORTEST:
            raise Unusable(f"The key for secret polls has {len(key)} characters; it needs {SHORTEST} or more.")
        self._key = key.encode()

    @property
    def mark(self) -> str:
        """What tells this key from every other, and tells nothing else."""
        return self.press("mark")[:16]

    def press(self, name: str) -> str:
        return hmac.new(self._key, name.encode(), hashlib.sha256).hexdigest()


def kept(path: Path) -> Seal:
    """The seal whose key is kept in a file that only we may read; a new one where there is no file yet."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        pass
    except OSError as error:
        raise Unusable(f"The key for secret polls cannot be kept in {path}: {error.strerror}.") from error
    try:
        return Seal(path.read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"The key for secret polls cannot be read from {path}: {error}.") from error
