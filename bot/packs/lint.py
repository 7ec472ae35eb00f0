"""Everything that can be said against a pack, in one go: its structure, and the quality of its questions."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bot.packs.convert import to_pack
from bot.packs.draft import Draft, read_draft
from bot.packs.problems import PackError, Problem, errors_of
from bot.packs.quality import DRAFT_CHECKS, QUESTION_CHECKS, Matter, QuestionCheck
from bot.packs.structure import structure_problems


def lint(pack_path: Path) -> tuple[Problem, ...]:
    """Every problem of the pack, file by file. Raises nothing for a pack that cannot be read: that is a problem too."""
    try:
        draft, unreadable = read_draft(pack_path)
    except PackError as error:
        return error.problems
    return tuple(sorted((*unreadable, *lint_draft(draft)), key=lambda problem: problem.file))


def lint_draft(draft: Draft, question_checks: Iterable[QuestionCheck] = QUESTION_CHECKS) -> tuple[Problem, ...]:
    """The same for entries that need not stand in files yet."""
    structure = tuple(structure_problems(draft))
    found = [*structure, *(problem for check in DRAFT_CHECKS for problem in check(draft))]
    playable = _playable(draft, structure)
    pack = to_pack(playable)
    matter = Matter.of(playable, pack)
    for question in pack.questions:
        spot = matter.spots[question.id]
        for question_check in question_checks:
            found.extend(question_check(matter, question, spot))
    return tuple(found)


def _playable(draft: Draft, structure: tuple[Problem, ...]) -> Draft:
    """Without the questions whose structure is unsound: the checks of quality could only repeat that, or stumble."""
    flawed = {problem.id for problem in errors_of(structure) if problem.kind == "question"}
    facts = {filed.entry.id for filed in draft.facts}
    sound = (filed for filed in draft.questions if filed.entry.id not in flawed and filed.entry.fact in facts)
    return replace(draft, questions=tuple(sound) if draft.pack.languages else ())
