"""Where Discord's API is. discord.py keeps the address in its classes, for the whole process: so there is one place that changes it."""

from typing import Final

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route

OWN_API: Final = Route.BASE
OWN_EVENTS: Final = DiscordWebSocket.DEFAULT_GATEWAY


def move_api(base: str) -> None:
    """Every request goes there from now on, answers to interactions included; empty: to Discord itself."""
    Route.BASE = base or OWN_API


async def move_events(http: HTTPClient) -> None:
    """The connection for events is where the API says: discord.py asks only where it chooses the number of shards itself."""
    _, address, _ = await http.get_bot_gateway()
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address)


def move_back() -> None:
    Route.BASE = OWN_API
    DiscordWebSocket.DEFAULT_GATEWAY = OWN_EVENTS
