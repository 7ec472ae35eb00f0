"""A step at the database that a cancellation may follow, but not cut in two."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def unbroken(step: Coroutine[Any, Any, T]) -> T:
    """What ``step`` answers. A caller that is cancelled meanwhile is so once the step is over.

    SQLAlchemy gives up a connection whose statement is cancelled: for the one writer of a SQLite file, and more so for a database
    in memory, that would be too much.
    """
    task = asyncio.ensure_future(step)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait((task,))
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        task.exception()
        raise cancelled
    return task.result()
