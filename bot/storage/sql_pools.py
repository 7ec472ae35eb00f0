"""Pools, cursors and what was told lately, in SQL."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import delete, select

from bot.domain.ids import ChannelId, PackId
from bot.domain.selection import Cursor
from bot.storage.session import Session
from bot.storage.tables import cursors, pool_order, recent

RECENT_KEPT: Final = 16


class SqlCursors:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def ordered(self, pack: PackId, pool: str, items: Sequence[str]) -> tuple[str, ...]:
        known = await self._known(pack, pool)
        seen = set(known)
        fresh = [item for item in items if item not in seen]
        if fresh:
            rows = [{"pack": pack, "pool": pool, "item": item} for item in fresh]
            await self._session.add_missing(pool_order, rows)
            known = await self._known(pack, pool)
        wanted = set(items)
        return tuple(item for item in known if item in wanted)

    async def _known(self, pack: PackId, pool: str) -> list[str]:
        found = select(pool_order.c.item).where(pool_order.c.pack == pack, pool_order.c.pool == pool)
        return [row.item for row in await self._session.all(found.order_by(pool_order.c.id))]

    async def load(self, channel: ChannelId, pool: str) -> Cursor:
        row = await self._session.one(
            self._session.held(select(cursors).where(cursors.c.channel == channel, cursors.c.pool == pool))
        )
        return Cursor(row.epoch, row.size, row.drawn, row.offset) if row else Cursor()

    async def save(self, channel: ChannelId, pool: str, cursor: Cursor) -> None:
        row = {
            "channel": channel,
            "pool": pool,
            "epoch": cursor.epoch,
            "size": cursor.size,
            "drawn": cursor.drawn,
            "offset": cursor.offset,
        }
        await self._session.put(cursors, [row])

    async def recent(self, channel: ChannelId) -> tuple[str, ...]:
        found = select(recent.c.item).where(recent.c.channel == channel).order_by(recent.c.id.desc())
        return tuple(row.item for row in await self._session.all(found.limit(RECENT_KEPT)))

    async def add_recent(self, channel: ChannelId, item: str) -> None:
        told = (recent.c.channel == channel, recent.c.item == item)
        await self._session.run(delete(recent).where(*told))
        await self._session.add_new(recent, {"channel": channel, "item": item})
        newest = select(recent.c.id).where(recent.c.channel == channel).order_by(recent.c.id.desc())
        oldest_kept = newest.offset(RECENT_KEPT - 1).limit(1).scalar_subquery()
        await self._session.run(delete(recent).where(recent.c.channel == channel, recent.c.id < oldest_kept))
