"""One open page's connection: frames in, one after the other; frames out, in order; an end in good manners."""

import asyncio
import logging
from datetime import datetime
from typing import Final, assert_never

from aiohttp import ClientConnectionResetError, WSCloseCode, WSMsgType, web

from adapters.web.gateway import card_body
from adapters.web.hub import Hub, Room, Tab
from adapters.web.inbound import (
    Completing,
    Frame,
    Guest,
    Pressed,
    Say,
    Sent,
    Visitor,
    call_of,
    clean_line,
    dedupe_key,
    press_of,
    read_frame,
    submission_of,
)
from adapters.web.limits import HEARTBEAT_S, MAX_CHAT, MAX_FRAME_BYTES, MAX_REFUSALS
from adapters.web.pace import Pace
from adapters.web.render import Json, render_form, render_options
from adapters.web.words import WORDS
from bot.app.commands import BY_PATH
from bot.app.lalabot import Lalabot
from bot.domain.errors import Reason, Refused
from bot.ports.cards import Card, FieldOption, Tone
from bot.ports.chat import Answer, AskForm, Audience, Call, Inbound, Reply, Submission
from bot.ports.time import Clock

log = logging.getLogger(__name__)

PROBLEM_TONES: Final = frozenset((Tone.WARNING, Tone.BAD))


class Paces:
    """Shared by all connections: a player has one pace, however many pages they open."""

    def __init__(self, sending: Pace, completing: Pace) -> None:
        self.sending = sending
        self.completing = completing


