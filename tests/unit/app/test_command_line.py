import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.command_line import CommandLine, read_command_line
from bot.app.commands import BY_PATH, SPECS
from bot.app.options import read_options
from bot.domain.errors import Reason, Refused
from bot.domain.language import Language


@pytest.mark.parametrize(
    ("text", "path", "options"),
    [
        ("/quiz start questions=5 topic=music", "quiz start", {"questions": "5", "topic": "music"}),
        ("/quiz 5 music", "quiz start", {"questions": "5", "topic": "music"}),
        ("/quiz music 5", "quiz start", {"questions": "5", "topic": "music"}),
        ("/quiz", "quiz start", {}),
        ("/QUIZ  Start", "quiz start", {}),
        ("quiz start", "quiz start", {}),
        ("/quiz start topic=“the songs”", "quiz start", {"topic": "the songs"}),
        ("/quiz start topic:'the songs' 7", "quiz start", {"topic": "the songs", "questions": "7"}),
        ("/quiz typed survival 3", "quiz start", {"answers": "typed", "mode": "survival", "questions": "3"}),
        ("/quiz iniciar perguntas=3 digitadas", "quiz start", {"questions": "3", "answers": "digitadas"}),
        ("/quiz placar semana", "quiz scores", {"period": "semana"}),
        ("/quiz scores week community", "quiz scores", {"period": "week", "scope": "community"}),
        ("/quiz dica", "quiz hint", {}),
        ("/lalafact", "lalafact", {}),
        ("/lalafact music private", "lalafact", {"topic": "music", "private": "yes"}),
        ("/lalafact person=“Emma Stone”", "lalafact", {"person": "Emma Stone"}),
        ("/lalafact tema=música", "lalafact", {"topic": "música"}),
        ("/lalafact help", "lala help", {}),
        ("/quiz help", "lala help", {}),
        ("/lala", "lala help", {}),
        ("/lala ajustes idioma=português", "lala settings", {"language": "português"}),
    ],
)
@pytest.mark.parametrize("language", Language)
def test_a_typed_command_is_understood(text, path, options, language):
    assert read_command_line(text, language) == CommandLine(path, options)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("/lalafcat", "/lalafact"),
        ("/quizz", "/quiz"),
        ("/quiz strat", "/quiz start"),
        ("/quiz skp", "/quiz skip"),
        ("/quiz scroes", "/quiz scores"),
        ("/lala setings", "/lala settings"),
        ("/", "/lala"),
    ],
)
def test_a_wrong_command_gets_the_nearest_right_one(text, nearest):
    refused = read_command_line(text, Language.EN)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.UNKNOWN_COMMAND
    assert refused.details["nearest"] == nearest or text == "/"


def test_the_nearest_command_is_named_in_the_readers_language():
    assert read_command_line("/quiz inciar", Language.PT_BR).details["nearest"] == "/quiz iniciar"


@pytest.mark.parametrize(("text", "nearest"), [("/quiz start qestions=5", "questions"), ("/quiz me 3", "/quiz me")])
def test_a_wrong_option_gets_the_nearest_right_one(text, nearest):
    refused = read_command_line(text, Language.EN)
    assert (refused.reason, refused.details["nearest"]) == (Reason.UNKNOWN_OPTION, nearest)


@pytest.mark.parametrize(
    ("path", "given_options", "values"),
    [
        ("quiz start", {"questions": "5"}, {"questions": 5}),
        ("quiz start", {"answers": "Digitadas"}, {"answers": "typed"}),
        ("quiz start", {"mode": "sobrevivencia"}, {"mode": "survival"}),
        ("lala settings", {"language": "Portuguese"}, {"language": "pt-BR"}),
        ("lala settings", {"spoilers": "enredo"}, {"spoilers": "plot"}),
        ("lalafact", {"private": "sim"}, {"private": True}),
        ("lalafact", {"private": "no"}, {"private": False}),
        ("lalafact", {"topic": ""}, {}),
    ],
)
def test_values_are_read_in_both_languages(path, given_options, values):
    assert read_options(BY_PATH[path], given_options, Language.EN) == values


@pytest.mark.parametrize("text", ["0", "51", "-3", "five", "1.5", "9" * 400, "٣٣٣"])
def test_a_number_out_of_range_is_refused_with_its_range(text):
    refused = read_options(BY_PATH["quiz start"], {"questions": text}, Language.EN)
    assert refused.reason is Reason.BAD_VALUE
    assert "from 1 to 50" in refused.details["remedy"]


def test_a_wrong_value_gets_the_nearest_right_one_and_all_of_them():
    refused = read_options(BY_PATH["quiz start"], {"mode": "survivel"}, Language.EN)
    assert refused.details["remedy"] == "did you mean survival? It can be classic, race or survival."


@given(st.text(max_size=300), st.sampled_from(Language))
def test_no_text_breaks_the_parser(text, language):
    line = read_command_line("/" + text, language)
    if isinstance(line, CommandLine):
        assert line.path in BY_PATH
        assert set(line.options) <= {option.name for option in BY_PATH[line.path].options}


@given(st.sampled_from(SPECS), st.sampled_from(Language))
def test_every_command_is_found_by_its_name_in_every_language(spec, language):
    assert read_command_line(f"/{spec.label(language)}", Language.EN).path == spec.path
