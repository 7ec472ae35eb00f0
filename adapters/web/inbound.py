"""What a page sends, read into the core's own types: who, where, and ``Call``, ``Press`` or ``Submission``.

Ids: the channel of a room is ``web/<room>``, its community ``web``, a player ``web/<name, folded>``: Ana is Ana in every room and
in every tab.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

import msgspec

from adapters.web.limits import MAX_KEY, MAX_PLAYER_NAME, MAX_ROOM_NAME
from bot.domain.ids import ChannelId, CommunityId, PlayerId
from bot.domain.language import Language
from bot.ports.chat import Actor, Call, Place, Press, Submission

PLATFORM: Final = "web"
COMMUNITY: Final = CommunityId(PLATFORM)

_ROOM: Final = re.compile(rf"[a-z0-9-]{{1,{MAX_ROOM_NAME}}}")
_INVISIBLE: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Controls, bidirectional marks and zero-width letters among them: a name that looks like another is not let in by them."""
_JOINERS: Final = frozenset("\u200d\u200c")
"""Emoji and some scripts are spelt with them; in a chat line they do no harm."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the door of a room."""

    room: str
    name: str
    language: Language

    @property
    def player(self) -> PlayerId:
        return PlayerId(f"{PLATFORM}/{unicodedata.normalize('NFKC', self.name).casefold()}")

    @property
    def channel(self) -> ChannelId:
        return channel_of(self.room)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who has entered, with what the room knows of them."""

    visitor: Visitor
    manager: PlayerId
    manager_name: str
    room_language: Language | None

    @property
    def actor(self) -> Actor:
        visitor = self.visitor
        return Actor(visitor.player, visitor.name, visitor.language, is_manager=visitor.player == self.manager)

    @property
    def place(self) -> Place:
        return Place(self.visitor.channel, COMMUNITY, self.room_language, self.manager_name)


Key = Annotated[str, msgspec.Meta(pattern=rf"^[A-Za-z0-9-]{{8,{MAX_KEY}}}$")]
"""Given by the page to each thing that it sends, and kept when it sends it again after a lost connection."""
Word = Annotated[str, msgspec.Meta(max_length=200)]


class Say(msgspec.Struct, tag="say", frozen=True):
    """A line from the text box: a command if it begins with a slash, else chat."""

    id: Key
    text: str


class Pressed(msgspec.Struct, tag="press", frozen=True):
    id: Key
    button: Word


class Sent(msgspec.Struct, tag="submit", frozen=True):
    id: Key
    form: Word
    values: Annotated[dict[Word, str], msgspec.Meta(max_length=10)]


class Completing(msgspec.Struct, tag="complete", frozen=True):
    id: Key
    path: Word
    option: Word
    typed: Word


Frame = Say | Pressed | Sent | Completing
_decoder: Final[msgspec.json.Decoder[Frame]] = msgspec.json.Decoder(Frame)


def read_frame(text: str) -> Frame | None:
    """``None`` for anything that our own page would not send."""
    try:
        return _decoder.decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def read_room(text: str) -> str | None:
    """The room that a text names, folded (``São Paulo`` is ``sao-paulo``); ``None`` if it cannot be a room's name."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.strip().casefold()) if not unicodedata.combining(c))
    folded = re.sub(r"[\s_]+", "-", plain)
    return folded if _ROOM.fullmatch(folded) else None


def read_name(text: str) -> str | None:
    """A player's name without what cannot be seen; ``None`` if nothing is left or it is too long."""
    seen = "".join(c for c in unicodedata.normalize("NFC", text) if c.isspace() or _is_visible(c))
    name = " ".join(seen.split())
    return name if 0 < len(name) <= MAX_PLAYER_NAME else None


def clean_line(text: str) -> str:
    """One line of chat or command."""
    return " ".join("".join(c for c in text if c.isspace() or _is_visible(c) or c in _JOINERS).split())


def clean_text(text: str) -> str:
    """A form's value: its line breaks stay."""
    return "\n".join(clean_line(line) for line in text.splitlines()).strip()


def channel_of(room: str) -> ChannelId:
    return ChannelId(f"{PLATFORM}/{room}")


def room_of(channel: ChannelId) -> str:
    return channel.removeprefix(f"{PLATFORM}/")


def dedupe_key(guest: Guest, key: str) -> str:
    """A page's key is its player's own: nobody can use up another's."""
    return f"{guest.visitor.player}/{guest.visitor.room}/{key}"


def call_of(guest: Guest, frame: Say, path: str, options: dict[str, str], at: datetime) -> Call:
    return Call(path, guest.actor, guest.place, at, dedupe_key(guest, frame.id), options)


def press_of(guest: Guest, frame: Pressed, at: datetime) -> Press:
    return Press(frame.button, guest.actor, guest.place, at, dedupe_key(guest, frame.id))


def submission_of(guest: Guest, frame: Sent, at: datetime) -> Submission:
    values = {name: clean_text(text) for name, text in frame.values.items()}
    return Submission(frame.form, values, guest.actor, guest.place, at, dedupe_key(guest, frame.id))


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE
