"""How fast messages go out: about one a second and channel, and silence for as long as Slack asks for it."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final

from adapters.slack.limits import POST_INTERVAL
from bot.domain.ids import ChannelId
from bot.ports.time import Clock

_MAX_CHANNELS: Final = 20_000


class Pace:
    """A queue a channel: each post takes the next free second, in the order in which they ask."""

    def __init__(self, clock: Clock, interval: timedelta = POST_INTERVAL) -> None:
        self._clock = clock
        self._interval = interval
        self._next: OrderedDict[ChannelId, datetime] = OrderedDict()
        self._held: dict[tuple[str, str], datetime] = {}

    async def turn(self, channel: ChannelId) -> None:
        """Returns when a post to that channel may go."""
        now = self._clock.now()
        mine = max(now, self._next.pop(channel, now))
        self._next[channel] = mine + self._interval
        if len(self._next) > _MAX_CHANNELS:
            self._next.popitem(last=False)
        if mine > now:
            await self._clock.sleep_until(mine)

    def hold(self, team: str, method: str, seconds: float) -> None:
        """Slack said 429."""
        self._held[team, method] = self._clock.now() + timedelta(seconds=seconds)

    def held_s(self, team: str, method: str) -> float:
        """How long that method of that workspace must still rest; 0 if it may go."""
        until = self._held.get((team, method))
        if until is None:
            return 0.0
        left_s = (until - self._clock.now()).total_seconds()
        if left_s <= 0:
            del self._held[team, method]
            return 0.0
        return left_s
