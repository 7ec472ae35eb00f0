"""Delivers what the bot owes: rows of ``posts``, in order within a channel, each until it is settled.

A row is written in the transaction that made it due, and claimed with a lease before it is sent. A crash in between leaves a row
SENDING: once its lease has run out it is sent again where the platform drops repeats by their key, and else marked UNCERTAIN.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.app.tasks import Tasks
from bot.domain.ids import ChannelId, MessageRef
from bot.ports.cards import Card
from bot.ports.chat import (
    ChannelGone,
    ChatGateway,
    DeliveryError,
    MessageGone,
    NotPermitted,
    Posted,
    Uncertain,
    Unreachable,
)
from bot.ports.store import Post, PostState, Store, StoredPost
from bot.ports.time import Clock

log = logging.getLogger(__name__)

LEASE: Final = timedelta(seconds=60)
BATCH: Final = 10
FIRST_RETRY_S: Final = 1.0
LONGEST_RETRY_S: Final = 300.0


@dataclass(frozen=True, slots=True)
class Settled:
    """How sending a post ended, for whoever it belongs to."""

    post: Post
    state: PostState
    posted: Posted | None = None
    error: DeliveryError | None = None


@dataclass(frozen=True, slots=True)
class _Result:
    state: PostState
    posted: Posted | None = None
    error: Exception | None = None
    retry_at: datetime | None = None


class Outbox:
    """One worker a channel with something to send, and none while there is nothing."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        tasks: Tasks,
        gateways: Mapping[str, ChatGateway],
        settled: Callable[[Settled], Awaitable[None]],
    ) -> None:
        self._store = store
        self._clock = clock
        self._tasks = tasks
        self._gateways = gateways
        self._settled = settled
        self._working: set[ChannelId] = set()
        self._again: set[ChannelId] = set()
        self._live: dict[ChannelId, tuple[str, Callable[[], Awaitable[Card | None]]]] = {}

    def gateway_of(self, channel: ChannelId) -> ChatGateway | None:
        """``None`` for a platform that this process does not run."""
        return self._gateways.get(channel.partition("/")[0])

    def kick(self, channel: ChannelId) -> None:
        """Something may be due there."""
        if channel in self._working:
            self._again.add(channel)
        elif self.gateway_of(channel) is not None:
            self._working.add(channel)
            self._tasks.spawn(self._work(channel), f"outbox {channel}")

    def edit_soon(self, channel: ChannelId, key: str, build: Callable[[], Awaitable[Card | None]]) -> None:
        """Changes the post of that key once what is due before it is sent; only the newest such change of a channel is kept.

        ``build`` answers ``None`` if the change is no longer wanted by then. It may be lost: it is never owed.
        """
        self._live[channel] = (key, build)
        self.kick(channel)

    async def _work(self, channel: ChannelId) -> None:
        try:
            await self._drain(channel)
        finally:
            self._working.discard(channel)
            if channel in self._again:
                self._again.discard(channel)
                self.kick(channel)

    async def _drain(self, channel: ChannelId) -> None:
        while True:
            now = self._clock.now()
            async with self._store.begin() as work:
                claimed = await work.posts.claim(now=now, lease_until=now + LEASE, channel=channel, limit=BATCH)
            for stored in claimed:
                await self._deliver(stored)
            if not claimed:
                if channel not in self._live:
                    return
                await self._edit_live(channel)

    async def _deliver(self, stored: StoredPost) -> None:
        result = await self._try(stored)
        posted = result.posted
        async with self._store.begin() as work:
            await work.posts.settle(
                stored.post.key,
                result.state,
                message=posted.message if posted else None,
                posted_at=posted.at if posted else None,
                retry_at=result.retry_at,
                error=str(result.error or ""),
            )
        if result.state is PostState.DUE:
            self._kick_at(stored.post.channel, result.retry_at)
            return
        error = result.error if isinstance(result.error, DeliveryError) else None
        await self._settled(Settled(stored.post, result.state, posted, error))

    async def _try(self, stored: StoredPost) -> _Result:
        gateway = self.gateway_of(stored.post.channel)
        assert gateway is not None, "only channels of gateways at hand are worked on"
        if stored.post.expires_at is not None and stored.post.expires_at <= self._clock.now():
            return _Result(PostState.FAILED, error=Unreachable("expired before it could be sent"))
        if (
            stored.state is PostState.SENDING
            and stored.post.edits is None
            and not gateway.capabilities.repeats_are_dropped
        ):
            return _Result(PostState.UNCERTAIN, error=Uncertain("interrupted while it was being sent"))
        try:
            return await self._send(gateway, stored)
        except (ChannelGone, NotPermitted, MessageGone) as refused:
            return _Result(PostState.FAILED, error=refused)
        except Unreachable as away:
            return self._retry(stored, away, away.retry_after_s)
        except Uncertain as unknown:
            if gateway.capabilities.repeats_are_dropped or stored.post.edits is not None:
                return self._retry(stored, unknown, None)
            return _Result(PostState.UNCERTAIN, error=unknown)
        except Exception as fault:
            # Ours to mend; meanwhile the channel must not stand still behind this post.
            log.exception("a post could not be made", extra={"key": stored.post.key})
            return _Result(PostState.FAILED, error=fault)

    async def _send(self, gateway: ChatGateway, stored: StoredPost) -> _Result:
        post = stored.post
        if post.edits is None:
            return _Result(PostState.SENT, await gateway.post(post.channel, post.card, key=post.key))
        if stored.message is None:
            return _Result(PostState.FAILED, error=MessageGone(f"{post.edits} was never posted"))
        await gateway.edit(post.channel, stored.message, post.card)
        return _Result(PostState.SENT)

    def _retry(self, stored: StoredPost, error: DeliveryError, after_s: float | None) -> _Result:
        backoff_s = min(FIRST_RETRY_S * 2 ** (stored.attempts - 1), LONGEST_RETRY_S)
        retry_at = self._clock.now() + timedelta(seconds=backoff_s if after_s is None else after_s)
        log.warning(
            "a post is tried again", extra={"key": stored.post.key, "why": str(error), "at": retry_at.isoformat()}
        )
        return _Result(PostState.DUE, error=error, retry_at=retry_at)

    def _kick_at(self, channel: ChannelId, when: datetime | None) -> None:
        async def kick() -> None:
            self.kick(channel)

        self._tasks.later(self._clock, when or self._clock.now(), kick, f"retry {channel}")

    async def _edit_live(self, channel: ChannelId) -> None:
        key, build = self._live.pop(channel)
        gateway = self.gateway_of(channel)
        card = await build()
        if card is None or gateway is None:
            return
        message = await self.message_of(key)
        if message is not None:
            try:
                await gateway.edit(channel, message, card)
            except DeliveryError as error:
                log.info("a live edit was lost", extra={"key": key, "why": str(error)})

    async def message_of(self, key: str) -> MessageRef | None:
        """Where the post of that key stands; ``None`` while it is not sent."""
        async with self._store.view() as work:
            stored = await work.posts.load(key)
        return stored.message if stored else None
