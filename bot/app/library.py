"""The packs at hand, indexed, and the next unseen item of any pool for any channel."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from rapidfuzz import fuzz, process

from bot.app.nearest import fold
from bot.domain.answers import Key, Lexicon, prepare_question
from bot.domain.catalogue import KINDS, Catalogue
from bot.domain.channels import Channel
from bot.domain.errors import SettingError
from bot.domain.facts import Pack, Question, Spoiler
from bot.domain.ids import ChannelId, PackId, QuestionId
from bot.domain.language import Language
from bot.domain.rules import AnswerStyle
from bot.domain.selection import Cursor, draw
from bot.ports.cards import FieldOption
from bot.ports.store import Work
from bot.ports.time import Chance

MAX_COMPLETIONS: Final = 25
MAX_REDRAWS: Final = 8
ORDER_NOTE: Final = "pools/order"
ORDER_KEY_LENGTH: Final = 32
_LIKELY: Final = 55.0


class Library:
    """Holds at least one pack; the first is what a channel uses that has not chosen."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        if not packs:
            raise SettingError("no pack is loaded: set LALABOT_PACKS to a folder that holds one")
        self._catalogues = {pack.id: Catalogue(pack) for pack in packs}
        self._lexicons = {pack.id: Lexicon.of_packs((pack,)) for pack in packs}
        self._default = packs[0].id
        self._order_key = ""
        self._orders: dict[tuple[PackId, str], tuple[str, ...]] = {}
        self._keys: dict[tuple[PackId, QuestionId], Key] = {}

    @property
    def packs(self) -> tuple[Pack, ...]:
        return tuple(catalogue.pack for catalogue in self._catalogues.values())

    def of_channel(self, channel: Channel) -> Catalogue:
        """The catalogue that a channel chose; the default where that pack is no longer loaded."""
        return self.of_pack(channel.pack or self._default)

    def of_pack(self, pack: PackId) -> Catalogue:
        return self._catalogues.get(pack) or self._catalogues[self._default]

    def key_of(self, pack: PackId, question: Question) -> Key:
        """What the judge needs to know of a question, prepared once."""
        found = self._keys.get((pack, question.id))
        if found is None:
            found = prepare_question(question, self._lexicons[self.of_pack(pack).id])
            self._keys[pack, question.id] = found
        return found

    async def learn(self, work: Work, chance: Chance) -> None:
        """Reads the installation's own key of all orders, drawn once, so that nobody can foretell what comes next; and the orders that
        daily posts draw from."""
        order_key = await work.notes.get(ORDER_NOTE)
        if order_key is None:
            order_key = chance.token(ORDER_KEY_LENGTH)
            await work.notes.put(ORDER_NOTE, order_key)
        self._order_key = order_key
        for catalogue in self._catalogues.values():
            for level in Spoiler:
                facts = (fact.id for fact in catalogue.facts(level))
                await self.order_of(work, catalogue.id, facts_pool(level), facts)
                questions = (question.id for question in catalogue.questions(level, kinds=KINDS[AnswerStyle.CHOICE]))
                await self.order_of(work, catalogue.id, questions_pool(level, AnswerStyle.CHOICE), questions)

    async def next_of(
        self,
        work: Work,
        channel: ChannelId,
        pool: str,
        items: Mapping[str, str],
        *,
        pack: PackId,
        count: int = 1,
    ) -> tuple[tuple[str, ...], bool]:
        """The next ``count`` unseen items of a pool (fewer if it holds fewer), and whether a new round of it began.

        ``items`` gives each item its group: of one group no two are drawn together, while there are others. Constant work an
        item: the pool's lasting order is read from the store once a process.
        """
        order = await self.order_of(work, pack, pool, items)
        cursor = await work.cursors.load(channel, f"{pack}/{pool}")
        epoch = cursor.epoch
        drawn: dict[str, str] = {}
        wanted = min(count, len(set(items.values())))
        while len(drawn) < wanted:
            position, cursor = draw(cursor, pool_size=len(order), key=f"{self._order_key}/{channel}/{pool}")
            drawn.setdefault(items.get(order[position], ""), order[position])
        await work.cursors.save(channel, f"{pack}/{pool}", cursor)
        return tuple(drawn.values()), cursor.epoch > epoch > 0

    async def next_fact(
        self, work: Work, channel: ChannelId, pool: str, facts: Sequence[str], *, pack: PackId
    ) -> tuple[str, bool]:
        """The next fact, and whether a new round of the pool began; one that another pool told lately is passed over."""
        order = await self.order_of(work, pack, pool, facts)
        before = await work.cursors.load(channel, f"{pack}/{pool}")
        recent = (await work.cursors.recent(channel))[: len(facts) // 3]
        drawn, cursor = self.draw(before, order, channel=channel, pool=pool, passes_over=recent.__contains__)
        await work.cursors.save(channel, f"{pack}/{pool}", cursor)
        await work.cursors.add_recent(channel, drawn)
        return drawn, cursor.epoch > before.epoch > 0

    def draw(
        self, cursor: Cursor, order: Sequence[str], *, channel: ChannelId, pool: str, passes_over: Callable[[str], bool]
    ) -> tuple[str, Cursor]:
        """The next of a pool's order, and the cursor behind it. What is passed over is drawn all the same where nothing else comes."""
        drawn = ""
        for _ in range(MAX_REDRAWS):
            position, cursor = draw(cursor, pool_size=len(order), key=f"{self._order_key}/{channel}/{pool}")
            drawn = order[position]
            if not passes_over(drawn):
                break
        return drawn, cursor

    async def order_of(self, work: Work, pack: PackId, pool: str, items: Iterable[str]) -> tuple[str, ...]:
        """The pool's lasting order, read from the store once a process."""
        order = self._orders.get((pack, pool))
        if order is None:
            order = await work.cursors.ordered(pack, pool, tuple(items))
            self._orders[pack, pool] = order
        return order

    def known_order(self, pack: PackId, pool: str) -> tuple[str, ...]:
        """Of a pool that was learned."""
        return self._orders[pack, pool]

    def complete(self, channel: Channel, option: str, typed: str, language: Language) -> tuple[FieldOption, ...]:
        """What may be meant by what is typed so far, the likeliest first; nothing that only a higher spoiler level tells."""
        catalogue = self.of_channel(channel)
        match option:
            case "topic":
                known = {topic.name[language]: str(topic.id) for topic in catalogue.topics(channel.spoilers)}
            case "person":
                known = {person: person for person in catalogue.people(channel.spoilers)}
            case "pack":
                known = {catalogue.pack.name[language]: str(key) for key, catalogue in self._catalogues.items()}
            case _:
                known = {}
        return tuple(FieldOption(known[label], label) for label in _ranked(typed, list(known)))


def _ranked(typed: str, labels: list[str]) -> list[str]:
    wanted = fold(typed)
    if not wanted:
        return labels[:MAX_COMPLETIONS]
    starts = [
        label
        for label in labels
        if any(word.startswith(wanted) for word in fold(label).split()) or fold(label).startswith(wanted)
    ]
    if starts:
        return starts[:MAX_COMPLETIONS]
    close = process.extract(wanted, [fold(label) for label in labels], scorer=fuzz.ratio, score_cutoff=_LIKELY, limit=5)
    return [labels[index] for _, _, index in close]


def facts_pool(spoilers: Spoiler, *, topic: str | None = None, person: str | None = None) -> str:
    """The name of a pool by what narrows it."""
    return "/".join(("facts", topic or "*", person or "*", spoilers))


def questions_pool(spoilers: Spoiler, answers: AnswerStyle, *, topic: str | None = None) -> str:
    return "/".join(("questions", answers, topic or "*", spoilers))
