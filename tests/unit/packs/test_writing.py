"""What is written is what is read again, and the skeleton is a sound pack."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.packs.draft import read_draft
from bot.packs.format import LocalText, QuestionEntry
from bot.packs.lint import lint
from bot.packs.loader import load_pack
from bot.packs.problems import PackError
from bot.packs.skeleton import new_pack
from bot.packs.writing import shortened, slug, table_text, unused, write_draft
from tests.unit.packs.packing import write_pack


def test_a_pack_that_is_read_and_written_is_the_same_pack(tmp_path: Path) -> None:
    first = write_pack(tmp_path / "first")
    write_draft(read_draft(first)[0], tmp_path / "second")
    assert load_pack(tmp_path / "second") == load_pack(first)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_being_written(text: str) -> None:
    entry = QuestionEntry(id="a", fact="b", kind="typed", difficulty=1, prompt=LocalText(en=text, pt_br="x"))
    assert tomllib.loads(table_text("question", entry))["question"][0]["prompt"] == (
        {"en": text, "pt-BR": "x"} if text else {"pt-BR": "x"}
    )


def test_the_skeleton_loads_and_lints_clean(tmp_path: Path) -> None:
    files = new_pack(tmp_path / "My own Pack!")
    assert [path.name for path in files] == ["pack.toml", "general.toml", "general.toml"]
    assert lint(tmp_path / "My own Pack!") == ()
    assert load_pack(tmp_path / "My own Pack!").id == "my-own-pack"


def test_the_skeleton_takes_any_name(tmp_path: Path) -> None:
    new_pack(tmp_path / "new", name='A "quoted" \\ name')
    assert load_pack(tmp_path / "new").name.en == 'A "quoted" \\ name'


def test_the_skeleton_never_overwrites(tmp_path: Path) -> None:
    new_pack(tmp_path / "new")
    before = (tmp_path / "new" / "pack.toml").read_text()
    with pytest.raises(PackError, match="exists already"):
        new_pack(tmp_path / "new", name="Other")
    assert (tmp_path / "new" / "pack.toml").read_text() == before


def test_the_skeleton_may_fill_an_empty_folder(tmp_path: Path) -> None:
    assert new_pack(tmp_path / "new")
    (tmp_path / "empty").mkdir()
    assert new_pack(tmp_path / "empty")


def test_a_folder_whose_name_makes_no_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no id can be made of this name"):
        new_pack(tmp_path / "茶")


@pytest.mark.parametrize(
    ("text", "limit", "made"),
    [
        ("Where's the Café?", 48, "wheres-the-cafe"),
        ("one two three", 8, "one-two"),
        ("onetwothree", 5, "onetw"),
        ("…", 9, ""),
    ],
)
def test_ids_are_made_of_whole_words(text: str, limit: int, made: str) -> None:
    assert slug(text, limit=limit) == made


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert unused("a", ["a", "a-2"]) == "a-3"


def test_a_text_is_shortened_at_a_word() -> None:
    assert shortened("one two,  three", 12) == "one two…"
    assert shortened("one", 3) == "one"
