"""The corpus as JSON, for editors and checks outside the bot."""

import json
from typing import Any

from bot.domain.facts import Fact, Pack, Question
from bot.domain.language import Language, Localized


def facts_json(pack: Pack) -> str:
    """``{"facts": […], "omitted": […]}``, every spoiler level, in the pack's order."""
    omitted = [{"paragraph": row.paragraph, "reason": row.reason} for row in pack.omissions]
    return _dump({"facts": [_fact(fact) for fact in pack.facts], "omitted": omitted})


def questions_json(pack: Pack) -> str:
    """A list of the questions, every spoiler level, in the pack's order."""
    return _dump([_question(question) for question in pack.questions])


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "topic": fact.topic,
        "spoiler": fact.spoiler.value,
        "text": _both(fact.text),
        "people": list(fact.people),
        "films": list(fact.films),
        "as_of": fact.as_of,
        "note": None if fact.note is None else _both(fact.note),
        "sources": list(fact.sources),
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "fact": question.fact,
        "kind": question.kind.value,
        "difficulty": question.difficulty,
        "prompt": _both(question.prompt),
        "answer": _both(question.answer),
        "accept": _each(question.accept),
        "distractors": _each(question.distractors),
    }


def _both(text: Localized) -> dict[str, str]:
    return {language.value: text[language] for language in Language}


def _each(texts: tuple[Localized, ...]) -> dict[str, list[str]]:
    return {language.value: list(dict.fromkeys(text[language] for text in texts)) for language in Language}


def _dump(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)
