"""What holds for every text that a player can type."""

import sys
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.answers import Lexicon, Reason, judge, prepare, prepare_question
from bot.domain.answers.folding import fold
from bot.domain.facts import Question, QuestionKind, Work
from bot.domain.ids import FactId, QuestionId
from bot.domain.language import Localized
from tests.unit.answers.table import KEYS, LEXICON, TABLE_RIGHT

questions = st.sampled_from(sorted(KEYS))
right = st.sampled_from(TABLE_RIGHT)
wild = st.text(max_size=220) | st.text(alphabet="0123456789.,/-$%<>@*~|`:;&#'\"() aeo½ª\u200b\u202e", max_size=220)


@given(questions, wild)
@example("hours", "7" * 200)
@example("venice", "99/99/9999")
@example("nominations", "one hundred thousand million billion " * 5)
def test_any_text_gets_a_verdict_and_always_the_same(question: str, guess: str) -> None:
    verdict = judge(KEYS[question], guess)
    assert verdict == judge(KEYS[question], guess)
    assert verdict.accepted is (verdict.reason is Reason.RIGHT)


@given(st.text(), st.text(min_size=1, max_size=30), st.lists(st.text(max_size=30), max_size=3))
def test_any_question_can_be_prepared(prompt: str, answer: str, accept: list[str]) -> None:
    assert prepare(prompt, (answer, *accept), LEXICON) == prepare(prompt, (answer, *accept), LEXICON)


@given(wild)
@example("&amp;amp;lt;b&gt;")
@example("<<b>b>*~*a~*")
@example("7**8**9")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def _fullwidth(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


@pytest.mark.parametrize("change", [str.upper, str.lower, str.swapcase, _fullwidth])
@given(case=right)
def test_case_and_width_never_change_a_right_answer(change: Callable[[str], str], case: tuple[str, str]) -> None:
    question, guess = case
    assert judge(KEYS[question], change(guess)).accepted


@given(right, st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u202c\u2067\u2069\u034f"), st.data())
def test_invisible_characters_never_change_a_right_answer(
    case: tuple[str, str], invisible: str, data: st.DataObject
) -> None:
    question, guess = case
    at = data.draw(st.integers(0, len(guess)))
    assert judge(KEYS[question], guess[:at] + invisible + guess[at:]).accepted


@given(right, st.sampled_from("\u0301\u0300\u0303\u0327"), st.data())
def test_accents_never_change_a_right_answer(case: tuple[str, str], accent: str, data: st.DataObject) -> None:
    question, guess = case
    letters = [index for index, letter in enumerate(guess) if letter.isalpha()]
    at = data.draw(st.sampled_from(letters or [0])) + 1
    assert judge(KEYS[question], guess[:at] + accent + guess[at:]).accepted or not letters


@given(
    right,
    st.sampled_from(["Gene Kelly", "Top Hat", "Casablanca", "99", "blue", "trombone"]),
    st.sampled_from([" or ", " ou ", ", ", " / ", "; ", " ", "\n"]),
)
def test_a_second_candidate_is_always_refused(case: tuple[str, str], other: str, link: str) -> None:
    question, guess = case
    assert not judge(KEYS[question], f"{guess}{link}{other}").accepted
    assert not judge(KEYS[question], f"{other}{link}{guess}").accepted


@given(right, st.sampled_from(["not ", "não ", "não é ", "isn't ", "never ", "nem ", "anything but "]))
def test_a_negation_is_always_refused(case: tuple[str, str], negation: str) -> None:
    question, guess = case
    assert not judge(KEYS[question], negation + guess).accepted


@given(right, st.sampled_from(["@everyone", "<@U1>", "<!here>", "https://x.y", "@here"]))
def test_a_mention_is_refused_whatever_else_stands_there(case: tuple[str, str], address: str) -> None:
    question, guess = case
    assert judge(KEYS[question], f"{address} {guess}").reason is Reason.MENTION
    assert judge(KEYS[question], f"{guess} {address}").reason is Reason.MENTION


@given(st.data())
def test_a_misspelling_that_is_another_known_name_is_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["Marian Ferreira", "Victor Bellini", "Renata Salgado"]))
    at = data.draw(st.integers(1, len(name) - 1))
    other = name[:at] + data.draw(st.sampled_from("abcdeimnorst")) + name[at + 1 :]
    key = prepare("Who wrote it?", (name,), Lexicon.of((name, other)))
    assert judge(key, other).accepted is (fold(other) == fold(name))


