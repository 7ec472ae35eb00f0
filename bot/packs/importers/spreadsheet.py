"""CSV, as spreadsheets write it: a heading, then a question a line; columns in any order, in English or Portuguese.

Needed: ``question`` and ``answer``. Known: ``wrong`` (repeated, numbered, or one cell with ``|`` between), ``accept`` (``|``), ``hint``,
``fact``, ``topic``, ``difficulty`` (1–3 or easy, medium, hard), ``kind``. The separator may be a comma, a semicolon or a tab.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from bot.domain.facts import QuestionKind
from bot.packs.format import DISTRACTOR_COUNT
from bot.packs.importers.rows import NotTaken, Reading, Row, one_line, read_text
from bot.packs.problems import PackError, Spot
from bot.packs.quality import plain_words

_COLUMNS: Final = {
    "question": ("question", "prompt", "pergunta", "questao", "enunciado"),
    "answer": ("answer", "correct answer", "correct", "resposta", "resposta certa", "resposta correta"),
    "wrong": (
        *("wrong", "wrong answer", "wrong answers", "incorrect", "incorrect answer", "incorrect answers"),
        *("distractor", "distractors", "option", "errada", "erradas", "resposta errada", "respostas erradas", "opcao"),
    ),
    "accept": ("accept", "also accept", "aliases", "aceitar", "aceita", "tambem aceita"),
    "hint": ("hint", "dica"),
    "fact": ("fact", "explanation", "fato", "explicacao", "curiosidade"),
    "topic": ("topic", "category", "tema", "topico", "categoria"),
    "difficulty": ("difficulty", "dificuldade"),
    "kind": ("kind", "type", "tipo"),
}
_COLUMN_OF: Final = {heading: column for column, headings in _COLUMNS.items() for heading in headings}
_DIFFICULTIES: Final = {"1": 1, "2": 2, "3": 3, "easy": 1, "medium": 2, "hard": 3, "facil": 1, "media": 2, "dificil": 3}
_TRUTHS: Final = {"true": True, "false": False, "verdadeiro": True, "falso": False}
_TRUTH_KINDS: Final = frozenset(("truefalse", "true false", "boolean", "verdadeiro ou falso"))

Cells = dict[str, tuple[str, ...]]


def read_spreadsheet(path: Path) -> Reading:
    """The questions of the table. Raises :class:`PackError` where no heading names question and answer."""
    text = read_text(path)
    heading_line = text.partition("\n")[0]
    separator = max(",;\t", key=heading_line.count)
    lines = csv.reader(text.splitlines(keepends=True), delimiter=separator)
    try:
        columns, unknown = _columns(next(lines, []))
        _demand(columns, path)
        read = [_row(cells, where) for where, cells in _cells(lines, columns)]
    except csv.Error as error:
        raise PackError([Spot(str(path)).error(f"line {lines.line_num}: {error}", "mend its quotes")]) from error
    not_taken = [NotTaken("line 1", name, "the column is not known") for name in unknown]
    for rows in read:
        not_taken.extend(row for row in rows if isinstance(row, NotTaken))
    return Reading(path.name, tuple(row for rows in read for row in rows if isinstance(row, Row)), tuple(not_taken))


def _columns(heading: Iterable[str]) -> tuple[list[str | None], list[str]]:
    """What each column holds, and the names that say nothing to us."""
    columns: list[str | None] = []
    unknown: list[str] = []
    for name in heading:
        plain = re.sub(r" ?\d+$", "", " ".join(plain_words(name.replace("_", " "))))
        columns.append(_COLUMN_OF.get(plain))
        if columns[-1] is None and name.strip():
            unknown.append(one_line(name))
    return columns, unknown


def _demand(columns: Iterable[str | None], path: Path) -> None:
    there = set(columns)
    for needed in ("question", "answer"):
        if needed not in there:
            spot = Spot(str(path))
            raise PackError(
                [spot.error(f'line 1: no column "{needed}"', "name the columns there: question, answer, wrong, …")]
            )


def _cells(lines: Iterator[list[str]], columns: list[str | None]) -> Iterator[tuple[str, Cells]]:
    line = 1
    for cells in lines:
        line += 1
        row: dict[str, list[str]] = {}
        for column, cell in zip(columns, cells, strict=False):
            if column is not None and cell.strip():
                row.setdefault(column, []).extend(_split(column, cell))
        if any(cell.strip() for cell in cells):
            yield f"row {line}", {column: tuple(texts) for column, texts in row.items()}


def _split(column: str, cell: str) -> list[str]:
    parts = cell.split("|") if column in ("wrong", "accept") else [cell]
    return [one_line(part) for part in parts if part.strip()]


def _row(cells: Cells, where: str) -> tuple[Row | NotTaken, ...]:
    """The question, before it a word about what of it was left out."""
    prompt, answer = _first(cells, "question"), _first(cells, "answer")
    if not prompt or not answer:
        return (NotTaken(where, prompt or answer, "a question needs an answer" if prompt else "no question"),)
    wrong, accept = cells.get("wrong", ()), cells.get("accept", ())
    kind, truth = _kind(cells, answer, wrong)
    notes: list[Row | NotTaken] = list(_notes(where, kind, wrong, accept))
    return (
        *notes,
        Row(
            where,
            prompt,
            "" if kind is QuestionKind.TRUE_FALSE else answer,
            kind,
            accept=accept if kind is QuestionKind.TYPED else (),
            distractors=wrong[:DISTRACTOR_COUNT] if kind is QuestionKind.CHOICE else (),
            truth=truth,
            difficulty=_DIFFICULTIES.get(" ".join(plain_words(_first(cells, "difficulty"))), 2),
            topic=_first(cells, "topic"),
            hint=_first(cells, "hint"),
            fact=_first(cells, "fact"),
        ),
    )


def _kind(cells: Cells, answer: str, wrong: tuple[str, ...]) -> tuple[QuestionKind, bool | None]:
    """Enough wrong answers make a choice; "true" or "false" alone, or against the other, make that kind."""
    truth = _TRUTHS.get(answer.casefold())
    said = " ".join(plain_words(_first(cells, "kind")))
    if truth is not None and (said in _TRUTH_KINDS or (len(wrong) < DISTRACTOR_COUNT and said != "typed")):
        return QuestionKind.TRUE_FALSE, truth
    if len(wrong) >= DISTRACTOR_COUNT and said != "typed":
        return QuestionKind.CHOICE, None
    return QuestionKind.TYPED, None


def _notes(where: str, kind: QuestionKind, wrong: tuple[str, ...], accept: tuple[str, ...]) -> Iterator[NotTaken]:
    if kind is QuestionKind.CHOICE and len(wrong) > DISTRACTOR_COUNT:
        yield NotTaken(where, " | ".join(wrong[DISTRACTOR_COUNT:]), f"a choice has {DISTRACTOR_COUNT} wrong answers")
    if kind is QuestionKind.TYPED and wrong:
        reason = f"fewer than {DISTRACTOR_COUNT} wrong answers make no choice: taken as a typed question"
        yield NotTaken(where, " | ".join(wrong), reason)
    if kind is QuestionKind.CHOICE and accept:
        yield NotTaken(where, " | ".join(accept), "a choice has no further right answers")


def _first(cells: Cells, column: str) -> str:
    return cells.get(column, ("",))[0]
