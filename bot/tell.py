"""One fact for the command line, without a channel to remember it."""

from bot.app.cards import fact_card, source_lines
from bot.app.naming import find_person, find_topic
from bot.domain.errors import Reason, Refused
from bot.domain.facts import Pack, Spoiler
from bot.domain.language import Language
from bot.system import SystemChance


def told(pack: Pack, topic: str | None, person: str | None, language: Language, spoilers: Spoiler) -> str | Refused:
    """Title, fact, notes and sources, a line each; drawn by chance from what fits."""
    wanted_topic = find_topic(pack.topics, topic, language) if topic else None
    if isinstance(wanted_topic, Refused):
        return wanted_topic
    visible = [fact for fact in pack.facts if spoilers.allows(fact.spoiler)]
    people = sorted({name for fact in visible for name in fact.people})
    wanted_person = find_person(people, person, language) if person else None
    if isinstance(wanted_person, Refused):
        return wanted_person
    fitting = [
        fact
        for fact in visible
        if wanted_topic in (None, fact.topic) and (wanted_person is None or wanted_person in fact.people)
    ]
    if not fitting:
        return Refused(Reason.NO_FACTS)
    fact = fitting[SystemChance().shuffled(range(len(fitting)))[0]]
    return "\n".join((fact_card(pack, fact, language).spoken(), *source_lines(pack, fact, language)))
