"""The messages that the bot owes, in SQL."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Row,
    and_,
    bindparam,
    case,
    delete,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    update,
)

from bot.domain.ids import ChannelId, MessageRef
from bot.ports.store import Post, PostOutcome, PostState, StoredPost
from bot.storage.codec import decode_card, encode_card
from bot.storage.session import Session
from bot.storage.tables import begins, posts

_WAITING: Final[tuple[ColumnElement[str], ...]] = tuple(
    literal_column(f"'{state}'") for state in (PostState.DUE, PostState.SENDING)
)
"""Spelt out, for a partial index serves no parameter."""


POSTS_KEPT: Final = timedelta(days=30)
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


class SqlPosts:
    """``due_at`` is when a DUE post may be tried, and when a SENDING one's lease runs out."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, owed: Sequence[Post], *, now: datetime) -> None:
        rows = [
            {
                "key": post.key,
                "channel": post.channel,
                "card": encode_card(post.card) if post.card else "",
                "subject": post.subject,
                "edits": post.edits,
                "expires_at": post.expires_at,
                "state": PostState.DUE,
                "attempts": 0,
                "due_at": now,
                "error": "",
            }
            for post in owed
        ]
        await self._session.add_missing(posts, rows)

    async def load(self, key: str) -> StoredPost | None:
        row = await self._session.one(_with_target().where(posts.c.key == key))
        return _stored(row) if row else None

    async def claim(
        self, *, now: datetime, lease_until: datetime, channels: Collection[ChannelId] | None, limit: int
    ) -> tuple[StoredPost, ...]:
        values = {"now": now, "most": limit}
        if channels is None:
            ready, found = _READY, values
        else:
            ready, found = _READY_IN, values | {"channels": list(channels)}
        before = {row.id: row for row in await self._session.all(self._session.held(ready), found)}
        taken = await self._take(list(before), now, lease_until) if before else []
        rows = await self._session.all(_WITH_TARGETS, {"ids": taken}) if taken else ()
        return tuple(_stored(row, state=before[row.id].state, due_at=before[row.id].due_at) for row in rows)

    async def _take(self, ids: list[int], now: datetime, lease_until: datetime) -> list[int]:
        """Looks again, now that nobody else can take them: an earlier post may have been taken while this waited for the rows."""
        values = {"ids": ids, "now": now, "lease": lease_until, "sending": PostState.SENDING}
        return [row.id for row in await self._session.all(_TAKE, values)]

    async def settle(self, outcomes: Sequence[PostOutcome]) -> None:
        rows = [
            {
                "of": outcome.key,
                "outcome": outcome.state,
                "reference": outcome.message,
                "sent_at": outcome.posted_at,
                "again_at": outcome.retry_at,
                "why": outcome.error,
            }
            for outcome in outcomes
        ]
        if rows:
            await self._session.run(_SETTLE, rows)

    async def prune(self, *, now: datetime, limit: int) -> int:
        pruned = await self._session.run(_PRUNE, {"before": now - POSTS_KEPT, "most": limit})
        return pruned.rowcount

    async def end_leases(self, *, now: datetime) -> None:
        sending = and_(posts.c.state.in_(_WAITING), posts.c.state == PostState.SENDING, posts.c.due_at > now)
        await self._session.run(update(posts).where(sending).values(due_at=now))

    async def bring_forward(self, *, now: datetime, retry_at: datetime, lease_until: datetime) -> None:
        waiting = update(posts).where(posts.c.state.in_(_WAITING))
        is_due = posts.c.state == PostState.DUE
        await self._session.run(waiting.where(is_due, posts.c.due_at > retry_at).values(due_at=now))
        await self._session.run(waiting.where(~is_due, posts.c.due_at > lease_until).values(due_at=_LONG_AGO))

    async def waiting_channels(self, *, now: datetime, platforms: Collection[str], limit: int) -> tuple[ChannelId, ...]:
        oldest = func.min(posts.c.id)
        theirs = or_(false(), *(begins(posts.c.channel, f"{platform}/") for platform in platforms))
        found = select(posts.c.channel).where(_IS_READY, theirs).group_by(posts.c.channel).order_by(oldest).limit(limit)
        return tuple(ChannelId(row.channel) for row in await self._session.all(found, {"now": now}))


_outcome = bindparam("outcome", type_=posts.c.state.type)
_SETTLE: Final = (
    update(posts)
    .where(posts.c.key == bindparam("of"))
    .values(
        state=_outcome,
        card=case((_outcome.in_(_WAITING), posts.c.card), else_=""),
        error=bindparam("why"),
        message=func.coalesce(bindparam("reference", type_=posts.c.message.type), posts.c.message),
        posted_at=func.coalesce(bindparam("sent_at", type_=posts.c.posted_at.type), posts.c.posted_at),
        due_at=func.coalesce(bindparam("again_at", type_=posts.c.due_at.type), posts.c.due_at),
    )
)


_earlier = posts.alias("earlier")
_AGE: Final = posts.c.id + 0
"""In the order in which they were added, but not by walking through all posts in that order, as SQLite would by their bare ids."""


_now = bindparam("now", type_=posts.c.due_at.type)
_behind = exists().where(
    _earlier.c.channel == posts.c.channel,
    _earlier.c.id < posts.c.id,
    _earlier.c.state.in_(_WAITING),
    _earlier.c.due_at > _now,
)
_IS_READY: Final = and_(posts.c.state.in_(_WAITING), posts.c.due_at <= _now, ~_behind)
"""Due, and no earlier post of its channel has to wait."""
_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
# Made once each: to make a statement costs as much as to run it.
_READY: Final = (
    select(posts.c.id, posts.c.state, posts.c.due_at)
    .where(_IS_READY)
    .order_by(_AGE)
    .limit(bindparam("most", type_=Integer))
)
_READY_IN: Final = _READY.where(posts.c.channel.in_(bindparam("channels", expanding=True)))
_TAKE: Final = (
    update(posts)
    .where(posts.c.id.in_(_IDS), _IS_READY)
    .values(
        state=bindparam("sending"),
        attempts=posts.c.attempts + 1,
        due_at=bindparam("lease", type_=posts.c.due_at.type),
    )
    .returning(posts.c.id)
)


_target = posts.alias("target")


def _with_target() -> Any:  # noqa: ANN401 - a select of two tables' columns
    """Posts with the message that they are, or that they change."""
    joined = posts.outerjoin(_target, _target.c.key == posts.c.edits)
    return select(posts, _target.c.message.label("target_message")).select_from(joined)


_old = (
    select(posts.c.id)
    .where(posts.c.state.not_in(_WAITING), posts.c.due_at < bindparam("before", type_=posts.c.due_at.type))
    .order_by(posts.c.due_at)
    .limit(bindparam("most", type_=Integer))
)
_PRUNE: Final = delete(posts).where(posts.c.id.in_(_old.scalar_subquery()))
_WITH_TARGETS: Final = _with_target().where(posts.c.id.in_(_IDS)).order_by(posts.c.id)


def _stored(row: Row[Any], *, state: str | None = None, due_at: datetime | None = None) -> StoredPost:
    """``state`` and ``due_at``: as they were before it was claimed."""
    card = decode_card(row.card) if row.card else None
    post = Post(row.key, ChannelId(row.channel), card, row.subject, row.edits, row.expires_at)
    message = row.message if row.edits is None else row.target_message
    return StoredPost(
        post,
        PostState(state or row.state),
        row.attempts,
        MessageRef(message) if message else None,
        row.posted_at,
        due_at or row.due_at,
    )
