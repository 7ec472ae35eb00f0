import ast
import string
from pathlib import Path

import pytest

import bot
from bot.app.commands import SPECS
from bot.app.phrases import PHRASES, listed, number, say, seconds
from bot.domain.errors import Reason
from bot.domain.language import Language
from bot.domain.moves import Ending
from bot.domain.rules import Mode

CODE = Path(bot.__file__).parent.parent
ENGLISH, PORTUGUESE = PHRASES[Language.EN], PHRASES[Language.PT_BR]


def blanks(phrase):
    forms = phrase if isinstance(phrase, tuple) else (phrase,)
    return [{field for _, field, _, _ in string.Formatter().parse(form) if field} for form in forms]


def used_keys():
    """Every key that the code says in full."""
    for path in [*(CODE / "bot").rglob("*.py"), *(CODE / "adapters").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say" and len(node.args) > 1:
                key = node.args[1]
                if isinstance(key, ast.Constant):
                    yield key.value, path.name


def test_no_phrase_is_missing_in_either_language():
    assert ENGLISH.keys() == PORTUGUESE.keys()


@pytest.mark.parametrize("key", sorted(ENGLISH))
def test_both_languages_fill_the_same_blanks(key):
    english, portuguese = blanks(ENGLISH[key]), blanks(PORTUGUESE[key])
    assert len(english) == len(portuguese), "a plural in one language is one in the other"
    assert set().union(*english) - {"count"} == set().union(*portuguese) - {"count"}


@pytest.mark.parametrize(("key", "where"), sorted(set(used_keys())))
def test_every_phrase_that_the_code_says_exists(key, where):
    assert key in ENGLISH, where


def test_every_refusal_ending_mode_and_command_has_its_words():
    for reason in Reason:
        assert f"refused.{reason}" in ENGLISH
    for ending in set(Ending) - {Ending.FINISHED}:
        assert f"end.{ending}" in ENGLISH
    for mode in Mode:
        assert f"start.{mode}" in ENGLISH
    for spec in SPECS:
        for language in Language:
            assert spec.label(language)
            assert spec.about(language)
            for option in spec.options:
                assert option.label(language)
                assert option.about(language)
                assert all(option.value_label(language, value) for value in option.values)


def test_command_names_fit_every_platform():
    """Discord: lower case, no spaces, at most 32; descriptions at most 100."""
    for spec in SPECS:
        for language in Language:
            for word in spec.label(language).split():
                assert word == word.lower()
                assert len(word) <= 32
            assert len(spec.about(language)) <= 100
            labels = [option.label(language) for option in spec.options]
            assert len(set(labels)) == len(labels)
            assert all(len(option.about(language)) <= 100 for option in spec.options)


@pytest.mark.parametrize(("count", "text"), [(1, "1 player has answered"), (2, "2 players have answered")])
def test_a_plural_follows_its_count(count, text):
    assert say(Language.EN, "question.answered", count=count) == text


def test_numbers_and_durations_are_written_as_the_language_does():
    assert (number(Language.EN, 12345), number(Language.PT_BR, 12345)) == ("12,345", "12.345")
    assert (seconds(Language.EN, 2345), seconds(Language.PT_BR, 2345)) == ("2.3 s", "2,3 s")


def test_names_are_listed_as_people_say_them():
    assert listed(Language.EN, ("Ana", "Ben", "Cy")) == "Ana, Ben and Cy"
    assert listed(Language.PT_BR, ("Ana", "Ben")) == "Ana e Ben"
    assert listed(Language.EN, ()) == ""
