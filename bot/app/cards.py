"""Facts and short notices as cards, and the ids that their buttons carry."""

from itertools import groupby
from typing import Final

from bot.app.phrases import listed, say
from bot.domain.errors import Reason, Refused
from bot.domain.facts import Fact, Pack
from bot.domain.ids import ParagraphId
from bot.domain.language import Language
from bot.ports.cards import Button, ButtonStyle, Card, CardKind, Text, TextStyle, Tone

VERSION: Final = "v1"
LETTERS: Final = "ABCDE"


def button_id(verb: str, *arguments: str | int) -> str:
    """``v1:verb:arguments``: nothing in it ever tells an answer."""
    return ":".join((VERSION, verb, *map(str, arguments)))


def notice(
    language: Language, title: str, *lines: str, tone: Tone = Tone.PLAIN, buttons: tuple[Button, ...] = ()
) -> Card:
    return Card(CardKind.NOTICE, language, title, tuple(Text(line) for line in lines if line), buttons, tone)


def refusal_card(language: Language, refused: Refused) -> Card:
    details = dict(refused.details)
    if refused.reason is Reason.NOT_ALLOWED:
        details["who"] = details.get("who") or say(language, "managers.default")
    text = say(language, f"refused.{refused.reason}", **details)
    return notice(language, say(language, "refused.title"), text, tone=Tone.WARNING)


def fact_card(
    pack: Pack,
    fact: Fact,
    language: Language,
    *,
    more: tuple[str, str, str] = ("more", "", ""),
    fresh_start: bool = False,
) -> Card:
    """``more``: verb, topic and person of *Another*; ``fresh_start``: the channel has seen every fact and begins anew."""
    topic = next(topic.name for topic in pack.topics if topic.id == fact.topic)
    buttons = (
        Button(button_id(*more), say(language, "fact.another"), ButtonStyle.PRIMARY),
        Button(button_id("quizme", pack.id, fact.id), say(language, "fact.quiz")),
        Button(button_id("source", pack.id, fact.id), say(language, "fact.source")),
    )
    opening = (Text(say(language, "fact.fresh_start"), TextStyle.SMALL),) if fresh_start else ()
    title = say(language, "fact.title", pack=pack.name[language], topic=topic[language])
    return Card(CardKind.FACT, language, title, (*opening, *fact_texts(fact, language)), buttons)


def fact_texts(fact: Fact, language: Language) -> tuple[Text, ...]:
    """The fact, when it was true, and its note."""
    small = []
    if fact.as_of:
        small.append(say(language, "fact.as_of", year=fact.as_of))
    if fact.note:
        small.append(say(language, "fact.note", note=fact.note[language]))
    return (Text(fact.text[language]), *(Text(line, TextStyle.SMALL) for line in small))


def source_card(pack: Pack, fact: Fact, language: Language) -> Card:
    return notice(language, say(language, "source.title"), *source_lines(pack, fact, language))


def source_lines(pack: Pack, fact: Fact, language: Language) -> tuple[str, ...]:
    """A line a document, with its paragraphs."""
    names = {source.prefix: source.name[language] for source in pack.sources}
    lines = []
    for prefix, ids in groupby(sorted(fact.sources), key=_prefix):
        numbers = tuple(paragraph.rpartition("-")[2].lstrip("0") for paragraph in ids)
        key = "source.line" if len(numbers) == 1 else "source.line_many"
        lines.append(say(language, key, source=names.get(prefix, prefix), paragraphs=listed(language, numbers)))
    return tuple(lines)


def source_names(pack: Pack, fact: Fact, language: Language) -> str:
    """The documents' names alone, for a reveal."""
    cited = {_prefix(paragraph) for paragraph in fact.sources}
    return listed(language, tuple(source.name[language] for source in pack.sources if source.prefix in cited))


def _prefix(paragraph: ParagraphId) -> str:
    return paragraph.rpartition("-")[0]
