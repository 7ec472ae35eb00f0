"""What the core remembers. One suite of tests holds every store to it: in memory, SQLite, PostgreSQL."""

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.channels import Channel
from bot.domain.game import Game
from bot.domain.guesses import Award, Guess, GuessOutcome
from bot.domain.ids import ChannelId, CommunityId, GameId, MessageRef, PackId, PlayerId, QuestionId, TopicId
from bot.domain.selection import Cursor
from bot.domain.standings import PlayerRecord, Standing
from bot.ports.cards import Card
from bot.ports.dailies import DailyStore
from bot.ports.daily_batches import DailyBatchStore
from bot.ports.installations import InstallationStore


@dataclass(frozen=True, slots=True)
class StoredGame:
    """A game as it was read; saving it succeeds only while ``version`` still stands."""

    game: Game
    version: int


class PostState(StrEnum):
    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    """A crash or a lost connection left it unknown whether it arrived; it is not sent again."""
    FAILED = "failed"
    """Given up: the channel is gone, the platform refuses, or it expired."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message that the bot owes, or, with ``edits``, the change of one that it posted before.

    ``key`` is its natural key, unique for ever. ``subject`` tells what it belongs to (``round:<game>:<number>``) and whom to
    tell once it is delivered or given up. After ``expires_at`` it is no longer worth sending.
    """

    key: str
    channel: ChannelId
    card: Card | None
    """``None`` once it is settled."""
    subject: str = ""
    edits: str | None = None
    """The key of the post that this one changes."""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredPost:
    post: Post
    state: PostState
    attempts: int
    message: MessageRef | None
    """Of the post itself, or for an edit of the post that it changes; ``None`` while that is not sent."""
    posted_at: datetime | None
    due_at: datetime
    """When it was due; of one that was SENDING, when its lease ran out."""


@dataclass(frozen=True, slots=True)
class PostOutcome:
    """How an attempt ended; with a state that is not final, ``retry_at`` says when to try again."""

    key: str
    state: PostState
    message: MessageRef | None = None
    posted_at: datetime | None = None
    retry_at: datetime | None = None
    error: str = ""


class ChannelStore(Protocol):
    async def load(self, channel: ChannelId, community: CommunityId) -> Channel:
        """The channel as set, or with the defaults where nothing is."""
        ...

    async def save(self, channel: Channel) -> None: ...


class GameStore(Protocol):
    async def add(self, game: Game) -> bool:
        """``False`` if the channel has a game that has not ended: one unique row decides."""
        ...

    async def load(self, game: GameId) -> StoredGame | None: ...

    async def running_in(self, channel: ChannelId) -> StoredGame | None: ...

    async def save(self, game: Game, *, version: int) -> bool:
        """``False`` if somebody else saved it since; nothing is changed then.

        Also writes the current round's row, which guards the guesses: open with its deadline while ASKING, else closed.
        """
        ...

    async def waking(self, *, until: datetime | None, limit: int = 1000) -> tuple[tuple[GameId, datetime], ...]:
        """Games that move by themselves up to that instant (``None``: ever), the earliest first."""
        ...


class GuessStore(Protocol):
    async def of_round(self, game: GameId, number: int) -> tuple[Guess, ...]:
        """In order of arrival. Within ``begin()`` no further guess is accepted to this round until the transaction ends."""
        ...


class ScoreStore(Protocol):
    async def add_awards(
        self, game: Game, number: int, awards: Sequence[Award], *, topic: TopicId, question: QuestionId, at: datetime
    ) -> None:
        """What the standings count; also keeps each player's newest name."""
        ...

    async def add_wins(self, game: Game, winners: Sequence[PlayerId], *, at: datetime) -> None: ...

    async def standings(
        self, *, community: CommunityId, channel: ChannelId | None, since: datetime | None, limit: int
    ) -> tuple[Standing, ...]:
        """Most points first, ties by name; players without any answer since then are not in it."""
        ...

    async def record(self, player: PlayerId, community: CommunityId) -> PlayerRecord: ...


class CursorStore(Protocol):
    async def ordered(self, pack: PackId, pool: str, items: Sequence[str]) -> tuple[str, ...]:
        """The pool in the order that it keeps for ever: items seen before in their old places, new ones at the end.

        Items that are gone from the pack are left out.
        """
        ...

    async def load(self, channel: ChannelId, pool: str) -> Cursor: ...

    async def save(self, channel: ChannelId, pool: str, cursor: Cursor) -> None: ...

    async def recent(self, channel: ChannelId) -> tuple[str, ...]:
        """The ids of the facts told last in this channel, the newest first, at most 16."""
        ...

    async def add_recent(self, channel: ChannelId, item: str) -> None: ...


