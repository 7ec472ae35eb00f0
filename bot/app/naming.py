"""Topics and people as somebody names them."""

from collections.abc import Sequence
from typing import Final

from bot.app.nearest import fold, nearest
from bot.app.options import bad_value
from bot.app.phrases import say
from bot.domain.errors import Refused
from bot.domain.facts import Topic
from bot.domain.ids import TopicId
from bot.domain.language import Language

THIS_WEEK: Final = TopicId("this-week")
"""Instead of a topic of the pack: what was posted in the channel in the last seven days."""


def find_topic(topics: Sequence[Topic], text: str, language: Language) -> TopicId | Refused:
    """The topic that a text names in either language."""
    known = {fold(label): topic.id for topic in topics for label in (topic.id, *topic.name)}
    found = known.get(fold(text))
    if found is not None:
        return found
    return _unknown("topic", text, nearest(text, [topic.name[language] for topic in topics]), language)


def find_quiz_topic(topics: Sequence[Topic], text: str, language: Language) -> TopicId | Refused:
    """A topic, or what the daily post told in the last week."""
    named = {THIS_WEEK, *(say(spoken, f"value.{THIS_WEEK}") for spoken in Language)}
    named |= {say(spoken, "daily.week") for spoken in Language}
    wanted = fold(text).replace(" ", "-")
    is_meant = wanted in {fold(name).replace(" ", "-") for name in named}
    return THIS_WEEK if is_meant else find_topic(topics, text, language)


def find_person(people: Sequence[str], text: str, language: Language) -> str | Refused:
    """The person whom a text names: in full, or by a part that is nobody else's."""
    wanted = fold(text)
    exact = [person for person in people if fold(person) == wanted]
    found = exact or [person for person in people if wanted in fold(person).split() or fold(person).startswith(wanted)]
    if len(found) == 1:
        return found[0]
    return _unknown("person", text, found[0] if found else nearest(text, people), language)


def _unknown(option: str, given: str, found: str | None, language: Language) -> Refused:
    remedy = say(language, "remedy.nearest", nearest=found) if found else say(language, "remedy.none")
    return bad_value(say(language, f"name.{option}"), given, remedy)