@pytest.mark.parametrize(
    "reason", [Reason.TOO_LONG, Reason.EMPTY, Reason.SEVERAL, Reason.MENTION, Reason.AMBIGUOUS_DATE]
)
def test_reasons_of_form_do_not_count_as_a_try(reason: Reason) -> None:
    assert reason.is_form


@pytest.mark.parametrize("reason", [Reason.RIGHT, Reason.WRONG, Reason.CLOSE, Reason.INCOMPLETE, Reason.NEGATED])
def test_reasons_of_content_count_as_a_try(reason: Reason) -> None:
    assert not reason.is_form


@pytest.mark.parametrize(
    ("question", "guess", "reason"),
    [
        ("sebastian", "Ryan", Reason.INCOMPLETE),
        ("director", "Chazelle", Reason.INCOMPLETE),
        ("sebastian", "Ryan Gslng", Reason.CLOSE),
        ("mia", "Emma Watson", Reason.WRONG),
        ("sebastian", "not Gosling", Reason.NEGATED),
        ("sebastian", "Gene Kelly or Tom Hanks", Reason.SEVERAL),
        ("globes", "7 or 8", Reason.SEVERAL),
        ("sebastian", "…", Reason.EMPTY),
        ("sebastian", "I think it's", Reason.EMPTY),
        ("sebastian", "x" * 201, Reason.TOO_LONG),
        ("sebastian", "\ufdfa" * 150, Reason.TOO_LONG),
        ("sebastian", "@here", Reason.MENTION),
        ("june5", "05/06/2016", Reason.AMBIGUOUS_DATE),
        ("venice", "31 August", Reason.INCOMPLETE),
    ],
)
def test_reason_is_the_kindest_true_one(question: str, guess: str, reason: Reason) -> None:
    assert judge(KEYS[question], guess).reason is reason


def test_a_list_is_called_a_list_whether_or_not_the_answer_is_in_it() -> None:
    with_it, without_it = (
        judge(KEYS["sebastian"], "Ryan Gosling or Tom Hanks"),
        judge(KEYS["sebastian"], "Gene Kelly or Tom Hanks"),
    )
    assert with_it == without_it


def test_a_listed_form_is_right_even_where_the_rules_would_refuse_it() -> None:
    key = prepare("Who directed it?", ("Damien Chazelle", "Chazelle"), LEXICON)
    assert judge(key, "chazelle").accepted


def test_a_pack_question_takes_answers_of_both_languages() -> None:
    question = Question(
        id=QuestionId("q"),
        fact=FactId("f"),
        kind=QuestionKind.TYPED,
        difficulty=2,
        prompt=Localized("Which film is it?", "Que filme é?"),
        answer=Localized("Nightfall", "Anoitecer"),
        accept=(Localized("Dusk", "Crepúsculo"),),
    )
    key = prepare_question(question, Lexicon.of((), (Work(Localized("Nightfall", "Anoitecer"), year=1956),)))
    assert all(
        judge(key, guess).accepted for guess in ("nightfall", "anoitecer", "dusk", "crepusculo", "Anoitecer (1956)")
    )


def _lines_run(action: Callable[[], object]) -> int:
    """How many lines of Python an action runs: a measure of work that no other process disturbs."""
    count = 0

    def trace(_frame: object, event: str, _argument: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    previous = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        action()
    finally:
        sys.settrace(previous)
    return count


@pytest.mark.parametrize(
    "piece", ["i ", "a ", "7 ", "1/", "é ", "*~", "gosling ", "e ", "< ", "&amp;", "and a half ", "\u0416"]
)
@pytest.mark.parametrize("question", ["sebastian", "hours", "venice", "guy"])
def test_work_grows_no_faster_than_the_guess(question: str, piece: str) -> None:
    key = KEYS[question]
    once, twice = (piece * 100)[:100], (piece * 200)[:200]
    assert _lines_run(lambda: judge(key, twice)) <= 3 * _lines_run(lambda: judge(key, once)) + 500


def test_an_endless_guess_is_refused_unread() -> None:
    assert _lines_run(lambda: judge(KEYS["sebastian"], "Gosling " * 100_000)) <= 5


@settings(max_examples=30)
@given(st.integers(1, 99_999_999))
def test_digits_with_and_without_separators_are_one_number(value: int) -> None:
    key = prepare("How many were there?", (str(value),), LEXICON)
    assert judge(key, f"{value:,}").accepted
    assert judge(key, f"{value:,}".replace(",", ".")).accepted
    assert not judge(key, str(value + 1)).accepted
