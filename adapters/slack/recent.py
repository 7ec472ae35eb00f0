"""The deliveries of late, in bounded memory: the same one again is acknowledged and dropped.

What must hold over restarts and several processes is held by the core, in the transaction of the change itself; this spares the work,
and keeps an answer that changes nothing from being shown twice.
"""

from collections import OrderedDict

from adapters.slack.limits import MAX_RECENT


class Recent:
    def __init__(self, size: int = MAX_RECENT) -> None:
        self._size = size
        self._keys: OrderedDict[str, None] = OrderedDict()

    def first(self, key: str) -> bool:
        """Whether this key is new; it is known from now on."""
        if key in self._keys:
            return False
        self._keys[key] = None
        if len(self._keys) > self._size:
            self._keys.popitem(last=False)
        return True
