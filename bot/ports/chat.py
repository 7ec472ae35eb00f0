"""What crosses between the core and a platform: calls in, replies and posts out, and what a platform can do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.errors import LalabotError
from bot.domain.ids import ChannelId, CommunityId, MessageRef, PlayerId
from bot.domain.language import Language
from bot.ports.cards import Card, Form

# In


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as the platform vouches for them with this very call."""

    player: PlayerId
    name: str
    """As shown to others; user text, clipped to 40 characters."""
    language: Language | None = None
    """Of the reader's own client; ``None`` where unknown or not ours."""
    is_manager: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happens."""

    channel: ChannelId
    community: CommunityId
    language: Language | None = None
    """The community's own, where the platform tells it."""
    managers: str = ""
    """Who may use a manager's command here, in words; empty: the phrase for any platform."""
    can_post: bool = True
    """False where the bot can only answer, such as a private chat with a user-installed app."""
    missing: str = ""
    """What keeps the bot from posting here, in the reader's words, where the platform says it: a permission, an invitation."""


@dataclass(frozen=True, slots=True)
class Call:
    """A command: ``path`` is its canonical name (``quiz start``), ``options`` are canonical names with text or typed values."""

    path: str
    actor: Actor
    place: Place
    at: datetime
    dedupe_key: str
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Press:
    """A button was pressed; ``at`` is the platform's own time stamp of the press."""

    button: str
    actor: Actor
    place: Place
    at: datetime
    dedupe_key: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A form was sent; ``at`` is the platform's own time stamp of the sending."""

    form: str
    values: Mapping[str, str]
    actor: Actor
    place: Place
    at: datetime
    dedupe_key: str


Inbound = Call | Press | Submission


# Out


class Audience(StrEnum):
    ACTOR = "actor"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to the one who acted, seen by them alone or by everybody."""

    card: Card
    to: Audience = Audience.ACTOR
    wrong_field: str | None = None
    """The field of the form just sent that has to be mended, where it can be sent again."""


@dataclass(frozen=True, slots=True)
class AskForm:
    form: Form


Answer = Reply | AskForm | None
"""``None``: acknowledge, and show nothing (a repeated delivery)."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What kind of answer an inbound can get: known before it is handled, so that it can be acknowledged at once."""

    audience: Audience
    may_ask_form: bool = False


@dataclass(frozen=True, slots=True)
class Posted:
    message: MessageRef
    at: datetime
    """The platform's own time stamp of the message."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do, consulted only where the meaning changes."""

    repeats_are_dropped: bool
    """A post sent again under the same key appears once."""
    private_unprompted: bool
    """The bot can speak to one person without being addressed first."""
    edit_interval_s: float = 1.0
    """At most one edit of a message in so many seconds."""
    repeats_dropped_for_s: float | None = None
    """How long after the first; ``None``: for ever."""


class ChatGateway(Protocol):
    """Posting to one platform. Every failure is one of the :class:`DeliveryError` below."""

    @property
    def platform(self) -> str:
        """The first segment of this platform's channel ids."""
        ...

    @property
    def capabilities(self) -> Capabilities: ...

    async def post(self, channel: ChannelId, card: Card, *, key: str) -> Posted:
        """Posts a message; ``key`` names it for ever (``round:abc:3``)."""
        ...

    async def edit(self, channel: ChannelId, message: MessageRef, card: Card) -> None: ...

    async def whisper(self, channel: ChannelId, player: PlayerId, card: Card) -> bool:
        """Tells one person something unprompted; ``False`` where the platform cannot or they do not accept it."""
        ...

    def link(self, channel: ChannelId, message: MessageRef) -> str | None:
        """An address that opens the message, if the platform has one."""
        ...


class DeliveryError(LalabotError):
    """A post or an edit that did not go through."""


class ChannelGone(DeliveryError):
    """The channel, or the bot's place in it, no longer exists; trying again is in vain."""


class NotPermitted(DeliveryError):
    """The platform refuses; ``missing`` names the one permission or step that is missing, in the platform's words."""

    def __init__(self, missing: str) -> None:
        super().__init__(f"not permitted: {missing}")
        self.missing = missing


class MessageGone(DeliveryError):
    """The message to edit was deleted."""


class Unreachable(DeliveryError):
    """It certainly did not arrive; worth trying again, after ``retry_after_s`` where the platform says so."""

    def __init__(self, why: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(why)
        self.retry_after_s = retry_after_s


class Uncertain(DeliveryError):
    """It may have arrived."""
