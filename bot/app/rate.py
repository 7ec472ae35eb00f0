"""How much one person may ask for: a bucket of tokens each, in bounded memory."""

from collections import OrderedDict
from datetime import datetime
from typing import Final

from bot.domain.ids import PlayerId

BURST: Final = 12
PER_SECOND: Final = 3.0
MAX_PLAYERS: Final = 50_000


class RateLimit:
    """``BURST`` calls at once, then ``PER_SECOND``."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[PlayerId, tuple[float, datetime]] = OrderedDict()

    def allows(self, player: PlayerId, now: datetime) -> bool:
        tokens, since = self._buckets.pop(player, (float(BURST), now))
        # Never fewer: the clock may have been set back.
        tokens = min(BURST, tokens + max(0.0, (now - since).total_seconds()) * PER_SECOND)
        allowed = tokens >= 1
        self._buckets[player] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > MAX_PLAYERS:
            self._buckets.popitem(last=False)
        return allowed
