"""Other bots' lists become packs that load; what cannot be taken is told, and nothing is written over."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.facts import Pack, QuestionKind
from bot.domain.language import Language
from bot.packs.importers import ImportFormat, ImportReport, import_pack
from bot.packs.importers.drafting import Target, draft_of
from bot.packs.importers.rows import Reading, Row
from bot.packs.lint import lint
from bot.packs.loader import load_pack
from bot.packs.problems import PackError, errors_of

RED = """\
AUTHOR: Kim, Lee
DESCRIPTION: Words that trip parsers up.
CONFIG:
  max_score: 5
What is the opposite of no?:
- yes
- Yeah
How long is half of three minutes, on a clock?:
- 1:30
Which year did Orwell choose?:
- 1984
What is the first film called?:
- Star Wars: A New Hope
- "Star Wars"
When did the sixties end, for a computer?:
- 1970-01-01
What is nothing, to a programmer?:
- null
- None
on:
- the opposite of off
What has no answer?:
-
Who is in the picture https://example.org/a.png?:
- Nobody
What colour is a red rose?:
- Red
"""


def opentdb(**changes: Any) -> dict[str, Any]:
    return {
        "type": "multiple",
        "difficulty": "hard",
        "category": "Entertainment: Film",
        "question": "Who sang &quot;Caf&eacute; &amp; Bar&quot;?",
        "correct_answer": "L&ouml;we",
        "incorrect_answers": ["Tiger", "Panda", "Zebra"],
    } | changes


def brought_in(tmp_path: Path, name: str, text: str, language: Language = Language.EN) -> tuple[ImportReport, Pack]:
    source = tmp_path / name
    source.write_text(text, encoding="utf-8")
    report = import_pack(source, tmp_path / "brought-in", language=language)
    return report, load_pack(report.folder)


def from_json(tmp_path: Path, *questions: object) -> tuple[ImportReport, Pack]:
    return brought_in(tmp_path, "api.json", json.dumps({"response_code": 0, "results": questions}))


# --- Red


def test_red_answers_stay_the_text_that_was_written(tmp_path: Path) -> None:
    _, pack = brought_in(tmp_path, "traps.yaml", RED)
    answers = {question.prompt.en: question.answer.en for question in pack.questions}
    assert answers == {
        "What is the opposite of no?": "yes",
        "How long is half of three minutes, on a clock?": "1:30",
        "Which year did Orwell choose?": "1984",
        "What is the first film called?": "Star Wars: A New Hope",
        "When did the sixties end, for a computer?": "1970-01-01",
        "What is nothing, to a programmer?": "null",
        "on": "the opposite of off",
    }


def test_red_lists_become_typed_questions_with_their_other_answers(tmp_path: Path) -> None:
    _, pack = brought_in(tmp_path, "traps.yaml", RED)
    assert {question.kind for question in pack.questions} == {QuestionKind.TYPED}
    assert [text.en for text in pack.questions[0].accept] == ["Yeah"]
    assert [text.en for text in pack.questions[3].accept] == ["Star Wars"]


def test_red_authors_are_credited(tmp_path: Path) -> None:
    _, pack = brought_in(tmp_path, "traps.yaml", RED)
    assert pack.sources[0].name.en == "Red trivia list traps, by Kim, Lee"


def test_what_a_red_list_holds_besides_is_told_with_its_line(tmp_path: Path) -> None:
    report, _ = brought_in(tmp_path, "traps.yaml", RED)
    assert [str(left) for left in report.not_taken] == [
        'line 3: "CONFIG": settings of the other bot',
        'line 22: "What has no answer?": it has no answer',
        'line 24: "Who is in the picture https://example.org/a.png?": it needs a link or a picture, or mentions everyone',
        'line 26: "What colour is a red rose?": the en prompt holds the answer "Red"',
    ]


def test_a_red_key_that_stands_twice_is_told(tmp_path: Path) -> None:
    report, pack = brought_in(tmp_path, "twice.yaml", "What is tea?:\n- A drink\nWhat is tea? :\n- A leaf\n")
    assert [str(left) for left in report.not_taken] == ['line 3: "What is tea?": the same question stands at line 1']
    assert pack.questions[0].answer.en == "A drink"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Who: said: that:\n- me", "line 1: not YAML"),
        ("- just\n- a list", "not a trivia list"),
        ("", "not a trivia list"),
        ("a: \x07", "not YAML"),
        ("CONFIG: {}", "nothing to take"),
        ("&a [*a]: x", "not|nothing"),
    ],
)
def test_what_is_no_red_list_is_refused_and_nothing_written(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(PackError, match=what):
        brought_in(tmp_path, "bad.yaml", text)
    assert not (tmp_path / "brought-in").exists()


# --- Open Trivia Database


def test_html_entities_become_what_they_stand_for(tmp_path: Path) -> None:
    _, pack = from_json(tmp_path, opentdb())
    question = pack.questions[0]
    assert (question.prompt.en, question.answer.en) == ('Who sang "Café & Bar"?', "Löwe")
    assert (question.kind, question.difficulty) == (QuestionKind.CHOICE, 3)
    assert [text.en for text in question.distractors] == ["Tiger", "Panda", "Zebra"]
    assert pack.topics[0].name.en == "Film"


def test_an_entity_is_undone_once_only(tmp_path: Path) -> None:
    _, pack = from_json(tmp_path, opentdb(question="Which mark does &amp;lt; make?"))
    assert pack.questions[0].prompt.en == "Which mark does &lt; make?"


def test_base64_and_percent_encoding_are_undone(tmp_path: Path) -> None:
    def encoded(value: object) -> object:
        if isinstance(value, list):
            return [encoded(item) for item in value]
        return base64.b64encode(str(value).encode()).decode()

    plain = opentdb(question="Who sang Café?", correct_answer="Löwe")
    percent = opentdb(question="Who%20danced%20%C3%A0%20la%20carte%3F", correct_answer="L%C3%B6we")
    _, pack = from_json(tmp_path, {key: encoded(value) for key, value in plain.items()}, percent)
    assert [question.prompt.en for question in pack.questions] == ["Who sang Café?", "Who danced à la carte?"]
    assert [question.answer.en for question in pack.questions] == ["Löwe", "Löwe"]


def test_booleans_become_true_or_false(tmp_path: Path) -> None:
    statement = opentdb(type="boolean", question="Tea is a leaf.", correct_answer="True", incorrect_answers=["False"])
    _, pack = from_json(tmp_path, statement)
    assert pack.questions[0].kind is QuestionKind.TRUE_FALSE
    assert pack.questions[0].answer.en == "True"
    assert pack.facts[0].text.en == "True: Tea is a leaf."


def test_what_the_database_gives_and_we_cannot_take_is_told(tmp_path: Path) -> None:
    report, pack = from_json(
        tmp_path,
        opentdb(),
        opentdb(type="essay", question="Why?"),
        opentdb(question="Who sang first?", incorrect_answers=["Tiger", "Panda", "lowe"]),
        opentdb(question="Who sang last?", incorrect_answers=["Tiger"]),
        opentdb(question="Who sang for Löwe?"),
        opentdb(question="Long " * 60),
        opentdb(question="What?", correct_answer=None),
        7,
    )
    assert len(pack.questions) == 1
    reasons = {left.where: left.reason for left in report.not_taken}
    assert reasons == {
        "question 2": 'its type "essay" is not known',
        "question 3": 'the en option "lowe" stands there twice',
        "question 4": "1 en distractors",
        "question 5": 'the en prompt holds the answer "Löwe"',
        "question 6": "the en prompt has 299 characters, over 200",
        "question 7": "its answers are not texts",
        "question 8": "not a question of this format",
    }


def test_an_option_that_stands_out_is_taken_and_told(tmp_path: Path) -> None:
    report, _ = from_json(tmp_path, opentdb(correct_answer="Löwe the lion of the northern mountains"))
    assert report.taken == 1
    assert [problem.what.endswith("stands out by its length") for problem in report.to_mend] == [True]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", r"not JSON \(line 1\)"),
        ('{"response_code": 5, "results": []}', "answered with code 5"),
        ('{"questions": []}', 'no list of "results"'),
        ('{"results": []}', "nothing to take"),
    ],
)
def test_what_is_no_answer_of_the_database_is_refused(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(PackError, match=what):
        brought_in(tmp_path, "bad.json", text)


# --- CSV


def test_a_table_gives_each_kind_of_question(tmp_path: Path) -> None:
    table = (
        "Question,Answer,Wrong 1,Wrong 2,Wrong 3,Accept,Hint,Fact,Topic,Difficulty\n"
        "Who grew it?,Ada,Bob,Cyd,Dee,,A woman,Ada grew the tea.,Growing,hard\n"
        "Which leaf?,Camellia,,,,Camellia sinensis|Tea plant,,,Leaves,1\n"
        "Tea is a root.,FALSE,,,,,,,Leaves,\n"
    )
    _, pack = brought_in(tmp_path, "table.csv", table)
    choice, typed, truth = pack.questions
    assert [question.kind for question in pack.questions] == [
        QuestionKind.CHOICE,
        QuestionKind.TYPED,
        QuestionKind.TRUE_FALSE,
    ]
    assert (choice.hint and choice.hint.en, choice.difficulty) == ("A woman", 3)
    assert [text.en for text in typed.accept] == ["Camellia sinensis", "Tea plant"]
    assert truth.answer.en == "False"
    assert [fact.text.en for fact in pack.facts] == [
        "Ada grew the tea.",
        "Which leaf? Camellia.",
        "False: Tea is a root.",
    ]
    assert [topic.name.en for topic in pack.topics] == ["Growing", "Leaves"]


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_a_brazilian_table_is_read_with_any_separator(tmp_path: Path, separator: str) -> None:
    rows = [["Pergunta", "Resposta", "Erradas"], ["Quem plantou?", "Zé", "Ana|Bia|Caio"]]
    table = "\ufeff" + "\r\n".join(separator.join(row) for row in rows)
    _, pack = brought_in(tmp_path, "tabela.csv", table, Language.PT_BR)
    assert pack.questions[0].answer.pt_br == "Zé"
    assert pack.questions[0].kind is QuestionKind.CHOICE


def test_what_a_table_holds_too_much_or_too_little_of_is_told(tmp_path: Path) -> None:
    table = "question;answer;wrong;mood\nWho?;Ada;Bob|Cyd|Dee|Eve;glad\nWhom?;Ada;Bob;\nWhose?;;;\n;;;\n"
    report, pack = brought_in(tmp_path, "table.csv", table)
    assert [str(left) for left in report.not_taken] == [
        'line 1: "mood": the column is not known',
        'row 2: "Eve": a choice has 3 wrong answers',
        'row 3: "Bob": fewer than 3 wrong answers make no choice: taken as a typed question',
        'row 4: "Whose?": a question needs an answer',
    ]
    assert len(pack.questions) == 2


def test_a_table_without_a_column_for_answers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match='line 1: no column "answer": name the columns there'):
        brought_in(tmp_path, "table.csv", "question,reply\nWho?,Ada\n")


def test_a_table_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_bytes("question,answer\nQuem é?,Zé\n".encode("cp1252"))
    with pytest.raises(PackError, match="not UTF-8: save it as UTF-8"):
        import_pack(tmp_path / "table.csv", tmp_path / "new", language=Language.PT_BR)


# --- all of them


def test_an_imported_pack_speaks_the_language_it_was_given(tmp_path: Path) -> None:
    report, pack = brought_in(tmp_path, "tabela.csv", "pergunta,resposta\nQuem plantou o chá?,Zé\n", Language.PT_BR)
    assert 'languages = ["pt-BR"]' in (report.folder / "pack.toml").read_text(encoding="utf-8")
    assert pack.facts[0].text.en == pack.facts[0].text.pt_br == "Quem plantou o chá? Zé."


def test_an_imported_pack_asks_for_its_translation_once_it_claims_both_languages(tmp_path: Path) -> None:
    report, _ = brought_in(tmp_path, "table.csv", "question,answer\nWho grew it?,Ada\n")
    path = report.folder / "pack.toml"
    path.write_text(path.read_text().replace('languages = ["en"]', 'languages = ["en", "pt-BR"]'))
    missing = [str(problem) for problem in errors_of(lint(report.folder))]
    assert (
        'questions/brought-in.toml: question "who-grew-it-q": the pt-BR prompt is missing: add prompt.pt-BR' in missing
    )


def test_an_imported_pack_lints_clean(tmp_path: Path) -> None:
    report, _ = brought_in(tmp_path, "traps.yaml", RED)
    assert lint(report.folder) == ()
    assert report.to_mend == ()


@pytest.mark.parametrize("what", ["folder", "file"])
def test_nothing_is_ever_overwritten(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "brought-in"
    kept = folder if what == "file" else folder / "pack.toml"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("mine")
    with pytest.raises(PackError, match="exists already, and nothing is overwritten: name a new folder"):
        brought_in(tmp_path, "traps.yaml", RED)
    assert kept.read_text() == "mine"


def test_the_format_can_be_said_where_the_ending_does_not(tmp_path: Path) -> None:
    source = tmp_path / "list.txt"
    source.write_text(RED)
    with pytest.raises(PackError, match="its ending tells no format: say which: red, opentdb, csv"):
        import_pack(source, tmp_path / "new", language=Language.EN)
    report = import_pack(source, tmp_path / "new", language=Language.EN, source_format=ImportFormat.RED, name="Traps")
    assert load_pack(report.folder).name.en == "Traps"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot be read"):
        import_pack(tmp_path / "no.csv", tmp_path / "new", language=Language.EN)


texts = st.text(max_size=90)


@given(
    st.lists(st.builds(Row, st.integers(1, 99).map("row {}".format), texts, texts, fact=texts, topic=texts), max_size=6)
)
def test_whatever_a_list_holds_what_is_taken_is_sound(rows: list[Row]) -> None:
    draft, not_taken = draft_of(Reading("a list", tuple(rows)), Target("any", "Any", Language.EN))
    assert len(draft.questions) + len(not_taken) == len(rows)
