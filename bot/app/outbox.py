"""Delivers what the bot owes: rows of ``posts``, in order within a channel, each until it is settled.

A row is written in the transaction that made it due, and claimed with a lease before it is sent. A crash in between leaves a row
SENDING: once its lease has run out it is sent again where the platform still drops repeats by their key, and else marked UNCERTAIN.
Channels that have something to send at the same time share their transactions.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.app.gather import Gather
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
from bot.ports.store import Post, PostOutcome, PostState, Store, StoredPost, Work
from bot.ports.time import Clock

log = logging.getLogger(__name__)

LEASE: Final = timedelta(seconds=60)
BATCH: Final = 10
TOGETHER: Final = 16
"""So many channels share a transaction; what waits for the database meanwhile, a press above all, is not to wait long."""
BUSY: Final = 100
"""With so many channels at work no more is taken on: what is claimed must be sent within its lease, and leave room for others."""
FIRST_RETRY_S: Final = 1.0
LONGEST_RETRY_S: Final = 300.0
SURE_ATTEMPTS: Final = 4
SURE_WAIT_S: Final = 10.0
"""So many attempts, no longer apart, follow one another faster than any platform forgets a key."""


@dataclass(frozen=True, slots=True)
class Settled:
    """How sending a post ended, for whoever it belongs to."""

    post: Post
    state: PostState
    posted: Posted | None = None
    error: DeliveryError | None = None
    attempts: int = 1


class Withdrawn(DeliveryError):
    """Nobody wants it any more."""


class Expired(DeliveryError):
    """It is no longer worth sending."""


@dataclass(frozen=True, slots=True)
class Owner:
    """What those to whom posts belong, by their subjects, have to say."""

    prepare: Callable[[StoredPost], Awaitable[Card | None]]
    """The card to send now; ``None`` if the post is not wanted any more."""
    record: Callable[[Work, Sequence[Settled]], Awaitable[None]]
    """What they mean for their owners, in the transaction that settles them."""
    settled: Callable[[Settled], Awaitable[None]]
    """What follows after that."""


@dataclass(frozen=True, slots=True)
class _Claimed:
    posts: tuple[StoredPost, ...]
    may_be_more: bool


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
        owner: Owner,
    ) -> None:
        self._store = store
        self._clock = clock
        self._tasks = tasks
        self._gateways = gateways
        self._owner = owner
        self._claims = Gather(tasks, "claims", self._claim, at_most=TOGETHER)
        self._outcomes = Gather(tasks, "outcomes", self._settle, at_most=TOGETHER)
        self.bulk = asyncio.Lock()
        """Held by whoever writes many rows at once, so that a press waits for one of them at most."""
        self._working: set[ChannelId] = set()
        self._again: set[ChannelId] = set()
        self._live: dict[ChannelId, tuple[str, Callable[[], Awaitable[Card | None]]]] = {}

    def gateway_of(self, channel: ChannelId) -> ChatGateway | None:
        """``None`` for a platform that this process does not run."""
        return self._gateways.get(channel.partition("/")[0])

    @property
    def room(self) -> int:
        """How many more channels may be kicked at will."""
        return max(0, BUSY - len(self._working))

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
            claimed = await self._claims(channel)
            until = self._clock.now() + LEASE / 2
            for stored in claimed.posts:
                # A slow platform: another process must not find the lease of the rest run out.
                await (self._deliver(stored) if self._clock.now() < until else self._put_back(stored))
            if claimed.may_be_more:
                continue
            if channel not in self._live:
                return
            await self._edit_live(channel)

    async def _claim(self, channels: list[ChannelId]) -> list[_Claimed]:
        now, limit = self._clock.now(), BATCH * len(channels)
        async with self.bulk, self._store.begin() as work:
            claimed = await work.posts.claim(now=now, lease_until=now + LEASE, channels=channels, limit=limit)
        of_channel: dict[ChannelId, list[StoredPost]] = {channel: [] for channel in channels}
        for stored in claimed:
            of_channel[stored.post.channel].append(stored)
        return [_Claimed(tuple(posts), len(claimed) == limit) for posts in of_channel.values()]

    async def _deliver(self, stored: StoredPost) -> None:
        result = await self._try(stored)
        await self._outcomes((stored, result))
        if result.state in _OWED:
            self._kick_at(stored.post.channel, result.retry_at)
            return
        try:
            await self._owner.settled(_settled(stored, result))
        except Exception:
            # The next posts of the channel are claimed: they must not wait for their leases to run out.
            log.exception("what follows from a post failed", extra={"key": stored.post.key})

    async def _put_back(self, stored: StoredPost) -> None:
        await self._outcomes((stored, _Result(stored.state, retry_at=stored.due_at)))
        self.kick(stored.post.channel)

    async def _settle(self, outcomes: list[tuple[StoredPost, _Result]]) -> list[None]:
        rows = [_outcome(stored, result) for stored, result in outcomes]
        final = [_settled(*outcome) for outcome in outcomes if outcome[1].state not in _OWED]
        async with self.bulk, self._store.begin() as work:
            await work.posts.settle(rows)
            await self._owner.record(work, final)
        return [None] * len(outcomes)

    async def _try(self, stored: StoredPost) -> _Result:
        gateway = self.gateway_of(stored.post.channel)
        assert gateway is not None, "only channels of gateways at hand are worked on"
        card = await self._card_of(stored)
        if isinstance(card, _Result):
            return card
        try:
            return await self._send(gateway, stored, card)
        except (ChannelGone, NotPermitted, MessageGone) as refused:
            return _Result(PostState.FAILED, error=refused)
        except Unreachable as away:
            return self._retry(stored, away, away.retry_after_s)
        except Uncertain as unknown:
            return self._retry(stored, unknown, None)
        except Exception as fault:
            # Ours to mend; meanwhile the channel must not stand still behind this post.
            log.exception("a post could not be made", extra={"key": stored.post.key})
            return _Result(PostState.FAILED, error=fault)

    async def _card_of(self, stored: StoredPost) -> Card | _Result:
        """What to send, or why nothing may be sent."""
        expires_at = stored.post.expires_at
        is_expired = expires_at is not None and expires_at <= self._clock.now()
        is_interrupted = stored.state is PostState.SENDING and stored.post.edits is None
        if is_interrupted and (is_expired or not self._may_repeat(stored)):
            return _Result(PostState.UNCERTAIN, error=Uncertain("interrupted while it was being sent"))
        if is_expired:
            return _Result(PostState.FAILED, error=Expired("expired before it could be sent"))
        card = await self._owner.prepare(stored)
        return card or _Result(PostState.FAILED, error=Withdrawn("not wanted any more"))

    def _may_repeat(self, stored: StoredPost) -> bool:
        """Whether the platform surely drops it if it has arrived at the attempt that was interrupted."""
        gateway = self.gateway_of(stored.post.channel)
        if gateway is None or not gateway.capabilities.repeats_are_dropped:
            return False
        window_s = gateway.capabilities.repeats_dropped_for_s
        if window_s is None:
            return True
        # A retry follows an attempt that may have arrived within seconds only, so the last lease tells the age of them all.
        age = self._clock.now() - (stored.due_at - LEASE)
        return timedelta(0) <= age <= timedelta(seconds=window_s)

    async def _send(self, gateway: ChatGateway, stored: StoredPost, card: Card) -> _Result:
        post = stored.post
        if post.edits is None:
            return _Result(PostState.SENT, await gateway.post(post.channel, card, key=post.key))
        if stored.message is None:
            return _Result(PostState.FAILED, error=MessageGone(f"{post.edits} was never posted"))
        await gateway.edit(post.channel, stored.message, card)
        return _Result(PostState.SENT)

    def _retry(self, stored: StoredPost, error: DeliveryError, after_s: float | None) -> _Result:
        """One that may have arrived, now or before, stays SENDING; it is tried again only where that can do no harm."""
        backoff_s = (
            min(FIRST_RETRY_S * 2 ** min(stored.attempts - 1, 10), LONGEST_RETRY_S) if after_s is None else after_s
        )
        may_be_there = isinstance(error, Uncertain) or stored.state is PostState.SENDING
        if may_be_there and stored.post.edits is None and not self._may_wait(stored, backoff_s):
            return _Result(PostState.UNCERTAIN, error=error)
        retry_at = self._clock.now() + timedelta(seconds=backoff_s)
        log.warning(
            "a post is tried again", extra={"key": stored.post.key, "why": str(error), "at": retry_at.isoformat()}
        )
        return _Result(PostState.SENDING if may_be_there else PostState.DUE, error=error, retry_at=retry_at)

    def _may_wait(self, stored: StoredPost, backoff_s: float) -> bool:
        gateway = self.gateway_of(stored.post.channel)
        assert gateway is not None, "only channels of gateways at hand are worked on"
        able = gateway.capabilities
        is_soon = stored.attempts <= SURE_ATTEMPTS and backoff_s <= SURE_WAIT_S
        return able.repeats_are_dropped and (able.repeats_dropped_for_s is None or is_soon)

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


_OWED: Final = frozenset((PostState.DUE, PostState.SENDING))


def _outcome(stored: StoredPost, result: _Result) -> PostOutcome:
    posted = result.posted
    return PostOutcome(
        stored.post.key,
        result.state,
        message=posted.message if posted else None,
        posted_at=posted.at if posted else None,
        retry_at=result.retry_at,
        error=str(result.error or ""),
    )


def _settled(stored: StoredPost, result: _Result) -> Settled:
    error = result.error if isinstance(result.error, DeliveryError) else None
    return Settled(stored.post, result.state, result.posted, error, stored.attempts)
