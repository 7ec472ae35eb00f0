"""Who installed the bot on a platform where every community gives it a token of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import CommunityId


@dataclass(frozen=True, slots=True)
class Installation:
    """``sealed`` is the adapter's own, and encrypted: a copy of the database opens nobody's workspace."""

    community: CommunityId
    sealed: str
    installed_at: datetime
    changed_at: datetime


class InstallationStore(Protocol):
    async def load(self, community: CommunityId) -> Installation | None: ...

    async def save(self, installation: Installation) -> None:
        """New or changed."""
        ...

    async def remove(self, community: CommunityId) -> None: ...

    async def communities(self, *, platform: str) -> tuple[CommunityId, ...]:
        """Everyone who has it installed, in order."""
        ...