class PostStore(Protocol):
    async def add(self, posts: Sequence[Post], *, now: datetime) -> None:
        """Due now. A key that exists already is left as it is."""
        ...

    async def load(self, key: str) -> StoredPost | None: ...

    async def claim(
        self, *, now: datetime, lease_until: datetime, channels: Collection[ChannelId] | None, limit: int
    ) -> tuple[StoredPost, ...]:
        """Takes posts that are due (oldest first, of these channels or of all), marks them SENDING and counts the attempt.

        A post whose lease ran out while SENDING is taken too: its state in the answer is then SENDING, else DUE. Two of one
        channel come in the order in which they were added, and a post is not taken while an earlier one of its channel waits.
        """
        ...

    async def settle(self, outcomes: Sequence[PostOutcome]) -> None:
        """With a final state what the post said is forgotten: players' names stand in it, and the platform shows it."""
        ...

    async def prune(self, *, now: datetime, limit: int) -> int:
        """Forgets posts that were settled more than thirty days ago, at most so many, the oldest first; answers how many."""
        ...

    async def end_leases(self, *, now: datetime) -> None:
        """Ends the lease of every post that is SENDING: at start, where no other process shares the store."""
        ...

    async def bring_forward(self, *, now: datetime, retry_at: datetime, lease_until: datetime) -> None:
        """For a clock that was set back: what is to be tried later than ``retry_at`` is due now, and of a lease that ends after
        ``lease_until`` nobody can tell when it began, so it ended long ago."""
        ...

    async def waiting_channels(self, *, now: datetime, platforms: Collection[str], limit: int) -> tuple[ChannelId, ...]:
        """Channels of these platforms with posts to claim now, the longest waiting first."""
        ...


class PlayerStore(Protocol):
    async def forget(self, player: PlayerId, *, alias: str) -> None:
        """Deletes the player's name, guesses, awards, wins and reports; tallies of running games keep points under ``alias``."""
        ...


class ReportStore(Protocol):
    async def add(
        self, *, question: QuestionId, channel: ChannelId, player: PlayerId, text: str, at: datetime, dedupe_key: str
    ) -> None: ...


class SeenStore(Protocol):
    async def first(self, dedupe_key: str, *, now: datetime) -> bool:
        """Whether this delivery is new; it is remembered in the same transaction."""
        ...

    async def prune(self, *, now: datetime) -> None:
        """Forgets deliveries of more than two days ago."""
        ...


class RoomStore(Protocol):
    """The messages of the browser rooms: there the bot is its own platform."""

    async def append(self, room: str, *, key: str, author: str, body: str, at: datetime) -> "RoomMessage":
        """``body`` is the renderer's JSON. A key that exists already gives the message that stands."""
        ...

    async def change(self, message: int, body: str) -> "RoomMessage | None": ...

    async def latest(self, room: str, limit: int) -> "tuple[RoomMessage, ...]":
        """Oldest first."""
        ...

    async def enter(self, room: str, player: PlayerId, *, name: str, at: datetime) -> PlayerId:
        """Remembers who was here; the answer is who came first, the room's manager."""
        ...

    async def name_of(self, room: str, player: PlayerId) -> str | None: ...


@dataclass(frozen=True, slots=True)
class RoomMessage:
    id: int
    room: str
    author: str
    body: str
    at: datetime


class NoteStore(Protocol):
    """Small things an adapter keeps between runs, such as the hash of the commands it registered."""

    async def get(self, key: str) -> str | None: ...

    async def put(self, key: str, value: str) -> None: ...

    async def remove(self, key: str) -> None: ...

    async def starting(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """Keys and values of the notes whose key begins so, by key."""
        ...


class CommunityStore(Protocol):
    """A guild or a workspace as a whole."""

    async def running_games(self, community: CommunityId) -> tuple[GameId, ...]: ...

    async def forget(self, community: CommunityId) -> None:
        """Deletes its channels with all that belongs to them, and the names of players who are known from nowhere else."""
        ...


class Work(Protocol):
    """One transaction's view of the store."""

    @property
    def channels(self) -> ChannelStore: ...
    @property
    def games(self) -> GameStore: ...
    @property
    def guesses(self) -> GuessStore: ...
    @property
    def scores(self) -> ScoreStore: ...
    @property
    def cursors(self) -> CursorStore: ...
    @property
    def posts(self) -> PostStore: ...
    @property
    def players(self) -> PlayerStore: ...
    @property
    def reports(self) -> ReportStore: ...
    @property
    def seen(self) -> SeenStore: ...
    @property
    def rooms(self) -> RoomStore: ...
    @property
    def dailies(self) -> DailyStore: ...
    @property
    def daily_batches(self) -> DailyBatchStore: ...
    @property
    def notes(self) -> NoteStore: ...
    @property
    def communities(self) -> CommunityStore: ...
    @property
    def installations(self) -> InstallationStore: ...


class Store(Protocol):
    @property
    def is_shared(self) -> bool:
        """Whether other processes may use the same data at the same time."""
        ...

    def begin(self) -> AbstractAsyncContextManager[Work]:
        """A transaction that writes: committed (and durable) at the end of the block, undone by an exception."""
        ...

    def view(self) -> AbstractAsyncContextManager[Work]:
        """A consistent view that writes nothing and waits for nobody who writes."""
        ...

    async def submit_guess(self, guess: Guess) -> GuessOutcome:
        """Writes a guess, together with all that wait at the same time, and answers once it is durable.

        Accepted only while the round's row is open and ``guess.at`` is not after its deadline; the second guess of a player
        replaces the first (``CHANGED``) with its own time, a third is ``LOCKED``. The same delivery again, or the same answer
        again, changes nothing and is ``ACCEPTED`` (``CHANGED`` if that is what it was).
        """
        ...

    async def close(self) -> None:
        """Writes what waits, then lets go of the database."""
        ...
