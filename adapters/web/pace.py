"""How fast one player may send: a bucket of tokens each, in bounded memory."""

from collections import OrderedDict
from datetime import datetime

from adapters.web.limits import MAX_BUCKETS
from bot.domain.ids import PlayerId


class Pace:
    """``burst`` at once, then ``per_s``."""

    def __init__(self, *, burst: int, per_s: float) -> None:
        self._burst = float(burst)
        self._per_s = per_s
        self._buckets: OrderedDict[PlayerId, tuple[float, datetime]] = OrderedDict()

    def allows(self, player: PlayerId, now: datetime) -> bool:
        tokens, since = self._buckets.pop(player, (self._burst, now))
        tokens = min(self._burst, tokens + (now - since).total_seconds() * self._per_s)
        allowed = tokens >= 1
        self._buckets[player] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > MAX_BUCKETS:
            self._buckets.popitem(last=False)
        return allowed
