"""One process a SQLite file: a lock beside it that the system itself lets go of, however the process ends."""

import fcntl
import os
from pathlib import Path

from bot.domain.errors import StorageError


class DatabaseLock:
    """Held from its making until :meth:`release`. Raises :class:`StorageError` if another process holds it."""

    def __init__(self, database: Path) -> None:
        path = database.with_name(database.name + ".lock")
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise StorageError(f"{path} cannot be written: {error.strerror}; mend the folder's rights") from error
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            owner = os.pread(self._handle, 32, 0).decode(errors="replace").strip()
            os.close(self._handle)
            raise StorageError(
                f"{database} is in use by another lalabot (process {owner or 'unknown'}): stop that one, "
                "or set DATABASE_URL to a PostgreSQL database, which several processes can share"
            ) from error
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, str(os.getpid()).encode(), 0)

    def release(self) -> None:
        """The file stays: removing it would let two processes lock two files of one name."""
        os.close(self._handle)
