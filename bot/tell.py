"""One fact for the command line, without a channel to remember it."""

from bot.app.cards import fact_card, source_lines
from bot.domain.errors import Reason, Refused
from bot.domain.facts import Fact, Pack, Spoiler
from bot.domain.language import Language
from bot.system.chance import SystemChance


def told(pack: Pack, topic: str | None, person: str | None, language: Language, spoilers: Spoiler) -> str | Refused:
    """Title, fact, notes and sources, a line each; drawn by chance from what fits."""
    visible = [fact for fact in pack.facts if spoilers.allows(fact.spoiler)]
    fitting = _narrowed(pack, visible, topic, person, language) if topic or person else visible
    if isinstance(fitting, Refused):
        return fitting
    if not fitting:
        return Refused(Reason.NO_FACTS)
    fact = fitting[SystemChance().shuffled(range(len(fitting)))[0]]
    return "\n".join((fact_card(pack, fact, language).spoken(), *source_lines(pack, fact, language)))


def _narrowed(
    pack: Pack, facts: list[Fact], topic: str | None, person: str | None, language: Language
) -> list[Fact] | Refused:
    from bot.app.naming import find_person, find_topic  # noqa: PLC0415 - a quarter of the command's time, seldom needed

    if topic:
        wanted_topic = find_topic(pack.topics, topic, language)
        if isinstance(wanted_topic, Refused):
            return wanted_topic
        facts = [fact for fact in facts if fact.topic == wanted_topic]
    if person:
        people = sorted({name for fact in facts for name in fact.people})
        wanted_person = find_person(people, person, language)
        if isinstance(wanted_person, Refused):
            return wanted_person
        facts = [fact for fact in facts if wanted_person in fact.people]
    return facts
