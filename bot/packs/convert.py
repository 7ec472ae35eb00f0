"""A sound draft as the domain's pack."""

from itertools import zip_longest

from bot.domain.facts import (
    CalendarDay,
    Fact,
    Omission,
    Pack,
    Question,
    QuestionKind,
    Source,
    Topic,
    Work,
)
from bot.domain.ids import FactId, PackId, ParagraphId, QuestionId, TopicId
from bot.domain.language import Language, Localized
from bot.packs.draft import Draft, Filed
from bot.packs.format import TRUTH_WORDS, FactEntry, LocalList, LocalText, PackFile, QuestionEntry
from bot.packs.structure import month_and_day


def to_pack(draft: Draft) -> Pack:
    """The pack. The draft must have passed the checks of ``structure``."""
    pack = draft.pack
    speech = _Speech(pack)
    facts = tuple(_fact(filed, speech) for filed in draft.facts)
    by_id = {fact.id: fact for fact in facts}
    return Pack(
        id=PackId(pack.id),
        name=speech.text(pack.name),
        topics=tuple(Topic(TopicId(topic.id), speech.text(topic.name)) for topic in pack.topic),
        sources=tuple(Source(source.prefix, speech.text(source.name)) for source in pack.source),
        facts=facts,
        questions=tuple(_question(filed.entry, by_id[FactId(filed.entry.fact)], speech) for filed in draft.questions),
        people=pack.people,
        works=tuple(Work(speech.text(work.title), work.kind, work.year, work.forms) for work in pack.work),
        omissions=tuple(Omission(ParagraphId(row.paragraph), row.reason) for row in pack.omitted),
    )


class _Speech:
    """Fills the language that a pack does not speak with the one that it does."""

    def __init__(self, pack: PackFile) -> None:
        self._en = Language.EN if Language.EN in pack.languages else Language.PT_BR
        self._pt_br = Language.PT_BR if Language.PT_BR in pack.languages else Language.EN

    def text(self, text: LocalText) -> Localized:
        return Localized(text[self._en], text[self._pt_br])

    def maybe(self, text: LocalText | None) -> Localized | None:
        return None if text is None else self.text(text)

    def texts(self, texts: LocalList) -> tuple[Localized, ...]:
        """Paired by place; one that has no partner stands in both languages."""
        pairs = zip_longest(texts[self._en], texts[self._pt_br], fillvalue="")
        return tuple(Localized(en or pt_br, pt_br or en) for en, pt_br in pairs)


def _fact(filed: Filed[FactEntry], speech: _Speech) -> Fact:
    entry = filed.entry
    day = month_and_day(entry.day) if entry.day is not None else None
    return Fact(
        id=FactId(entry.id),
        topic=TopicId(filed.topic),
        text=speech.text(entry.text),
        spoiler=entry.spoiler,
        sources=tuple(ParagraphId(source) for source in entry.sources),
        people=entry.people,
        films=entry.films,
        as_of=entry.as_of,
        note=speech.maybe(entry.note),
        day=CalendarDay(*day) if day is not None else None,
    )


def _question(entry: QuestionEntry, fact: Fact, speech: _Speech) -> Question:
    if entry.kind is QuestionKind.TRUE_FALSE:
        answer = TRUTH_WORDS[entry.truth is True]
        distractors: tuple[Localized, ...] = (TRUTH_WORDS[entry.truth is not True],)
    else:
        answer, distractors = speech.text(entry.answer), speech.texts(entry.distractors)
    return Question(
        id=QuestionId(entry.id),
        fact=fact.id,
        kind=entry.kind,
        difficulty=entry.difficulty,
        prompt=speech.text(entry.prompt),
        answer=answer,
        accept=speech.texts(entry.accept),
        distractors=distractors,
        hint=speech.maybe(entry.hint),
        spoiler=entry.spoiler if entry.spoiler is not None else fact.spoiler,
    )
