"""The pack that ships: complete in both languages, asked throughout, and giving nothing away."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.facts import Pack, QuestionKind, Spoiler
from bot.domain.language import Language
from bot.packs.lint import lint
from bot.packs.loader import load_pack, load_packs

SEEDS = Path(__file__).parents[2] / "seeds"
FOLDER = SEEDS / "lalaland"


@cache
def lalaland() -> Pack:
    return load_pack(FOLDER)


def test_the_seeds_are_this_pack() -> None:
    assert [pack.id for pack in load_packs([SEEDS])] == ["lalaland"]


def test_the_lint_finds_no_fault() -> None:
    assert [str(problem) for problem in lint(FOLDER) if problem.severity == "error"] == []


def test_every_paragraph_of_the_sources_is_told_or_left_out_with_a_reason() -> None:
    assert [str(problem) for problem in lint(FOLDER) if problem.kind in ("paragraph", "omitted")] == []
    assert all(row.reason for row in lalaland().omissions)


def test_few_facts_are_left_unasked() -> None:
    asked = {question.fact for question in lalaland().questions}
    assert len(asked) >= 0.9 * len(lalaland().facts)


def test_the_pack_is_large_enough_for_months_of_days_and_many_games() -> None:
    assert len(lalaland().facts) >= 120
    assert len(lalaland().questions) >= 220


def test_every_topic_can_be_told_and_asked_without_spoilers() -> None:
    catalogue = Catalogue(lalaland())
    for topic in lalaland().topics:
        assert catalogue.facts(Spoiler.NONE, topic=topic.id), topic.id
        assert catalogue.questions(Spoiler.NONE, topic=topic.id), topic.id


def test_a_default_game_can_be_played_at_every_level_in_every_way() -> None:
    catalogue = Catalogue(lalaland())
    for level in Spoiler:
        assert len(catalogue.questions(level, kinds=frozenset((QuestionKind.CHOICE,)))) >= 50
        assert len(catalogue.questions(level, kinds=frozenset((QuestionKind.TYPED,)))) >= 10


def test_every_fact_is_translated() -> None:
    assert [fact.id for fact in lalaland().facts if fact.text.en == fact.text.pt_br] == []
    assert [fact.id for fact in lalaland().facts if fact.note and fact.note.en == fact.note.pt_br] == []


def test_every_question_is_translated() -> None:
    assert [row.id for row in lalaland().questions if row.prompt.en == row.prompt.pt_br] == []
    assert [row.id for row in lalaland().questions if row.hint and row.hint.en == row.hint.pt_br] == []


def test_no_text_holds_markup_or_links() -> None:
    marks = re.compile(r"https?:|[*_`<>|]|@")
    texts = [(fact.id, text) for fact in lalaland().facts for text in (*fact.text, *(fact.note or ()))]
    texts += [(row.id, text) for row in lalaland().questions for text in (*row.prompt, *row.answer, *(row.hint or ()))]
    assert [(identifier, text) for identifier, text in texts if marks.search(text)] == []


def test_the_options_of_both_languages_correspond() -> None:
    for question in lalaland().questions:
        if question.kind is QuestionKind.CHOICE:
            assert len(question.distractors) == 3
            assert all(wrong.en and wrong.pt_br for wrong in question.distractors)


@pytest.mark.parametrize("language", Language)
def test_the_longest_option_is_seldom_the_right_one(language: Language) -> None:
    choices = [row for row in lalaland().questions if row.kind is QuestionKind.CHOICE]
    telling = [
        row.id for row in choices if len(row.answer[language]) > max(len(wrong[language]) for wrong in row.distractors)
    ]
    assert len(telling) <= 0.4 * len(choices), telling


def test_true_and_false_are_both_likely() -> None:
    truths = Counter(row.answer.en for row in lalaland().questions if row.kind is QuestionKind.TRUE_FALSE)
    assert min(truths["True"], truths["False"]) >= 0.3 * truths.total()


def test_every_difficulty_is_there() -> None:
    assert {row.difficulty for row in lalaland().questions} == {1, 2, 3}


def test_hints_do_not_repeat_their_question() -> None:
    same = [row.id for row in lalaland().questions if row.hint and set(row.hint) & set(row.prompt)]
    assert same == []
