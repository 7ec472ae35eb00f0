"""The rules of a good question, which a pack may break and still load: what gives an answer away, and what makes two of them right.

They read the domain's types, so that they judge what will be played.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.domain.answers import Lexicon, judge, prepare_question
from bot.domain.facts import Pack, Question, QuestionKind
from bot.domain.language import Language
from bot.packs.draft import Draft
from bot.packs.format import PACK_FILE, QUESTIONS_FOLDER
from bot.packs.problems import Problem, Spot

Problems = Iterator[Problem]

_OUTLIER_RATIO: Final = 2
_OUTLIER_CHARACTERS: Final = 10


@dataclass(frozen=True, slots=True)
class Matter:
    """What a check of one question may look up."""

    draft: Draft
    lexicon: Lexicon
    spots: dict[str, Spot]

    @classmethod
    def of(cls, draft: Draft, pack: Pack) -> "Matter":
        spots = {filed.entry.id: filed.spot for filed in draft.questions}
        return cls(draft, Lexicon.of_packs([pack]), spots)

    @property
    def languages(self) -> tuple[Language, ...]:
        return self.draft.pack.languages


QuestionCheck = Callable[[Matter, Question, Spot], Problems]


def plain_words(text: str) -> tuple[str, ...]:
    """The words without case, accents and punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return tuple(re.findall(r"[^\W_]+", "".join(char for char in decomposed if not unicodedata.combining(char))))


def prompt_keeps_its_answer(matter: Matter, question: Question, spot: Spot) -> Problems:
    if question.kind is QuestionKind.TRUE_FALSE:
        return
    for language in matter.languages:
        prompt = f" {' '.join(plain_words(question.prompt[language]))} "
        for answer in dict.fromkeys(text[language] for text in (question.answer, *question.accept)):
            told = " ".join(plain_words(answer))
            if told and f" {told} " in prompt:
                yield spot.error(f'the {language} prompt holds the answer "{answer}"', "ask it in other words")


def hint_keeps_its_answer(matter: Matter, question: Question, spot: Spot) -> Problems:
    if question.hint is None or question.kind is QuestionKind.TRUE_FALSE:
        return
    for language in matter.languages:
        told = " ".join(plain_words(question.answer[language]))
        if told and f" {told} " in f" {' '.join(plain_words(question.hint[language]))} ":
            yield spot.error(f"the {language} hint tells the answer", "help without telling")


def options_differ(matter: Matter, question: Question, spot: Spot) -> Problems:
    for language in matter.languages:
        seen: set[tuple[str, ...]] = set()
        for option in _options(question, language):
            folded = plain_words(option) or (option,)
            if folded in seen:
                yield spot.error(f'the {language} option "{option}" stands there twice', "write another one")
            seen.add(folded)


def wrong_options_are_wrong(matter: Matter, question: Question, spot: Spot) -> Problems:
    if question.kind is not QuestionKind.CHOICE:
        return
    key = prepare_question(question, matter.lexicon)
    for language in matter.languages:
        for wrong in question.distractors:
            if judge(key, wrong[language]).accepted:
                yield spot.error(f'the judge would also accept the {language} option "{wrong[language]}"', "replace it")


def judge_accepts_the_answer(matter: Matter, question: Question, spot: Spot) -> Problems:
    if question.kind is not QuestionKind.TYPED:
        return
    key = prepare_question(question, matter.lexicon)
    for language in matter.languages:
        for right in dict.fromkeys(text[language] for text in (question.answer, *question.accept)):
            verdict = judge(key, right)
            if not verdict.accepted:
                what = f'the judge refuses the {language} answer "{right}" ({verdict.reason.value})'
                yield spot.error(what, "write an answer that can be typed, or make it a choice")


def options_are_alike_in_length(matter: Matter, question: Question, spot: Spot) -> Problems:
    if question.kind is not QuestionKind.CHOICE:
        return
    for language in matter.languages:
        outlier = outlier_by_length(_options(question, language))
        if outlier is not None:
            yield spot.error(f'the {language} option "{outlier}" stands out by its length', "make the options alike")


def outlier_by_length(options: tuple[str, ...]) -> str | None:
    """The option that is more than twice as long as the next one, or less than half as long, by ten characters or more."""
    by_length = sorted(options, key=len)
    for lonely, neighbour in ((by_length[-1], by_length[-2]), (by_length[0], by_length[1])):
        short, long = sorted((len(lonely), len(neighbour)))
        if long > _OUTLIER_RATIO * short and long - short >= _OUTLIER_CHARACTERS:
            return lonely
    return None


def _options(question: Question, language: Language) -> tuple[str, ...]:
    return tuple(text[language] for text in (question.answer, *question.distractors))


QUESTION_CHECKS: Final[tuple[QuestionCheck, ...]] = (
    prompt_keeps_its_answer,
    hint_keeps_its_answer,
    options_differ,
    wrong_options_are_wrong,
    judge_accepts_the_answer,
    options_are_alike_in_length,
)


# --- the pack as a whole


def facts_are_asked(draft: Draft) -> Problems:
    asked = {filed.entry.fact for filed in draft.questions}
    for filed in draft.facts:
        if filed.entry.id not in asked and not filed.entry.unasked:
            remedy = f"write a question in {QUESTIONS_FOLDER}/{filed.topic}.toml, or say why not in `unasked`"
            yield filed.spot.warning("nothing asks it", remedy)


def questions_stand_with_their_topic(draft: Draft) -> Problems:
    topics = {filed.entry.id: filed.topic for filed in draft.facts}
    for filed in draft.questions:
        topic = topics.get(filed.entry.fact, filed.topic)
        if topic != filed.topic:
            yield filed.spot.warning(f'its fact is of topic "{topic}"', f"move it to {QUESTIONS_FOLDER}/{topic}.toml")


def paragraphs_are_used(draft: Draft) -> Problems:
    used = {source for filed in draft.facts for source in filed.entry.sources}
    used |= {row.paragraph for row in draft.pack.omitted}
    for source in draft.pack.source:
        for paragraph in source.paragraph_ids():
            if paragraph not in used:
                spot = Spot(PACK_FILE, "paragraph", paragraph)
                yield spot.warning("no fact cites it", "write one, or say why not in [[omitted]]")


def sources_are_told_or_left_out(draft: Draft) -> Problems:
    omitted = {row.paragraph for row in draft.pack.omitted}
    for filed in draft.facts:
        for source in filed.entry.sources:
            if source in omitted:
                yield filed.spot.warning(f'its source "{source}" is listed as left out', "remove it from [[omitted]]")


DRAFT_CHECKS: Final = (
    facts_are_asked,
    questions_stand_with_their_topic,
    paragraphs_are_used,
    sources_are_told_or_left_out,
)
