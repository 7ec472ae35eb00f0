"""Judge guesses that come as lines of JSON, so that a pack's author can try the judge.

A line is ``{"question", "answer", "accept": [], "guess", "language"}``; ``accept`` and ``language`` (``en``) may be left out. Each line
yields one line ``{"accepted": bool, "reason": str}``, the reason in the line's language. A line that cannot be read is refused, with the
reason why; blank lines are skipped.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.app.verdict_words import reason_text
from bot.domain.answers import Key, Lexicon, judge, prepare
from bot.domain.language import Language

_MOST_KEYS: Final = 256
_TEXT_FIELDS: Final = ("question", "answer", "guess")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What makes a key: equal lines share one."""

    question: str
    answers: tuple[str, ...]
    language: Language


@dataclass(frozen=True, slots=True)
class _Line:
    asked: _Asked
    guess: str


def judge_jsonl(lines: Iterable[str], lexicon: Lexicon) -> Iterator[str]:
    """One verdict a line, in order, as soon as its line has come."""
    keys: dict[_Asked, Key] = {}
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        line = _read(text)
        if isinstance(line, str):
            yield _written(accepted=False, reason=f"line {number}: {line}")
            continue
        if line.asked not in keys:
            if len(keys) == _MOST_KEYS:
                keys.clear()
            portuguese = line.asked.language is Language.PT_BR
            keys[line.asked] = prepare(line.asked.question, line.asked.answers, lexicon, portuguese=portuguese)
        verdict = judge(keys[line.asked], line.guess)
        yield _written(accepted=verdict.accepted, reason=reason_text(verdict.reason, line.asked.language))


def _written(*, accepted: bool, reason: str) -> str:
    return json.dumps({"accepted": accepted, "reason": reason}, ensure_ascii=False)


def _read(text: str) -> _Line | str:
    """The line, or what is wrong with it."""
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        return f"not JSON ({error})" if isinstance(error, json.JSONDecodeError) else "not JSON"
    if not isinstance(row, dict):
        return "not a JSON object"
    for field in _TEXT_FIELDS:
        if not _is_text(row.get(field)):
            return f'"{field}" must be a text' if field in row else f'"{field}" is missing'
    accept = row.get("accept") or []
    if not isinstance(accept, list) or not all(map(_is_text, accept)):
        return '"accept" must be a list of texts'
    tag = row.get("language") or Language.EN.value
    language = Language.of_tag(tag) if isinstance(tag, str) else None
    if language is None:
        return '"language" must be "en" or "pt-BR"'
    answers = (str(row["answer"]), *map(str, accept))
    return _Line(_Asked(str(row["question"]), answers, language), str(row["guess"]))


def _is_text(value: object) -> bool:
    """A number is taken as its digits: authors write ``"answer": 7``."""
    return isinstance(value, str | int | float) and not isinstance(value, bool)
