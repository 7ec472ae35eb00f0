"""``pack import``: another bot's list as a new pack in one language, and a word about everything that stayed behind."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from bot.domain.language import Language
from bot.packs.importers.drafting import Target, draft_of
from bot.packs.importers.opentdb import read_opentdb
from bot.packs.importers.red import read_red
from bot.packs.importers.rows import NotTaken, Reading
from bot.packs.importers.spreadsheet import read_spreadsheet
from bot.packs.lint import lint_draft
from bot.packs.problems import PackError, Problem, Spot, errors_of
from bot.packs.writing import refuse_to_overwrite, slug, write_draft


class ImportFormat(StrEnum):
    RED = "red"
    OPENTDB = "opentdb"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a list. ``to_mend`` is what ``pack check`` will say of it; the pack loads all the same."""

    folder: Path
    taken: int
    not_taken: tuple[NotTaken, ...]
    to_mend: tuple[Problem, ...]


_READERS: Final[dict[ImportFormat, Callable[[Path], Reading]]] = {
    ImportFormat.RED: read_red,
    ImportFormat.OPENTDB: read_opentdb,
    ImportFormat.CSV: read_spreadsheet,
}
_BY_SUFFIX: Final = {
    ".yaml": ImportFormat.RED,
    ".yml": ImportFormat.RED,
    ".json": ImportFormat.OPENTDB,
    ".csv": ImportFormat.CSV,
    ".tsv": ImportFormat.CSV,
}


def import_pack(
    source: Path,
    folder: Path,
    *,
    language: Language,
    source_format: ImportFormat | None = None,
    name: str | None = None,
) -> ImportReport:
    """Write a list as a new pack. The format is told by the file's ending unless given; the name is the folder's.

    Raises :class:`PackError`, and writes nothing, where the folder is not free, the file is not of the format, or nothing
    in it can be taken.
    """
    refuse_to_overwrite(folder)
    pack_id = slug(folder.name)
    if not pack_id:
        raise PackError(
            [Spot(str(folder)).error("no id can be made of this name", "use letters from a to z, or digits")]
        )
    reading = _READERS[source_format or _format_of(source)](source)
    draft, left = draft_of(reading, Target(pack_id, name or folder.name, language))
    not_taken = (*reading.not_taken, *left)
    if not draft.questions:
        raise PackError([*_as_problems(source, not_taken), Spot(str(source)).error("nothing to take", "see above")])
    write_draft(draft, folder)
    return ImportReport(folder, len(draft.questions), not_taken, errors_of(lint_draft(draft)))


def _format_of(source: Path) -> ImportFormat:
    found = _BY_SUFFIX.get(source.suffix.casefold())
    if found is None:
        formats = ", ".join(ImportFormat)
        raise PackError([Spot(str(source)).error("its ending tells no format", f"say which: {formats}")])
    return found


def _as_problems(source: Path, not_taken: tuple[NotTaken, ...]) -> list[Problem]:
    return [Spot(str(source)).error(f"{left.where} {left.what}".strip(), left.reason) for left in not_taken]
