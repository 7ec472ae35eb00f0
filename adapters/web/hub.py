"""The rooms and the pages that are open in them: what is written down and what is told, in one order.

A room's lock is held over writing a message and telling it, and over reading the room for a page that enters. So a page is told
each change after its snapshot once, in order, and each carries the room's revision: a page that misses one connects again.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from weakref import WeakValueDictionary

import msgspec

from adapters.web.inbound import Guest, Visitor
from adapters.web.limits import MAX_NAMES_SHOWN, MAX_WAITING_FRAMES, SNAPSHOT_MESSAGES
from adapters.web.render import Json, milliseconds, render_card, to_json
from bot.domain.ids import PlayerId
from bot.domain.language import Language
from bot.ports.cards import Card
from bot.ports.store import RoomMessage, Store, Work
from bot.ports.time import Clock


class Tab:
    """One open page, seen from the room: a queue of frames, and a way out for a page that does not read them."""

    def __init__(self, visitor: Visitor, drop: Callable[[], None]) -> None:
        self.visitor = visitor
        self.frames: asyncio.Queue[str | int] = asyncio.Queue(MAX_WAITING_FRAMES)
        """A number is a close code: the last thing to send."""
        self._drop = drop

    def tell(self, frame: Json) -> None:
        self.send(to_json(frame))

    def send(self, frame: str | int) -> None:
        try:
            self.frames.put_nowait(frame)
        except asyncio.QueueFull:
            self._drop()


class Room:
    """``revision`` counts the changes since somebody came; it begins anew once everybody has left."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lock = asyncio.Lock()
        self.revision = 0
        self.tabs: list[Tab] = []

    def tell(self, frame: Json) -> None:
        text = to_json(frame)
        for tab in tuple(self.tabs):
            tab.send(text)

    def names(self) -> list[str]:
        """Who is here, in the order in which they came."""
        return list({tab.visitor.player: tab.visitor.name for tab in self.tabs}.values())[:MAX_NAMES_SHOWN]

    def tell_who_is_here(self) -> None:
        self.tell({"type": "here", "names": self.names()})


class Hub:
    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self.clock = clock
        # A room lives as long as a page or a message on its way holds it.
        self._rooms: WeakValueDictionary[str, Room] = WeakValueDictionary()

    def room(self, name: str) -> Room:
        found = self._rooms.get(name)
        if found is None:
            found = self._rooms[name] = Room(name)
        return found

    async def enter(self, room: Room, tab: Tab) -> Guest:
        """Tells the page the room as it is, and from then on every change."""
        visitor, now = tab.visitor, self.clock.now()
        async with room.lock:
            async with self._store.begin() as work:
                guest = await _enter(work, visitor, now)
                messages = await work.rooms.latest(room.name, SNAPSHOT_MESSAGES)
            room.tabs.append(tab)
            tab.tell(
                {
                    "type": "snapshot",
                    "revision": room.revision,
                    "now": milliseconds(self.clock.now()),
                    "you": visitor.player,
                    "manager": guest.manager_name,
                    "here": room.names(),
                    "messages": [_message(message) for message in messages],
                }
            )
        room.tell_who_is_here()
        return guest

    def leave(self, room: Room, tab: Tab) -> None:
        if tab in room.tabs:
            room.tabs.remove(tab)
            room.tell_who_is_here()

    async def append(self, name: str, *, key: str, author: str, body: Json) -> RoomMessage:
        """A message for everybody. The same key again is the message that stands, and is told again as it is."""
        room = self.room(name)
        async with room.lock:
            async with self._store.begin() as work:
                message = await work.rooms.append(name, key=key, author=author, body=to_json(body), at=self.clock.now())
            _put(room, message)
        return message

    async def change(self, name: str, message: int, body: Json) -> bool:
        """``False`` if there is no such message."""
        room = self.room(name)
        async with room.lock:
            async with self._store.begin() as work:
                changed = await work.rooms.change(message, to_json(body))
            if changed is not None:
                _put(room, changed)
        return changed is not None

    def whisper(self, name: str, player: PlayerId, card: Card) -> bool:
        """To every page of that player in the room, and written down nowhere; ``False`` if they have none open."""
        tabs = [tab for tab in self.room(name).tabs if tab.visitor.player == player]
        frame = to_json({"type": "private", "at": milliseconds(self.clock.now()), "card": render_card(card)})
        for tab in tabs:
            tab.send(frame)
        return bool(tabs)


async def _enter(work: Work, visitor: Visitor, now: datetime) -> Guest:
    """The first who ever came is the room's manager, and the language in which they came the room's own."""
    manager = await work.rooms.enter(visitor.room, visitor.player, name=visitor.name, at=now)
    name = await work.rooms.name_of(visitor.room, manager)
    note = f"web/{visitor.room}/language"
    language = await work.notes.get(note)
    if language is None and manager == visitor.player:
        language = visitor.language.value
        await work.notes.put(note, language)
    return Guest(visitor, manager, name or "", Language.of_tag(language))


def _put(room: Room, message: RoomMessage) -> None:
    room.revision += 1
    room.tell({"type": "put", "revision": room.revision, "message": _message(message)})


def _message(message: RoomMessage) -> Json:
    return {
        "id": message.id,
        "author": message.author,
        "at": milliseconds(message.at),
        "body": msgspec.Raw(message.body.encode()),
    }
