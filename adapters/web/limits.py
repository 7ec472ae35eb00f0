"""The limits of the browser room. It is our own platform: each number is a choice, with its reason."""

from typing import Final

MAX_FRAME_BYTES: Final = 8 * 1024
"""A form with five long fields fits; aiohttp ends a connection that sends more (close code 1009)."""
MAX_CHAT: Final = 500
"""Letters in a chat line; as much as a typed command may have."""
MAX_PLAYER_NAME: Final = 40  # what the core clips names to (bot.ports.cards.MAX_NAME)
MAX_ROOM_NAME: Final = 40
MAX_KEY: Final = 64
"""Letters in the id that a page gives to each thing it sends."""
SNAPSHOT_MESSAGES: Final = 100
"""What a page shows when it is opened; about 200 KiB at the very most."""
MAX_WAITING_FRAMES: Final = 256
"""A page that is so far behind is let go: it connects again and is told the room as it is."""
MAX_TABS_PER_PLAYER: Final = 20
MAX_TABS: Final = 2_000
MAX_NAMES_SHOWN: Final = 30
"""Of the players who are here."""

SEND_BURST: Final = 10
SEND_PER_S: Final = 2.0
"""What one player may send, over all their pages: chat, commands, presses and forms."""
COMPLETE_BURST: Final = 30
COMPLETE_PER_S: Final = 10.0
"""Completions come as fast as one types."""
MAX_REFUSALS: Final = 20
"""In a row, for being too fast: then the connection ends."""
MAX_BUCKETS: Final = 10_000

HEARTBEAT_S: Final = 25.0
"""A page that is gone without a word is noticed within twice that."""
STOP_TIMEOUT_S: Final = 5.0
EDIT_INTERVAL_S: Final = 0.5
"""The live count of answers changes at most this often; each change is written down and sent to every page."""
