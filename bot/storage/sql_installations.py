"""Installations, in SQL."""

from sqlalchemy import Column, Table, delete, select

from bot.domain.ids import CommunityId
from bot.ports.installations import Installation
from bot.storage.session import Session
from bot.storage.tables import WORDS, Instant, begins, metadata

installations = Table(
    "installations",
    metadata,
    Column("community", WORDS, primary_key=True),
    Column("sealed", WORDS, nullable=False),
    Column("installed_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
)


class SqlInstallations:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def load(self, community: CommunityId) -> Installation | None:
        row = await self._session.one(select(installations).where(installations.c.community == community))
        return Installation(CommunityId(row.community), row.sealed, row.installed_at, row.changed_at) if row else None

    async def save(self, installation: Installation) -> None:
        row = {
            "community": installation.community,
            "sealed": installation.sealed,
            "installed_at": installation.installed_at,
            "changed_at": installation.changed_at,
        }
        await self._session.put(installations, [row])

    async def remove(self, community: CommunityId) -> None:
        await self._session.run(delete(installations).where(installations.c.community == community))

    async def communities(self, *, platform: str) -> tuple[CommunityId, ...]:
        found = select(installations.c.community).where(begins(installations.c.community, f"{platform}/"))
        rows = await self._session.all(found.order_by(installations.c.community))
        return tuple(CommunityId(row.community) for row in rows)
