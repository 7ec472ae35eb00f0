"""Words as people type them: folded for comparison, and the nearest right one for a wrong one."""

import unicodedata
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler


def fold(text: str) -> str:
    """Without case, accents and surrounding space, so that ``Música`` and ``musica`` are one word."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The known word most like the given one; ``None`` only if nothing is known."""
    words = list(known)
    if not words:
        return None
    return words[process.extractOne(fold(given), [fold(word) for word in words], scorer=JaroWinkler.similarity)[2]]
