"""The judge by lines of JSON: one line in, one line out, whatever the line holds."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.judge_jsonl import judge_jsonl
from bot.app.verdict_words import reason_text
from bot.domain.answers import Lexicon, Reason
from bot.domain.language import Language
from tests.unit.answers.table import LEXICON

_LINE = {
    "question": "Who plays Sebastian?",
    "answer": "Ryan Gosling",
    "accept": ["Gosling"],
    "guess": "gosling",
    "language": "en",
}


def _judged(*rows: object) -> list[dict[str, object]]:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    return [json.loads(line) for line in judge_jsonl(lines, LEXICON)]


def test_each_line_yields_its_verdict_in_order() -> None:
    assert _judged(_LINE, {**_LINE, "guess": "Ryan Reynolds"}) == [
        {"accepted": True, "reason": "right"},
        {"accepted": False, "reason": "not that"},
    ]


def test_reason_is_in_the_language_of_the_line() -> None:
    assert (
        _judged({**_LINE, "guess": "Gene Kelly ou Tom Hanks", "language": "pt-BR"})[0]["reason"] == "dê uma resposta só"
    )


def test_accept_and_language_may_be_left_out() -> None:
    assert _judged({"question": "How many?", "answer": 7, "guess": "sete"}) == [{"accepted": True, "reason": "right"}]


def test_portuguese_no_is_a_preposition_only_in_a_portuguese_line() -> None:
    line = {"question": "Onde eles dançam?", "answer": "o planetário", "guess": "no planetário"}
    assert [row["accepted"] for row in _judged({**line, "language": "pt-BR"}, {**line, "language": "en"})] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "line 1: not JSON"),
        ("[1]", "line 1: not a JSON object"),
        ('{"question": "q", "answer": "a"}', 'line 1: "guess" is missing'),
        ('{"question": "q", "answer": null, "guess": "a"}', 'line 1: "answer" must be a text'),
        ('{"question": "q", "answer": "a", "guess": "a", "accept": "a"}', 'line 1: "accept" must be a list of texts'),
        ('{"question": "q", "answer": "a", "guess": "a", "language": "fr"}', 'line 1: "language" must be'),
        ("[" * 100_000, "line 1: not JSON"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_reason(line: str, why: str) -> None:
    (row,) = _judged(line)
    assert row["accepted"] is False
    assert str(row["reason"]).startswith(why)


def test_blank_lines_are_skipped_and_counted() -> None:
    assert _judged("", "  ", "x")[0]["reason"].startswith("line 3: ")  # type: ignore[attr-defined]


@given(
    st.lists(
        st.text(max_size=60)
        | st.from_type(object).map(lambda _: '{"question":"\\ud800","answer":"\\ud800","guess":"\\ud800"}'),
        max_size=4,
    )
)
def test_no_line_stops_the_judge(lines: list[str]) -> None:
    assert len(list(judge_jsonl(lines, Lexicon.of()))) == sum(bool(line.strip()) for line in lines)


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("language", Language)
def test_every_reason_has_words_in_every_language(reason: Reason, language: Language) -> None:
    assert reason_text(reason, language)
