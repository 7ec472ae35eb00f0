"""Tell a fact that this channel has not heard, and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.app.cards import fact_card, refusal_card, source_card
from bot.app.core import Core, Scene, scene_of
from bot.app.library import facts_pool
from bot.app.naming import find_person, find_topic
from bot.app.options import Value
from bot.domain.errors import Reason, Refused
from bot.domain.facts import Fact
from bot.domain.ids import ChannelId, FactId, PackId, TopicId
from bot.ports.chat import Answer, Audience, Call, Press, Reply


@dataclass(frozen=True, slots=True)
class Wish:
    """What a fact should be about."""

    topic: TopicId | None = None
    person: str | None = None


async def tell(core: Core, call: Call, options: Mapping[str, Value]) -> Answer:
    """``/lalafact``."""
    scene = await scene_of(core, call)
    wish = _wish(scene, str(options.get("topic", "")), str(options.get("person", "")))
    if isinstance(wish, Refused):
        return Reply(refusal_card(scene.private, wish))
    return await _tell(scene, wish, Audience.ACTOR if options.get("private") else Audience.ALL)


async def tell_more(core: Core, press: Press, arguments: list[str]) -> Answer:
    """``v1:more:<topic>:<person>``: another of the same, for all."""
    return await _again(core, press, arguments, Audience.ALL)


async def tell_mine(core: Core, press: Press, arguments: list[str]) -> Answer:
    """``v1:mine:<topic>:<person>``: another of the same, for the one who asks."""
    return await _again(core, press, arguments, Audience.ACTOR)


async def show_source(core: Core, press: Press, arguments: list[str]) -> Answer:
    """``v1:source:<pack>:<fact>``."""
    scene = await scene_of(core, press)
    catalogue = core.library.of_pack(PackId(arguments[0]))
    fact = catalogue.fact(FactId(arguments[1]))
    if fact is None:
        return Reply(refusal_card(scene.private, Refused(Reason.UNKNOWN_BUTTON)))
    return Reply(source_card(catalogue.pack, fact, scene.private))


async def _again(core: Core, press: Press, arguments: list[str], to: Audience) -> Answer:
    scene = await scene_of(core, press)
    wish = _wish(scene, arguments[0], ":".join(arguments[1:]))
    return Reply(refusal_card(scene.private, wish)) if isinstance(wish, Refused) else await _tell(scene, wish, to)


def _wish(scene: Scene, topic: str, person: str) -> Wish | Refused:
    catalogue, spoilers = scene.catalogue, scene.channel.spoilers
    found_topic = find_topic(catalogue.pack.topics, topic, scene.private) if topic else None
    if isinstance(found_topic, Refused):
        return found_topic
    found_person = find_person(catalogue.people(spoilers), person, scene.private) if person else None
    return found_person if isinstance(found_person, Refused) else Wish(found_topic, found_person)


async def _tell(scene: Scene, wish: Wish, to: Audience) -> Answer:
    fitting = scene.catalogue.facts(scene.channel.spoilers, topic=wish.topic, person=wish.person)
    if not fitting:
        return Reply(refusal_card(scene.private, Refused(Reason.NO_FACTS)))
    told = await _next(scene, wish, fitting, to)
    if told is None:
        return None
    fact, fresh_start = told
    language = scene.public if to is Audience.ALL else scene.private
    more = ("more" if to is Audience.ALL else "mine", wish.topic or "", wish.person or "")
    return Reply(fact_card(scene.catalogue.pack, fact, language, more=more, fresh_start=fresh_start), to)


async def _next(scene: Scene, wish: Wish, fitting: tuple[Fact, ...], to: Audience) -> tuple[Fact, bool] | None:
    """``None`` for a delivery that was handled before. A private fact takes nothing from what the channel has yet to hear."""
    core, pack = scene.core, scene.catalogue.pack
    listener = scene.channel.id if to is Audience.ALL else ChannelId(f"player:{scene.player}")
    pool = facts_pool(scene.channel.spoilers, topic=wish.topic, person=wish.person)
    by_id = {fact.id: fact for fact in fitting}
    ids = tuple(map(str, by_id))
    async with core.store.begin() as work:
        if not await work.seen.first(scene.inbound.dedupe_key, now=core.clock.now()):
            return None
        drawn, fresh_start = await core.library.next_fact(work, listener, pool, ids, pack=pack.id)
    return by_id[FactId(drawn)], fresh_start
