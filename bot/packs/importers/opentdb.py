"""Open Trivia Database JSON, in any of its encodings: HTML entities (the default), percent-encoding, Base64, or none."""

import base64
import html
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from bot.domain.facts import QuestionKind
from bot.packs.importers.rows import NotTaken, Reading, Row, one_line, read_text
from bot.packs.problems import PackError, Spot

_CREDIT: Final = "Open Trivia Database (CC BY-SA 4.0)"
_DIFFICULTIES: Final = {"easy": 1, "medium": 2, "hard": 3}
_BASE64_TYPES: Final = frozenset(base64.b64encode(name).decode() for name in (b"multiple", b"boolean"))
_SECTIONS: Final = ("Entertainment: ", "Science: ")
"""Left out of a category's name, which must fit into a menu."""

Decode = Callable[[str], str]


def read_opentdb(path: Path) -> Reading:
    """The questions of an API answer, or of the bare list in it. Raises :class:`PackError` for anything else."""
    rows: list[Row] = []
    not_taken: list[NotTaken] = []
    for place, raw in enumerate(_results(path), start=1):
        read = _row(raw, f"question {place}")
        if isinstance(read, Row):
            rows.append(read)
        else:
            not_taken.append(read)
    return Reading(_CREDIT, tuple(rows), tuple(not_taken))


def _results(path: Path) -> list[Any]:
    spot = Spot(str(path))
    try:
        document = json.loads(read_text(path))
    except (json.JSONDecodeError, RecursionError) as error:
        line = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise PackError([spot.error(f"not JSON{line}", "save the API's answer as it comes")]) from error
    results = document.get("results") if isinstance(document, dict) else document
    if isinstance(document, dict) and document.get("response_code", 0) != 0:
        code = document["response_code"]
        raise PackError([spot.error(f"the database answered with code {code}", "ask it again, for fewer questions")])
    if not isinstance(results, list):
        raise PackError([spot.error('no list of "results"', "save the API's answer as it comes")])
    return results


def _row(raw: object, where: str) -> Row | NotTaken:
    if not isinstance(raw, dict) or not isinstance(raw.get("question"), str):
        return NotTaken(where, "", "not a question of this format")
    decode = _decoder(raw)
    wrong = raw.get("incorrect_answers", [])
    texts = [raw["question"], raw.get("correct_answer"), *(wrong if isinstance(wrong, list) else [None])]
    if not all(isinstance(text, str) for text in texts):
        return NotTaken(where, decode(raw["question"]), "its answers are not texts")
    prompt, right, *distractors = (one_line(decode(text)) for text in texts)
    topic, difficulty = (decode(str(raw.get(key) or "")) for key in ("category", "difficulty"))
    for section in _SECTIONS:
        topic = topic.removeprefix(section)
    graded = _DIFFICULTIES.get(difficulty, 2)
    match decode(str(raw.get("type"))):
        case "multiple":
            chosen = QuestionKind.CHOICE
            return Row(where, prompt, right, chosen, distractors=tuple(distractors), difficulty=graded, topic=topic)
        case "boolean" if right in ("True", "False"):
            told = QuestionKind.TRUE_FALSE
            return Row(where, prompt, "", told, truth=right == "True", difficulty=graded, topic=topic)
        case other:
            return NotTaken(where, prompt, f'its type "{other}" is not known')


def _decoder(raw: dict[str, Any]) -> Decode:
    """Told by what is known of the plain values: the types are two words, and a question has blanks."""
    if raw.get("type") in _BASE64_TYPES:
        return _from_base64
    if "%20" in raw["question"] and " " not in raw["question"]:
        return unquote
    return html.unescape


def _from_base64(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode("utf-8")
    except ValueError:
        return text
