"""A batch of guesses as two statements, insert or change, and read back: and what became of each."""

from collections.abc import Awaitable, Callable, Sequence

from bot.domain.guesses import Guess, GuessOutcome
from bot.storage.tables import to_micros

GuessRow = tuple[str, int, str, str, int | None, str | None, bool, int, int, str]
"""game, number, player, name, option, text, is_right, elapsed_ms, at, dedupe_key."""
StoredRow = tuple[str, int, str, int | None, str | None, str, str, int]
"""game, number, player, option, text, dedupe_key, first_key, changes: what stands."""
Exchange = Callable[[Sequence[GuessRow]], Awaitable[Sequence[StoredRow]]]
"""Writes in one transaction what may be written, and answers with what then stands for those players, once that is durable."""


class GuessWriter:
    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    async def write(self, batch: list[Guess]) -> list[GuessOutcome]:
        # In one order everywhere, so that two processes never wait for each other's rows.
        rows = sorted((_row(guess) for guess in batch), key=lambda row: row[:3])
        stored = {(row[0], row[1], row[2]): row for row in await self._exchange(rows)}
        return [_outcome(guess, stored.get((guess.game, guess.number, guess.player))) for guess in batch]


def first_of(row: GuessRow) -> StoredRow:
    """What stands of a guess that was the first of its player."""
    game, number, player, _, option, text, _, _, _, key = row
    return (game, number, player, option, text, key, key, 0)


def _outcome(guess: Guess, row: StoredRow | None) -> GuessOutcome:
    if row is None:
        return GuessOutcome.CLOSED
    _, _, _, option, text, key, first_key, changes = row
    if guess.dedupe_key == key or (guess.option, guess.text) == (option, text):
        return GuessOutcome.CHANGED if changes else GuessOutcome.ACCEPTED
    if guess.dedupe_key == first_key:
        return GuessOutcome.ACCEPTED
    # What stands is another answer: its one change is used, or the round was closed before this one.
    return GuessOutcome.LOCKED if changes else GuessOutcome.CLOSED


def _row(guess: Guess) -> GuessRow:
    return (
        guess.game,
        guess.number,
        guess.player,
        guess.name,
        guess.option,
        guess.text,
        guess.right,
        guess.elapsed_ms,
        to_micros(guess.at),
        guess.dedupe_key,
    )