class Connection:
    """``serve`` it until it ends; ``end`` it from outside once what it is at is done."""

    def __init__(self, lalabot: Lalabot, hub: Hub, clock: Clock, paces: Paces, visitor: Visitor) -> None:
        self.visitor = visitor
        self._lalabot = lalabot
        self._hub = hub
        self._clock = clock
        self._paces = paces
        self._socket = web.WebSocketResponse(heartbeat=HEARTBEAT_S, max_msg_size=MAX_FRAME_BYTES)
        self._transport: asyncio.Transport | None = None
        self._tab = Tab(visitor, self._drop)
        self._idle = asyncio.Event()
        self._idle.set()
        self._ending = False
        self._refusals = 0

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        await self._socket.prepare(request)
        self._transport = request.transport
        writer = asyncio.create_task(self._write(), name="web page writer")
        room = self._hub.room(self.visitor.room)
        try:
            guest = await self._hub.enter(room, self._tab)
            await self._read(room, guest)
        finally:
            self._hub.leave(room, self._tab)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
        return self._socket

    async def end(self, code: int) -> None:
        """What was received is answered first; what comes now is for the next connection."""
        self._ending = True
        await self._idle.wait()
        self._tab.send(code)

    async def _write(self) -> None:
        try:
            while True:
                frame = await self._tab.frames.get()
                if isinstance(frame, int):
                    await self._socket.close(code=frame)
                    return
                await self._socket.send_str(frame)
        except (ClientConnectionResetError, ConnectionError):
            log.debug("a page went while it was told something")

    def _drop(self) -> None:
        """A page that reads too slowly: nothing waits for it any longer. It comes again by itself."""
        if self._transport is not None:
            self._transport.abort()

    async def _read(self, room: Room, guest: Guest) -> None:
        async for message in self._socket:
            if self._ending:
                continue
            frame = read_frame(message.data) if message.type is WSMsgType.TEXT else None
            if frame is None:
                self._ending = True
                self._tab.send(WSCloseCode.INVALID_TEXT)
                continue
            self._idle.clear()
            try:
                await self._take(room, guest, frame, self._clock.now())
            except Exception:
                # The page sends it again under the same key once it has connected again.
                log.exception("a page's frame could not be handled", extra={"room": room.name})
                self._ending = True
                self._tab.send(WSCloseCode.INTERNAL_ERROR)
            finally:
                self._idle.set()

    async def _take(self, room: Room, guest: Guest, frame: Frame, at: datetime) -> None:
        match frame:
            case Completing():
                await self._complete(guest, frame, at)
            case _ if not self._paces.sending.allows(self.visitor.player, at):
                self._too_fast(room, frame)
            case Say():
                self._refusals = 0
                await self._say(room, guest, frame, at)
            case Pressed():
                await self._handle(room, guest, frame.id, press_of(guest, frame, at))
            case Sent():
                await self._handle(room, guest, frame.id, submission_of(guest, frame, at))
            case _:
                assert_never(frame)

    async def _complete(self, guest: Guest, frame: Completing, at: datetime) -> None:
        options: tuple[FieldOption, ...] = ()
        if self._paces.completing.allows(self.visitor.player, at):
            options = await self._lalabot.complete(
                frame.path, frame.option, clean_line(frame.typed), guest.place, self.visitor.language
            )
        self._tab.tell({"type": "options", "id": frame.id, "items": render_options(options)})

    def _too_fast(self, room: Room, frame: Frame) -> None:
        self._refusals += 1
        if self._refusals > MAX_REFUSALS:
            self._ending = True
            self._tab.send(WSCloseCode.POLICY_VIOLATION)
            return
        refusal = self._lalabot.refusal(Refused(Reason.TOO_FAST), self.visitor.language).card
        self._answer_privately(room, frame.id, refusal, in_form=isinstance(frame, Sent))

    async def _say(self, room: Room, guest: Guest, frame: Say, at: datetime) -> None:
        line = clean_line(frame.text)
        if len(line) > MAX_CHAT:
            words = WORDS[self.visitor.language]
            self._done(frame.id, problem=words["box.too_long"].format(limit=MAX_CHAT))
        elif line.startswith("/"):
            await self._command(room, guest, frame, line, at)
        elif line:
            body: Json = {"kind": "chat", "name": self.visitor.name, "text": line}
            key = f"chat:{dedupe_key(guest, frame.id)}"
            await self._hub.append(room.name, key=key, author=self.visitor.player, body=body)
            self._done(frame.id)
        else:
            self._done(frame.id)

    async def _command(self, room: Room, guest: Guest, frame: Say, line: str, at: datetime) -> None:
        read = self._lalabot.read_line(line, self.visitor.language)
        if isinstance(read, Refused):
            self._answer_privately(room, frame.id, self._lalabot.refusal(read, self.visitor.language).card)
            return
        path, options = read
        await self._handle(room, guest, frame.id, call_of(guest, frame, path, options, at))

    async def _handle(self, room: Room, guest: Guest, frame_id: str, inbound: Inbound) -> None:
        self._refusals = 0
        answer: Answer = await self._lalabot.handle(inbound)
        match answer:
            case None:
                self._done(frame_id)
            case AskForm(form):
                self._tab.tell({"type": "form", "form": render_form(form)})
                self._done(frame_id)
            case Reply(card, Audience.ALL):
                await self._answer_everybody(room, inbound, card)
                self._done(frame_id)
            case Reply(card, _):
                self._answer_privately(room, frame_id, card, in_form=isinstance(inbound, Submission))
            case _:
                assert_never(answer)

    async def _answer_everybody(self, room: Room, inbound: Inbound, card: Card) -> None:
        """With whose it is. The key makes it one message, however often the delivery is repeated."""
        spec = BY_PATH.get(inbound.path) if isinstance(inbound, Call) else None
        used = f"/{spec.label(card.language)}" if spec else ""
        body = card_body(card) | {"name": self.visitor.name, "used": used}
        await self._hub.append(room.name, key=f"reply:{inbound.dedupe_key}", author=self.visitor.player, body=body)

    def _answer_privately(self, room: Room, frame_id: str, card: Card, *, in_form: bool = False) -> None:
        """A refusal of a form is shown in the form, which stays open so that it can be mended."""
        if in_form and card.tone in PROBLEM_TONES:
            self._done(frame_id, problem="\n".join(card.spoken().splitlines()[1:]) or card.title)
            return
        self._hub.whisper(room.name, self.visitor.player, card)
        self._done(frame_id, tone=card.tone)

    def _done(self, frame_id: str, *, problem: str = "", tone: Tone = Tone.PLAIN) -> None:
        """The page forgets what it sent; until then it would send it again after a lost connection."""
        self._tab.tell({"type": "done", "id": frame_id, "problem": problem, "tone": tone})
