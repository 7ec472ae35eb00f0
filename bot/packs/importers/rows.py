"""What every importer reads its file into: questions in one language, and what could not be taken."""

from dataclasses import dataclass
from pathlib import Path

from bot.domain.facts import QuestionKind
from bot.packs.problems import PackError, Spot


@dataclass(frozen=True, slots=True)
class Row:
    """One question of another bot's list. ``where`` is the place in the file that its writer would look for."""

    where: str
    prompt: str
    answer: str
    """Empty for true or false."""
    kind: QuestionKind = QuestionKind.TYPED
    accept: tuple[str, ...] = ()
    distractors: tuple[str, ...] = ()
    truth: bool | None = None
    difficulty: int = 2
    topic: str = ""
    """The topic's name; empty for the list's own."""
    hint: str = ""
    fact: str = ""
    """What to tell with the answer; empty: the question and its answer in a line."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Something that stays behind, and why."""

    where: str
    what: str
    reason: str

    def __str__(self) -> str:
        return f'{self.where}: "{self.what}": {self.reason}' if self.what else f"{self.where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read. ``credit`` names it and its authors, in at most a line."""

    credit: str
    rows: tuple[Row, ...]
    not_taken: tuple[NotTaken, ...] = ()


def read_text(path: Path) -> str:
    """The file's text. Raises :class:`PackError` where there is none, or none in UTF-8."""
    spot = Spot(str(path))
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackError([spot.error("not UTF-8", 'save it as UTF-8 (a spreadsheet: as "CSV UTF-8")')]) from error
    except OSError as error:
        raise PackError([spot.error(f"cannot be read ({error.strerror})", "check its name")]) from error


def one_line(text: str) -> str:
    return " ".join(text.split())
