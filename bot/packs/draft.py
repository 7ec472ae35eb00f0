"""Reads a pack's folder into its entries, and tells of everything that is not the format; judges nothing beyond that."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import msgspec

from bot.packs.format import FACTS_FOLDER, PACK_FILE, QUESTIONS_FOLDER, FactEntry, PackFile, QuestionEntry
from bot.packs.problems import PackError, Problem, Spot

EntryT = TypeVar("EntryT", FactEntry, QuestionEntry)


@dataclass(frozen=True, slots=True)
class Filed(Generic[EntryT]):
    """An entry and the file that it stands in."""

    file: str
    entry: EntryT

    @property
    def spot(self) -> Spot:
        return Spot(self.file, self.entry.NOUN, self.entry.id)

    @property
    def topic(self) -> str:
        """The topic that the file's name says."""
        return self.file.rpartition("/")[2].removesuffix(".toml")


@dataclass(frozen=True, slots=True)
class Draft:
    """A pack as it was written, in the order of its topics and then of its files; not yet known to be sound."""

    pack: PackFile
    facts: tuple[Filed[FactEntry], ...]
    questions: tuple[Filed[QuestionEntry], ...]
    unreadable_ids: frozenset[str] = frozenset()
    """Ids of entries that are not the format: those who refer to them are not to blame."""


def read_draft(folder: Path, *, with_questions: bool = True) -> tuple[Draft, tuple[Problem, ...]]:
    """Everything that could be read, and what could not be. Raises :class:`PackError` where not even ``pack.toml`` can."""
    pack = _read_pack_file(folder)
    problems: list[Problem] = []
    facts = tuple(_read_files(_topic_files(folder / FACTS_FOLDER, pack), FactEntry, problems))
    questions: tuple[Filed[QuestionEntry], ...] = ()
    if with_questions:
        questions = tuple(_read_files(_topic_files(folder / QUESTIONS_FOLDER, pack), QuestionEntry, problems))
    unreadable = frozenset(problem.id for problem in problems if problem.id)
    return Draft(pack, facts, questions, unreadable), tuple(problems)


def _read_pack_file(folder: Path) -> PackFile:
    spot = Spot(PACK_FILE)
    if not (folder / PACK_FILE).is_file():
        raise PackError([Spot(str(folder)).error("no pack here", f"a pack is a folder with a {PACK_FILE}")])
    table = _parse(folder / PACK_FILE, spot)
    if isinstance(table, Problem):
        raise PackError([table])
    try:
        return msgspec.convert(table, PackFile)
    except msgspec.ValidationError as error:
        raise PackError([_explain(str(error), spot)]) from error


def _topic_files(folder: Path, pack: PackFile) -> list[Path]:
    """In the order of the pack's topics; files that are no topic's come last."""
    rank = {topic.id: index for index, topic in enumerate(pack.topic)}
    return sorted(folder.glob("*.toml"), key=lambda path: (rank.get(path.stem, len(rank)), path.stem))


def _read_files(paths: list[Path], entry_type: type[EntryT], problems: list[Problem]) -> Iterator[Filed[EntryT]]:
    for path in paths:
        spot = Spot(f"{path.parent.name}/{path.name}")
        table = _parse(path, spot)
        if isinstance(table, Problem):
            problems.append(table)
        else:
            yield from _read_entries(table, spot, entry_type, problems)


def _read_entries(
    table: dict[str, Any], spot: Spot, entry_type: type[EntryT], problems: list[Problem]
) -> Iterator[Filed[EntryT]]:
    noun = entry_type.NOUN
    remedy = f"this file holds [[{noun}]] tables only"
    problems.extend(spot.error(f"unknown key {key}", remedy) for key in table if key != noun)
    entries = table.get(noun, [])
    if not isinstance(entries, list):
        problems.append(spot.error(f"{noun} is not a list of tables", f"write [[{noun}]] with two brackets"))
        return
    for place, raw in enumerate(entries, start=1):
        try:
            yield Filed(spot.file, msgspec.convert(raw, entry_type))
        except msgspec.ValidationError as error:
            problems.append(_explain(str(error), _spot_of(raw, place, spot.file, noun)))


def _spot_of(raw: object, place: int, file: str, noun: str) -> Spot:
    named = raw.get("id") if isinstance(raw, dict) else None
    return Spot(file, noun, named) if isinstance(named, str) and named else Spot(file, f"{noun} {place}")


def _parse(path: Path, spot: Spot) -> dict[str, Any] | Problem:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        return spot.error(f"not TOML: {error}", "mend the syntax there; quotes and brackets come in pairs")
    except UnicodeDecodeError as error:
        return spot.error(f"not UTF-8 (byte {error.start + 1})", "save it as UTF-8")
    except OSError as error:
        return spot.error(f"cannot be read ({error.strerror})", "check the file and its permissions")


_WORDS: Final = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "null": "nothing",
}
_ENUM_REMEDIES: Final = {
    "spoiler": "one of none, plot, ending",
    "kind": "one of choice, typed, truefalse",
    "languages": "one of en, pt-BR",
}
_WORK_KINDS: Final = "one of film, song, show, book, album"


def _explain(message: str, spot: Spot) -> Problem:
    """msgspec's sentence as ours: ``Expected `str`, got `int` - at `$.text.en``` names types, not what to write."""
    said, _, at = message.partition(" - at ")
    path = at.strip("`").removeprefix("$").removeprefix(".")
    quoted = re.findall(r"`([^`]*)`", said)
    if said.startswith("Object missing required field"):
        return spot.error(f"{_join(path, quoted[0])} is missing", "add it")
    if said.startswith("Object contains unknown field"):
        return spot.error(f"unknown key {_join(path, quoted[0])}", "correct its name or remove it")
    if said.startswith("Invalid enum value"):
        field = re.sub(r"\[.*\]", "", path.rpartition(".")[2])
        remedy = _WORK_KINDS if path.startswith("work") else _ENUM_REMEDIES.get(field, "see the format")
        return spot.error(f"{path} cannot be {said.removeprefix('Invalid enum value ')}", remedy)
    if said.startswith("Expected") and len(quoted) == 2:
        wanted, got = ([_WORDS.get(word, word) for word in kinds.split(" | ")] for kinds in quoted)
        return spot.error(f"{path or 'it'} is {' or '.join(got)}", f"write {wanted[0]} there")
    return spot.error(said, f"correct {path}" if path else "correct it")


def _join(path: str, field: str) -> str:
    return f"{path}.{field}" if path else field
