"""Each rule of the format: a sound pack keeps it, and one spoilt thing breaks it with file, id and remedy."""

from pathlib import Path

import pytest

from bot.packs.lint import lint
from bot.packs.loader import load_pack
from bot.packs.problems import PackError, Severity
from bot.packs.quality import outlier_by_length
from tests.unit.packs.packing import FACTS, PACK, QUESTIONS, write_pack

FILES = {"pack": PACK, "facts": FACTS, "questions": QUESTIONS}


def said(folder: Path, severity: Severity = Severity.ERROR) -> list[str]:
    return [str(problem) for problem in lint(folder) if problem.severity is severity]


def spoil(folder: Path, file: str, old: str, new: str) -> Path:
    assert old in FILES[file], "the spoilt text must be in the sound pack"
    return write_pack(folder, **{file: FILES[file].replace(old, new, 1)})


def test_a_sound_pack_has_no_errors(tmp_path: Path) -> None:
    assert said(write_pack(tmp_path)) == []


STRUCTURE = [
    ("pack", 'id = "tea"', 'id = "Tea time"', "pack.toml: the id 'Tea time' is not usable: lower-case"),
    ("pack", 'name.pt-BR = "Chá"\n', "", "pack.toml: the pt-BR name is missing: add name.pt-BR"),
    ("pack", 'name.pt-BR = "Folhas"', "", 'pack.toml: topic "leaves": the pt-BR name is missing'),
    ("pack", '"Leaves"', f'"{"L" * 31}"', 'topic "leaves": the en name has 31 characters, over 30: shorten it'),
    ("pack", '"A book on tea"', f'"{"b" * 76}"', 'source "book": the en name has 76 characters, over 75'),
    ("pack", 'id = "leaves"', 'id = "history"', 'topic "history": the id already stands above'),
    ("pack", "paragraphs = 12", "paragraphs = 0", 'source "book": 0 paragraphs'),
    ("pack", 'id = "history"', 'id = "past"', 'facts/history.toml: pack.toml has no topic "history"'),
    ("pack", "book-012", "book-013", 'omitted "book-013": no source has this paragraph'),
    ("pack", "An advertisement.", "", 'omitted "book-012": no reason is given'),
    ("pack", 'title.pt-BR = "A Casa de Chá"', "", 'work "The Teahouse": the pt-BR title is missing'),
    ("pack", "year = 1982", 'kind = "play"', "work[0].kind cannot be 'play': one of film, song"),
    ("pack", 'name.en = "Tea"', 'name.en = "Tea"\nlanguages = []', "pack.toml: no language"),
    ("pack", 'name.en = "Tea"', 'name.en = "Tea"\nlanguages = ["fr"]', "languages[0] cannot be 'fr': one of en, pt-BR"),
    ("pack", 'name.en = "Tea"', 'nom = "Thé"', "pack.toml: unknown key nom: correct its name or remove it"),
    ("pack", 'id = "tea"\n', "", "pack.toml: id is missing: add it"),
    (
        "facts",
        'text.pt-BR = "Os',
        '# "Os',
        'facts/history.toml: fact "bags": the pt-BR text is missing: add text.pt-BR',
    ),
    ("facts", "Tea bags were", "Tea bags " + "x" * 300, 'fact "bags": the en text has'),
    ("facts", "The count", "x" * 200, 'fact "fortune": the en note has'),
    ("facts", 'note.pt-BR = "O número de mudas varia."\n', "", 'fact "fortune": the pt-BR note is missing'),
    ("facts", "Tea bags", " Tea bags", 'fact "bags": the en text begins or ends with a blank'),
    ("facts", "Tea bags", "Tea\\nbags", 'fact "bags": the en text holds a line break'),
    ("facts", 'id = "bags"', 'id = "fortune"', 'facts/history.toml: fact "fortune": the id already stands above'),
    ("facts", 'id = "bags"', f'id = "{"b" * 49}"', "the id has 49 characters, over 48: shorten it"),
    ("facts", 'sources = ["book-003"]', "", 'fact "bags": no source: add sources'),
    ("facts", "book-003", "book-3", 'fact "bags": unknown source "book-3"'),
    ("facts", "book-003", "site-003", 'fact "bags": unknown source "site-003"'),
    ("facts", '"Robert Fortune"]', '"Bob Fortune"]', 'fact "fortune": unknown person "Bob Fortune": correct the name'),
    ("facts", '"The Teahouse"', '"Teahouse 2"', 'fact "fortune": unknown film "Teahouse 2"'),
    ("facts", '"1848"', '"48"', 'fact "fortune": as_of "48" is not a year: write it as "2017"'),
    ("facts", '"1848"', "1848", 'fact "fortune": as_of is a whole number: write text there'),
    ("facts", '"02-29"', '"02-30"', 'fact "fortune": day "02-30" is no day of the year'),
    ("facts", '"02-29"', '"29 Feb"', 'fact "fortune": day "29 Feb" is no day of the year'),
    ("facts", 'spoiler = "plot"', 'spoiler = "big"', "fact \"fortune\": spoiler cannot be 'big': one of none, plot"),
    ("facts", 'spoiler = "plot"\n', "", 'fact "fortune": spoiler is missing: add it'),
    ("facts", "text.en", "txt.en", 'fact "fortune": unknown key txt'),
    ("facts", "text.en", "text.fr", 'fact "fortune": unknown key text.fr'),
    ("facts", 'id = "fortune"', "id = 7", "facts/history.toml: fact 1: id is a whole number: write text there"),
    ("facts", "[[fact]]", "[[facts]]", "facts/history.toml: unknown key facts: this file holds [[fact]] tables only"),
    ("facts", FACTS, "[fact]\nid = 'x'", "facts/history.toml: fact is not a list of tables: write [[fact]]"),
    ("facts", FACTS, "", "facts: the pack has no facts"),
    ("facts", 'id = "bags"', 'id = "bags', "facts/history.toml: not TOML: Illegal character"),
    ("questions", 'fact = "bags"', 'fact = "bag"', 'questions/history.toml: question "bags-truth": unknown fact "bag"'),
    ("questions", "difficulty = 1", "difficulty = 4", 'question "bags-truth": difficulty 4: write 1, 2 or 3'),
    ("questions", 'kind = "typed"', 'kind = "open"', "kind cannot be 'open': one of choice, typed, truefalse"),
    ("questions", 'id = "fortune-typed"', 'id = "fortune-who"', 'question "fortune-who": the id already stands above'),
    ("questions", "Who carried", "Who " + "x" * 200, 'question "fortune-who": the en prompt has'),
    ("questions", 'answer.pt-BR = "China"\n', "", 'question "fortune-typed": the pt-BR answer is missing'),
    ("questions", 'answer.en = "China"', f'answer.en = "{"C" * 71}"', "the en answer has 71 characters, over 70"),
    ("questions", "Qing empire", "Q" * 71, "has 71 characters, over 70"),
    ("questions", "Qing empire", " ", 'question "fortune-typed": an empty text in accept.en'),
    ("questions", "Joseph Banks", "J" * 71, "has 71 characters, over 70"),
    ("questions", "A Scot.", "A" * 151, 'question "fortune-who": the en hint has 151 characters, over 150'),
    ("questions", ', "Joseph Banks"]', "]", 'question "fortune-who": 2 en distractors: write 3 in distractors.en'),
    ("questions", "truth = false", "", 'question "bags-truth": truth is missing: add truth = true or truth = false'),
    ("questions", "truth = false", 'truth = false\nanswer.en = "No"', "a truefalse question has no answer: remove"),
    ("questions", 'hint.en = "A Scot."', 'truth = true\nhint.en = "A Scot."', "a choice question has no truth"),
    ("questions", "A Scot.", 'A Scot."\naccept.en = ["Bob"]\n#', "a choice question has no accept"),
    ("questions", 'kind = "choice"', 'kind = "typed"', 'question "fortune-who": a typed question has no distractors'),
    (
        "questions",
        'spoiler = "ending"',
        'spoiler = "none"',
        'its spoiler level "none" is lower than "plot", its fact\'s',
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "line"), STRUCTURE)
def test_a_breach_of_structure_is_named_with_its_place_and_remedy(
    tmp_path: Path, file: str, old: str, new: str, line: str
) -> None:
    folder = spoil(tmp_path, file, old, new)
    assert any(line in problem for problem in said(folder)), said(folder)
    with pytest.raises(PackError):
        load_pack(folder)


