"""What a check may look up while it reads one entry."""

from collections.abc import Iterator
from typing import Final

from bot.domain.language import Language
from bot.packs.draft import Draft, Filed
from bot.packs.format import FactEntry, LocalList, LocalText


class Scope:
    """The names that a draft declares, each looked up in constant time."""

    def __init__(self, draft: Draft) -> None:
        self.draft: Final = draft
        self.languages: Final[tuple[Language, ...]] = draft.pack.languages
        self.topic_ids: Final = frozenset(topic.id for topic in draft.pack.topic)
        self.people: Final = frozenset(draft.pack.people)
        self.titles: Final = frozenset(work.title[self.main_language] for work in draft.pack.work)
        self.paragraph_ids: Final = frozenset(
            paragraph for source in draft.pack.source for paragraph in source.paragraph_ids()
        )
        self.facts: Final = {filed.entry.id: filed for filed in draft.facts}

    @property
    def main_language(self) -> Language:
        """The language of the names that entries refer to one another by."""
        return Language.EN if Language.EN in self.languages or not self.languages else self.languages[0]

    def fact(self, fact_id: str) -> Filed[FactEntry] | None:
        return self.facts.get(fact_id)

    def texts(self, text: LocalText) -> Iterator[tuple[Language, str]]:
        """The text in each language that the pack speaks."""
        return ((language, text[language]) for language in self.languages)

    def lists(self, texts: LocalList) -> Iterator[tuple[Language, tuple[str, ...]]]:
        return ((language, texts[language]) for language in self.languages)
