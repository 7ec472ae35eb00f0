"""What a doctor finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    ok: bool
    text: str
    """One line, and where it is not well, with what to do."""

    def line(self) -> str:
        return f"{'ok ' if self.ok else 'BAD'} {self.text}"
