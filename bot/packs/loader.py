"""Packs from their folders. Kept cheap to import and to run: ``lalabot fact`` pays for every millisecond."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.domain.facts import Pack
from bot.packs.convert import to_pack
from bot.packs.draft import read_draft
from bot.packs.format import PACK_FILE
from bot.packs.problems import PackError, Problem, Spot, errors_of
from bot.packs.structure import structure_problems


def load_pack(path: Path, *, with_questions: bool = True) -> Pack:
    """The pack in a folder. ``with_questions=False`` leaves the questions unread, which is most of the time.

    Raises :class:`PackError` with every problem that it has.
    """
    draft, unreadable = read_draft(path, with_questions=with_questions)
    errors = errors_of((*unreadable, *structure_problems(draft)))
    if errors:
        raise PackError(errors)
    return to_pack(draft)


def load_packs(roots: Iterable[Path], *, with_questions: bool = True) -> tuple[Pack, ...]:
    """Every pack of the roots, each of which is a pack's folder or a folder of packs; in the order of roots, then of names.

    Raises :class:`PackError` with the problems of all of them, each file's name with its folder's.
    """
    packs: dict[str, Pack] = {}
    problems: list[Problem] = []
    for folder in find_packs(roots):
        try:
            pack = load_pack(folder, with_questions=with_questions)
        except PackError as error:
            problems.extend(_placed(problem, folder) for problem in error.problems)
            continue
        if pack.id in packs:
            problems.append(
                Spot(f"{folder.name}/{PACK_FILE}").error(
                    f'another pack has the id "{pack.id}"', "give it one of its own"
                )
            )
        packs[pack.id] = pack
    if problems:
        raise PackError(problems)
    return tuple(packs.values())


def find_packs(roots: Iterable[Path]) -> tuple[Path, ...]:
    """The packs' folders, each once. Raises :class:`PackError` for a root that holds none."""
    found: dict[Path, Path] = {}
    for root in roots:
        folders = tuple(_packs_in(root))
        if not folders:
            remedy = f"a pack is a folder with a {PACK_FILE}; name one, or a folder of them"
            raise PackError([Spot(str(root)).error("no pack here" if root.is_dir() else "no such folder", remedy)])
        for folder in folders:
            found.setdefault(folder.resolve(), folder)
    return tuple(found.values())


def _packs_in(root: Path) -> Iterator[Path]:
    if (root / PACK_FILE).is_file():
        yield root
    elif root.is_dir():
        yield from (folder for folder in sorted(root.iterdir()) if (folder / PACK_FILE).is_file())


def _placed(problem: Problem, folder: Path) -> Problem:
    """The same problem, told apart from another pack's."""
    file = f"{folder.name}/{problem.file}"
    return Problem(problem.severity, file, problem.kind, problem.id, problem.what, problem.remedy)
