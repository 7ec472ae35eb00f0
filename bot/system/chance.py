"""Real chance: the one place where the machine is asked for it."""

import random
import string
from collections.abc import Sequence

_TOKEN_LETTERS = string.ascii_lowercase + string.digits


class SystemChance:
    """Not to be guessed, not even by somebody who saw all that came before."""

    def __init__(self) -> None:
        self._random = random.SystemRandom()

    def token(self, length: int) -> str:
        return "".join(self._random.choice(_TOKEN_LETTERS) for _ in range(length))

    def shuffled(self, items: Sequence[int]) -> tuple[int, ...]:
        return tuple(self._random.sample(items, len(items)))