QUALITY = [
    ("Who carried the plants", "Who but Robert Fortune carried", 'the en prompt holds the answer "Robert Fortune"'),
    ("Which country did", "After the Qing Empire, which did", 'the en prompt holds the answer "Qing empire"'),
    ("Um escocês.", "Não é Fórtune, Robert; é Robert  FÓRTUNE!", "the pt-BR hint tells the answer"),
    ('"Joseph Banks"', '"thomas lipton"', 'the en option "thomas lipton" stands there twice'),
    ('"Joseph Banks"', '"Fortune"', 'the judge would also accept the en option "Fortune"'),
    ('"Joseph Banks"', '"Robert Fortnue"', 'the judge would also accept the en option "Robert Fortnue"'),
    ('"Joseph Banks"', '"Sir Joseph Banks of the Royal Botanic Gardens"', "stands out by its length"),
    (
        'answer.en = "China"',
        'answer.en = "https://china.example"',
        'refuses the en answer "https://china.example" (mention)',
    ),
]


@pytest.mark.parametrize(("old", "new", "line"), QUALITY)
def test_what_spoils_a_question_is_found_though_the_pack_still_loads(
    tmp_path: Path, old: str, new: str, line: str
) -> None:
    folder = spoil(tmp_path, "questions", old, new)
    assert any(line in problem for problem in said(folder)), said(folder)
    assert load_pack(folder)


