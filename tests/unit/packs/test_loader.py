"""A sound pack becomes the domain's, whole and in order."""

import json
from pathlib import Path

import pytest

from bot.domain.facts import CalendarDay, QuestionKind, Spoiler, Work
from bot.domain.language import Localized
from bot.packs.export import facts_json, questions_json
from bot.packs.loader import find_packs, load_pack, load_packs
from bot.packs.problems import PackError
from tests.unit.packs.packing import FACTS, PACK, QUESTIONS, write_pack


def test_a_fact_keeps_everything_that_its_file_says(tmp_path: Path) -> None:
    fact = load_pack(write_pack(tmp_path)).facts[0]
    assert (fact.id, fact.topic, fact.spoiler) == ("fortune", "history", Spoiler.PLOT)
    assert fact.text.pt_br == "Robert Fortune levou mudas de chá para fora da China."
    assert (fact.sources, fact.people, fact.films) == (("book-001", "book-002"), ("Robert Fortune",), ("The Teahouse",))
    assert (fact.as_of, fact.day) == ("1848", CalendarDay(2, 29))
    assert fact.note == Localized("The count of plants differs.", "O número de mudas varia.")


def test_a_pack_keeps_names_works_and_omissions(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path))
    assert pack.name == Localized("Tea", "Chá")
    assert [topic.id for topic in pack.topics] == ["history", "leaves"]
    assert pack.works == (Work(Localized("The Teahouse", "A Casa de Chá"), year=1982),)
    assert [(row.paragraph, row.reason) for row in pack.omissions] == [("book-012", "An advertisement.")]
    assert "Thomas Lipton" in pack.people


def test_an_accepted_answer_of_one_language_stands_in_both(tmp_path: Path) -> None:
    question = load_pack(write_pack(tmp_path)).questions[1]
    assert question.accept == (
        Localized("Qing empire", "Império Qing"),
        Localized("Middle Kingdom", "Middle Kingdom"),
    )


def test_true_or_false_answers_in_both_languages(tmp_path: Path) -> None:
    question = load_pack(write_pack(tmp_path)).questions[2]
    assert question.kind is QuestionKind.TRUE_FALSE
    assert question.answer == Localized("False", "Falso")
    assert question.distractors == (Localized("True", "Verdadeiro"),)


def test_a_question_is_as_secret_as_its_fact_unless_it_is_raised(tmp_path: Path) -> None:
    questions = load_pack(write_pack(tmp_path)).questions
    assert [question.spoiler for question in questions] == [Spoiler.PLOT, Spoiler.ENDING, Spoiler.NONE]


def test_questions_can_stay_unread(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, questions="not TOML")
    assert load_pack(folder, with_questions=False).questions == ()


def test_files_come_in_the_order_of_the_topics(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, topic="leaves")
    write_pack(folder, facts=FACTS.replace('"fortune"', '"a"').replace('"bags"', '"b"'), questions="")
    assert [fact.id for fact in load_pack(folder).facts] == ["a", "b", "fortune", "bags"]


def test_a_pack_of_one_language_speaks_it_in_both(tmp_path: Path) -> None:
    only = PACK.replace("people =", 'languages = ["pt-BR"]\npeople =').replace('films = ["The Teahouse"]', "")
    facts = "\n".join(line for line in FACTS.splitlines() if ".en" not in line and "films" not in line)
    questions = "\n".join(line for line in QUESTIONS.splitlines() if ".en" not in line)
    pack = load_pack(write_pack(tmp_path, pack=only, facts=facts, questions=questions))
    assert pack.facts[1].text == Localized(*["Os saquinhos de chá foram um acidente."] * 2)
    assert pack.questions[0].distractors[0] == Localized("Thomas Lipton", "Thomas Lipton")


def test_a_byte_order_mark_and_windows_line_ends_are_welcome(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    path = folder / "facts" / "history.toml"
    path.write_bytes(b"\xef\xbb\xbf" + FACTS.replace("\n", "\r\n").encode())
    assert len(load_pack(folder).facts) == 2


def test_a_root_is_a_pack_or_a_folder_of_packs_and_each_is_loaded_once(tmp_path: Path) -> None:
    write_pack(tmp_path / "b")
    write_pack(tmp_path / "a", pack=PACK.replace('id = "tea"', 'id = "mate"'))
    (tmp_path / "README.md").write_text("no pack")
    assert [pack.id for pack in load_packs([tmp_path / "b", tmp_path])] == ["tea", "mate"]


def test_two_packs_of_one_id_are_refused(tmp_path: Path) -> None:
    write_pack(tmp_path / "a")
    write_pack(tmp_path / "b")
    with pytest.raises(PackError, match=r'b/pack\.toml: another pack has the id "tea"'):
        load_packs([tmp_path])


def test_problems_of_several_packs_are_told_together_with_their_folders(tmp_path: Path) -> None:
    write_pack(tmp_path / "a", pack="")
    write_pack(tmp_path / "b", facts="x")
    with pytest.raises(PackError) as refused:
        load_packs([tmp_path])
    assert [problem.file for problem in refused.value.problems][:2] == ["a/pack.toml", "b/facts/history.toml"]


@pytest.mark.parametrize(("folder", "what"), [("", "no pack here"), ("nowhere", "no such folder")])
def test_a_root_without_a_pack_is_refused(tmp_path: Path, folder: str, what: str) -> None:
    with pytest.raises(PackError, match=what):
        find_packs([tmp_path / folder])


def test_exported_facts_have_the_shape_that_editors_expect(tmp_path: Path) -> None:
    document = json.loads(facts_json(load_pack(write_pack(tmp_path))))
    assert document["omitted"] == [{"paragraph": "book-012", "reason": "An advertisement."}]
    assert document["facts"][0] == {
        "id": "fortune",
        "topic": "history",
        "spoiler": "plot",
        "text": {
            "en": "Robert Fortune carried tea plants out of China.",
            "pt-BR": "Robert Fortune levou mudas de chá para fora da China.",
        },
        "people": ["Robert Fortune"],
        "films": ["The Teahouse"],
        "as_of": "1848",
        "note": {"en": "The count of plants differs.", "pt-BR": "O número de mudas varia."},
        "sources": ["book-001", "book-002"],
    }
    assert (document["facts"][1]["as_of"], document["facts"][1]["note"]) == (None, None)


def test_exported_questions_have_the_shape_that_editors_expect(tmp_path: Path) -> None:
    document = json.loads(questions_json(load_pack(write_pack(tmp_path))))
    assert document[1] == {
        "id": "fortune-typed",
        "fact": "fortune",
        "kind": "typed",
        "difficulty": 3,
        "prompt": {"en": "Which country did the plants leave?", "pt-BR": "De que país saíram as mudas?"},
        "answer": {"en": "China", "pt-BR": "China"},
        "accept": {"en": ["Qing empire", "Middle Kingdom"], "pt-BR": ["Império Qing", "Middle Kingdom"]},
        "distractors": {"en": [], "pt-BR": []},
    }
