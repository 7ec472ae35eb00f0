"""What is wrong with a pack: where, what, and what to do about it, one line each."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import SettingError


class Severity(StrEnum):
    """An error keeps a pack from being loaded or accepted; a warning is advice."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. ``file`` is relative to the pack; ``kind`` and ``id`` name the entry and are empty for a whole file."""

    severity: Severity
    file: str
    kind: str
    id: str
    what: str
    remedy: str

    def __str__(self) -> str:
        subject = f'{self.kind} "{self.id}": ' if self.id else f"{self.kind}: " if self.kind else ""
        return f"{self.file}: {subject}{self.what}: {self.remedy}"


@dataclass(frozen=True, slots=True)
class Spot:
    """The place that a problem is about."""

    file: str
    kind: str = ""
    id: str = ""

    def error(self, what: str, remedy: str) -> Problem:
        return Problem(Severity.ERROR, self.file, self.kind, self.id, what, remedy)

    def warning(self, what: str, remedy: str) -> Problem:
        return Problem(Severity.WARNING, self.file, self.kind, self.id, what, remedy)


class PackError(SettingError):
    """A pack that cannot be used; its text is one line a problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def errors_of(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that keep a pack from being used."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)