def test_quality_is_judged_even_where_another_entry_is_broken(tmp_path: Path) -> None:
    questions = QUESTIONS.replace("Joseph Banks", "Fortune").replace("difficulty = 1", "difficulty = 4")
    lines = said(write_pack(tmp_path, questions=questions))
    assert any("difficulty 4" in line for line in lines)
    assert any("judge would also accept" in line for line in lines)


def test_every_fault_of_a_pack_is_told_at_once(tmp_path: Path) -> None:
    facts = FACTS.replace("book-003", "x-1").replace('text.pt-BR = "Os saquinhos de chá foram um acidente."', "")
    lines = said(write_pack(tmp_path, facts=facts, questions=QUESTIONS.replace('"bags"', '"bag"')))
    assert [line.split(":")[1].strip() for line in lines] == ['fact "bags"', 'fact "bags"', 'question "bags-truth"']


def test_a_question_on_an_unreadable_fact_is_not_blamed(tmp_path: Path) -> None:
    folder = spoil(tmp_path, "facts", 'spoiler = "plot"', 'spoiler = "big"')
    assert not any("unknown fact" in line for line in said(folder))


WARNINGS = [
    ("questions", 'fact = "bags"', 'fact = "fortune"', 'facts/history.toml: fact "bags": nothing asks it: write a'),
    ("facts", "book-003", "book-012", 'fact "bags": its source "book-012" is listed as left out'),
    ("facts", ', "book-002"', "", 'pack.toml: paragraph "book-002": no fact cites it'),
]


@pytest.mark.parametrize(("file", "old", "new", "line"), WARNINGS)
def test_advice_is_a_warning_and_no_error(tmp_path: Path, file: str, old: str, new: str, line: str) -> None:
    folder = spoil(tmp_path, file, old, new)
    assert said(folder) == []
    assert any(line in problem for problem in said(folder, Severity.WARNING))


def test_a_question_filed_under_another_topic_is_warned_of(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / "questions" / "history.toml").rename(folder / "questions" / "leaves.toml")
    assert any("move it to questions/history.toml" in line for line in said(folder, Severity.WARNING))


@pytest.mark.parametrize(
    ("options", "outlier"),
    [
        (("Emma Stone", "Ryan Gosling", "John Legend", "Rosemarie DeWitt"), None),
        (("1952", "1964", "1967", "2016"), None),
        (("Six", "Ten", "Twelve", "A hundred and eleven"), "A hundred and eleven"),
        (("No", "Because it rained all day", "Because it snowed all night", "Because the sun shone"), "No"),
        (("One", "Eleven", "Eight", "Three"), None),
    ],
)
def test_an_option_far_longer_or_shorter_than_all_others_stands_out(options: tuple[str, ...], outlier: str) -> None:
    assert outlier_by_length(options) == outlier


def test_a_folder_without_a_pack_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    assert "no pack here: a pack is a folder with a pack.toml" in said(tmp_path / "nowhere")[0]


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / "facts" / "history.toml").write_bytes(b"# ch\xe1\n")
    assert "facts/history.toml: not UTF-8 (byte 5): save it as UTF-8" in said(folder)
