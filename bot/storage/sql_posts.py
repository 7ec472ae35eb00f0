"""The messages that the bot owes, in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select, update

from bot.domain.ids import ChannelId, MessageRef
from bot.ports.store import Post, PostState, StoredPost
from bot.storage.codec import decode_card, encode_card
from bot.storage.session import Session
from bot.storage.tables import posts

_WAITING = (PostState.DUE, PostState.SENDING)


class SqlPosts:
    """``due_at`` is when a DUE post may be tried, and when a SENDING one's lease runs out."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, owed: Sequence[Post], *, now: datetime) -> None:
        rows = (
            {
                "key": post.key,
                "channel": post.channel,
                "card": encode_card(post.card),
                "subject": post.subject,
                "edits": post.edits,
                "expires_at": post.expires_at,
                "state": PostState.DUE,
                "attempts": 0,
                "due_at": now,
                "error": "",
            }
            for post in owed
        )
        await self._session.add_new(posts, *rows)

    async def load(self, key: str) -> StoredPost | None:
        row = await self._session.one(_with_target().where(posts.c.key == key))
        return _stored(row) if row else None

    async def claim(
        self, *, now: datetime, lease_until: datetime, channel: ChannelId | None, limit: int
    ) -> tuple[StoredPost, ...]:
        ready = await self._ready(now, channel, limit)
        if not ready:
            return ()
        ids = [row.id for row in ready]
        await self._session.run(
            update(posts)
            .where(posts.c.id.in_(ids))
            .values(state=PostState.SENDING, attempts=posts.c.attempts + 1, due_at=lease_until)
        )
        rows = {row.id: row for row in await self._session.all(_with_target().where(posts.c.id.in_(ids)))}
        return tuple(_stored(rows[row.id], state=PostState(row.state)) for row in ready)

    async def _ready(self, now: datetime, channel: ChannelId | None, limit: int) -> list[Row[Any]]:
        """What may be sent now, oldest first: nothing behind an earlier post of its channel that still has to wait."""
        found = select(posts.c.id, posts.c.channel, posts.c.state, posts.c.due_at).where(posts.c.state.in_(_WAITING))
        if channel is not None:
            found = found.where(posts.c.channel == channel)
        rows = await self._session.all(self._session.locked(found.order_by(posts.c.id).limit(limit * 4)))
        blocked: set[str] = set()
        ready = []
        for row in rows:
            if row.due_at > now:
                blocked.add(row.channel)
            elif row.channel not in blocked:
                ready.append(row)
        return ready[:limit]

    async def settle(
        self,
        key: str,
        state: PostState,
        *,
        message: MessageRef | None = None,
        posted_at: datetime | None = None,
        retry_at: datetime | None = None,
        error: str = "",
    ) -> None:
        values: dict[str, Any] = {"state": state, "error": error}
        if message is not None:
            values |= {"message": message, "posted_at": posted_at}
        if retry_at is not None:
            values["due_at"] = retry_at
        await self._session.run(update(posts).where(posts.c.key == key).values(values))

    async def end_leases(self) -> None:
        await self._session.run(
            update(posts)
            .where(posts.c.state == PostState.SENDING)
            .values(due_at=datetime.fromisoformat("1970-01-01T00:00Z"))
        )

    async def waiting_channels(self, *, now: datetime, limit: int) -> tuple[ChannelId, ...]:
        waiting: ColumnElement[bool] = and_(posts.c.state.in_(_WAITING), posts.c.due_at <= now)
        oldest = func.min(posts.c.id)
        found = select(posts.c.channel).where(waiting).group_by(posts.c.channel).order_by(oldest).limit(limit)
        return tuple(ChannelId(row.channel) for row in await self._session.all(found))


_target = posts.alias("target")


def _with_target() -> Any:  # noqa: ANN401 - a select of two tables' columns
    """Posts with the message that they are, or that they change."""
    joined = posts.outerjoin(_target, _target.c.key == posts.c.edits)
    return select(posts, _target.c.message.label("target_message")).select_from(joined)


def _stored(row: Row[Any], *, state: PostState | None = None) -> StoredPost:
    post = Post(row.key, ChannelId(row.channel), decode_card(row.card), row.subject, row.edits, row.expires_at)
    message = row.message if row.edits is None else row.target_message
    return StoredPost(
        post, state or PostState(row.state), row.attempts, MessageRef(message) if message else None, row.posted_at
    )
