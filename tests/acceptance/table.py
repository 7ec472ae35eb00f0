"""A table to play at: the whole core on a real store, a simulated clock, and a platform in memory."""

from dataclasses import dataclass, field
from itertools import count

from bot.app.lalabot import Lalabot
from bot.app.library import Library
from bot.domain.ids import ChannelId, CommunityId
from bot.domain.language import Language
from bot.ports.chat import Actor, AskForm, Call, Place, Press, Reply, Submission
from tests.factories import a_pack, player
from tests.gateways import MemoryGateway


class PlainChance:
    """Shuffles nothing and counts tokens up: what happens in a test can be foretold."""

    _next = count(1)

    def token(self, length):
        return f"{next(self._next):0{length}d}"

    def shuffled(self, items):
        return tuple(items)


@dataclass
class Table:
    store: object
    clock: object
    pack: object = field(default_factory=a_pack)
    gateway: MemoryGateway | None = None
    channel: str = "web/lobby"
    bot: Lalabot | None = None
    _keys: object = field(default_factory=lambda: count(1))

    async def open(self):
        self.gateway = self.gateway or MemoryGateway(self.clock)
        self.chance = getattr(self, "chance", None) or PlainChance()
        library = Library((self.pack,))
        self.bot = Lalabot(
            store=self.store, clock=self.clock, chance=self.chance, library=library, gateways=(self.gateway,)
        )
        await self.bot.start()
        await self.clock.advance(0)
        return self

    async def close(self):
        await self.bot.stop(timeout_s=0.1)

    def actor(self, name, *, manager=False, language=None):
        return Actor(player(name), name, language, is_manager=manager)

    def place(self, channel=None, **kwargs):
        return Place(ChannelId(channel or self.channel), CommunityId("web"), **kwargs)

    def key(self):
        return f"{id(self)}/{next(self._keys)}"

    async def say(self, name, line, *, manager=False, channel=None, language=None, key=None):
        """A typed command; the answer's card, or the form."""
        read = self.bot.read_line(line, language or Language.EN)
        if not isinstance(read, tuple):
            return self.bot.refusal(read, language or Language.EN).card
        path, options = read
        actor = self.actor(name, manager=manager, language=language)
        call = Call(path, actor, self.place(channel), self.clock.now(), key or self.key(), options)
        return await self._answer(call)

    async def press(self, name, button, *, channel=None, at=None, key=None, language=None, manager=False):
        actor = self.actor(name, language=language, manager=manager)
        return await self._answer(Press(button, actor, self.place(channel), at or self.clock.now(), key or self.key()))

    async def submit(self, name, form, *, channel=None, key=None, manager=False, **values):
        actor = self.actor(name, manager=manager)
        return await self._answer(
            Submission(form, values, actor, self.place(channel), self.clock.now(), key or self.key())
        )

    async def _answer(self, inbound):
        answer = await self.bot.handle(inbound)
        await self.clock.advance(0)
        self.last = answer
        match answer:
            case Reply():
                return answer.card
            case AskForm():
                return answer.form
            case None:
                return None

    @property
    def messages(self):
        return self.gateway.in_channel(self.channel)

    def newest(self, kind):
        return next(m for m in reversed(self.messages) if m.card.kind == kind)

    def question(self):
        """The running question's message."""
        return next(m for m in reversed(self.messages) if m.key.count(":") == 2 and m.key.startswith("round:"))

    async def answer(self, name, *, right=True, **kwargs):
        """Presses the right option, or the next wrong one, of the newest question."""
        wanted = {"the right one", "True"}
        buttons = self.question().versions[0].buttons
        button = next(b for b in buttons if (b.label in wanted) == right)
        return await self.press(name, button.id, **kwargs)
