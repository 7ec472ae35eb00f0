"""A batch of guesses as two statements: insert or change, and read back."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, Final

from sqlalchemy import select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.guesses import Guess, GuessOutcome
from bot.storage.tables import guesses, to_micros

_SHARE: Final = {"sqlite": "", "postgresql": "FOR SHARE"}
_INSERT: Final = """
INSERT INTO guesses (game, number, player, name, option, text, is_right, elapsed_ms, at, dedupe_key, changes)
SELECT CAST(:game AS TEXT), CAST(:number AS INTEGER), CAST(:player AS TEXT), CAST(:name AS TEXT), CAST(:option AS INTEGER),
       CAST(:text AS TEXT), CAST(:is_right AS BOOLEAN), CAST(:elapsed_ms AS INTEGER), CAST(:at AS BIGINT),
       CAST(:dedupe_key AS TEXT), 0
FROM rounds WHERE game = :game AND number = :number AND is_open AND closes_at >= :at {share}
ON CONFLICT (game, number, player) DO UPDATE SET
    name = excluded.name, option = excluded.option, text = excluded.text, is_right = excluded.is_right,
    elapsed_ms = excluded.elapsed_ms, at = excluded.at, dedupe_key = excluded.dedupe_key, changes = 1
WHERE guesses.changes = 0 AND guesses.dedupe_key <> excluded.dedupe_key
  AND (guesses.option IS DISTINCT FROM excluded.option OR guesses.text IS DISTINCT FROM excluded.text)
"""

Begin = Callable[[], AbstractAsyncContextManager[AsyncConnection]]


class GuessWriter:
    """Writes through transactions that ``begin`` opens and makes durable."""

    def __init__(self, begin: Begin, dialect: str) -> None:
        self._begin = begin
        self._insert = text(_INSERT.format(share=_SHARE[dialect]))

    async def write(self, batch: list[Guess]) -> list[GuessOutcome]:
        # In one order everywhere, so that two processes never wait for each other's rows.
        rows = sorted((_row(guess) for guess in batch), key=lambda row: (row["game"], row["number"], row["player"]))
        async with self._begin() as connection:
            await connection.execute(self._insert, rows)
            keys = [(guess.game, guess.number, guess.player) for guess in batch]
            of_batch = tuple_(guesses.c.game, guesses.c.number, guesses.c.player).in_(keys)
            found = (await connection.execute(select(*_READ).where(of_batch))).all()
        stored = {(row.game, row.number, row.player): row for row in found}
        return [_outcome(guess, stored) for guess in batch]


_READ: Final = (
    guesses.c.game,
    guesses.c.number,
    guesses.c.player,
    guesses.c.option,
    guesses.c.text,
    guesses.c.dedupe_key,
    guesses.c.changes,
)


def _outcome(guess: Guess, stored: dict[Any, Any]) -> GuessOutcome:
    row = stored.get((guess.game, guess.number, guess.player))
    if row is None:
        return GuessOutcome.CLOSED
    stands = row.dedupe_key == guess.dedupe_key or (row.option == guess.option and row.text == guess.text)
    if stands:
        return GuessOutcome.CHANGED if row.changes else GuessOutcome.ACCEPTED
    # What stands is another answer: its one change is used, or the round was closed before this one.
    return GuessOutcome.LOCKED if row.changes else GuessOutcome.CLOSED


def _row(guess: Guess) -> dict[str, Any]:
    return {
        "game": guess.game,
        "number": guess.number,
        "player": guess.player,
        "name": guess.name,
        "option": guess.option,
        "text": guess.text,
        "is_right": guess.right,
        "elapsed_ms": guess.elapsed_ms,
        "at": to_micros(guess.at),
        "dedupe_key": guess.dedupe_key,
    }
