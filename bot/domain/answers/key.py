"""Everything about one question that does not depend on the guess, worked out once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.answers.dates import MONTH_WORDS, Day, month_and_year, read_days
from bot.domain.answers.folding import fold
from bot.domain.answers.lexicon import Lexicon, PersonName, bare, canonical, comparable
from bot.domain.answers.numbers import DIGITS_OF_WORD, NUMBER_WORDS
from bot.domain.answers.prompts import Asked, ask
from bot.domain.answers.quantities import Quantity, read_quantities
from bot.domain.answers.spelling import Form
from bot.domain.answers.vocabulary import CLOSING_FILLER, COURTESY, OPENING_FILLER, listed, singular
from bot.domain.facts import Question, Work
from bot.domain.language import Localized

_PROFESSIONS: Final = listed(
    "actor director composer singer choreographer producer person character ator diretor compositor cantor coreografo produtor pessoa "
    "personagem actress atriz musician musico pianist pianista dancer dancarino star astro",
)
_NO_SURNAMES: Final = listed(
    "bros brothers films entertainment productions records music museum "
    "band group inc company pictures studios orchestra theatre theater university"
)
_LINKS: Final = listed("of de da do dos das")


@dataclass(frozen=True, slots=True)
class Key:
    """What a guess is held against. Texts are canonical and without articles unless said otherwise."""

    exact: Mapping[str, bool]
    """Every right text; whether it is right in Portuguese only."""
    listed: frozenset[str]
    """The listed numbers and dates, folded, punctuation included."""
    forms: tuple[Form, ...]
    by_initials: Mapping[str, tuple[Form, ...]]
    joined: frozenset[str]
    """The right texts written as one word, articles included."""
    quantities: tuple[Quantity, ...]
    bare_unit: str | None
    days: frozenset[Day]
    asked: Asked
    opening: frozenset[str]
    closing: frozenset[str]
    incomplete: frozenset[str]
    """First names, and surnames that do not tell: right as far as they go."""
    known_texts: frozenset[str]
    known_words: frozenset[str]
    """Names, months and numbers that are no part of the answer."""


def prepare(
    prompt: str | Localized, answers: Iterable[str | Localized], lexicon: Lexicon, *, portuguese: bool = False
) -> Key:
    """Work out the key of one question; ``answers`` begin with the main one, the others are further right ones.

    ``portuguese`` says which language answers are in that come as plain strings.
    """
    prompts = (prompt,) if isinstance(prompt, str) else tuple(prompt)
    return _Builder(prompts, tuple(answers), lexicon, portuguese=portuguese).key()


def prepare_question(question: Question, lexicon: Lexicon) -> Key:
    """The key of a pack's question: answers of both languages are right in both."""
    return prepare(question.prompt, (question.answer, *question.accept), lexicon)


class _Builder:
    def __init__(
        self, prompts: tuple[str, ...], answers: tuple[str | Localized, ...], lexicon: Lexicon, *, portuguese: bool
    ) -> None:
        self.lexicon = lexicon
        self.asked = ask(prompts, excluded=MONTH_WORDS | NUMBER_WORDS)
        self.main = (
            tuple(dict.fromkeys((answers[0],) if isinstance(answers[0], str) else answers[0])) if answers else ()
        )
        self.sources: dict[str, bool] = {}
        for answer in answers:
            if isinstance(answer, str):
                self.sources.setdefault(answer, portuguese)
            else:
                self.sources.setdefault(answer.pt_br, answer.pt_br != answer.en)
                self.sources[answer.en] = False
        self.exact: dict[str, bool] = {}
        self.spellings: dict[tuple[str, ...], None] = {}
        self.joined: set[str] = set()
        self.listed: set[str] = set()
        self.quantities: list[Quantity] = []
        self.days: set[Day] = set()
        self.incomplete: set[str] = set()
        self.years = set(self.asked.years)
        self.person = False

    def key(self) -> Key:
        for text, portuguese in self.sources.items():
            self._add(text, portuguese=portuguese, main=text in self.main)
        forms = tuple(Form.of(words, self._neighbours(words)) for words in self.spellings)
        by_initials: dict[str, tuple[Form, ...]] = {}
        for form in forms:
            initials = "".join(word[0] for word in form.words)
            by_initials[initials] = (*by_initials.get(initials, ()), form)
        extra = self._ignored() | (COURTESY if self.person else frozenset())
        own = frozenset(word for words in self.spellings for word in words)
        return Key(
            exact=self.exact,
            listed=frozenset(self.listed),
            forms=forms,
            by_initials=by_initials,
            joined=frozenset(self.joined),
            quantities=tuple(dict.fromkeys(self.quantities)),
            bare_unit=self.quantities[0].unit if self.quantities else None,
            days=frozenset(self.days),
            asked=self.asked,
            opening=OPENING_FILLER | self.asked.opens() | extra | (_LINKS if self.asked.nouns else frozenset()),
            closing=CLOSING_FILLER | (extra - COURTESY),
            incomplete=frozenset(self.incomplete - self.exact.keys()),
            known_texts=self.lexicon.texts,
            known_words=self.lexicon.words - own,
        )

    def _ignored(self) -> frozenset[str]:
        """The question's own nouns, singular and plural, and years that fit a title."""
        plural = {
            form for noun in self.asked.nouns for form in (noun, f"{noun}s", f"{noun}es", re.sub("ao$", "oes", noun))
        }
        return frozenset(plural) | (frozenset() if self.person else frozenset(map(str, self.years)))

    def _add(self, text: str, *, portuguese: bool, main: bool) -> None:
        spoken = canonical(fold(text))
        if not spoken:
            return
        works = self.lexicon.works.get(" ".join(bare(spoken)), ())
        if not works and self._add_date(text):
            return
        quantities = read_quantities(fold(text), self.asked)
        if quantities and not (works and quantities[0].unit):
            self.listed.add(fold(text))
            self.quantities += quantities[:1]
            if not works:
                return
        self._add_words(spoken, portuguese=portuguese)
        if works and main:
            self._add_titles(works, portuguese=portuguese)
        elif self._is_person(text, spoken, main=main):
            self._add_person(PersonName.of(text), portuguese=portuguese)
        elif not works:
            self._add_common(spoken, portuguese=portuguese)
        if re.fullmatch(r"(?:[A-Z]\.?){2,4}", text.strip()):
            self.exact.setdefault(" ".join("".join(spoken)), portuguese)

    def _add_date(self, text: str) -> bool:
        folded = fold(text)
        by_month = month_and_year(folded)
        days = frozenset((by_month,)) if by_month else read_days(folded)
        self.days |= days if len(days) == 1 else frozenset()
        self.listed |= {folded} if days else set()
        return bool(days)

    def _add_words(self, spoken: tuple[str, ...], *, portuguese: bool, misspelt: bool = True) -> None:
        words = bare(spoken)
        for variant in (words, tuple(DIGITS_OF_WORD.get(word, word) for word in words)):
            text = " ".join(variant)
            self.exact[text] = portuguese and self.exact.get(text, True)
        if misspelt:
            self.spellings.setdefault(words)
            if not any(word.isdigit() for word in words):
                self.joined |= {"".join(part) for part in (spoken, words) if 1 < len(part) <= 6}

    def _add_titles(self, works: tuple[Work, ...], *, portuguese: bool) -> None:
        """Every listed title and form of the work; of namesakes only what they share, and no year."""
        listed = [{form for form in (*work.title, *work.forms) if fold(form)} for work in works]
        shared = set.intersection(*({comparable(form) for form in forms} for forms in listed))
        for form in sorted(set.union(*listed)):
            if comparable(form) in shared:
                self._add_words(canonical(fold(form)), portuguese=portuguese)
        years = {work.year for work in works}
        self.years |= {year for year in years if year is not None and len(years) == 1}

    def _is_person(self, text: str, spoken: tuple[str, ...], *, main: bool) -> bool:
        if PersonName.of(text).core in self.lexicon.people:
            return True
        parts = text.split()
        asked = self.asked.who or bool(self.asked.nouns & _PROFESSIONS)
        named = (
            2 <= len(parts) <= 4
            and all(part[0].isupper() for part in (parts[0], parts[-1]))
            and not any(map(str.isdigit, text))
        )
        ordinary = (
            spoken[0] in ("the", "a", "an", "o", "os", "as") or bool(_NO_SURNAMES & set(spoken)) or "and" in spoken
        )
        return asked and named and not ordinary and (main or self.person)

    def _add_person(self, name: PersonName, *, portuguese: bool) -> None:
        self.person = True
        core = name.core
        wholes = [core, *([(core[0], core[2])] if len(core) == 3 and len(core[1]) == 1 else [])]
        for tail in name.tails():
            given_away = tail[-1] in self.asked.words or (name.suffix is None and tail[-1] in _NO_SURNAMES)
            if given_away or self.lexicon.others_bear(tail, name) or len(tail[-1]) < 2 or len(tail[0]) < 2:
                self.incomplete.add(" ".join(tail))
            else:
                wholes.append(tail)
        for whole in wholes:
            self._add_words(whole, portuguese=portuguese)
            if name.suffix:
                for suffix in (
                    ("jr", "junior")
                    if name.suffix == "jr"
                    else ("sr", "senior")
                    if name.suffix == "sr"
                    else (name.suffix,)
                ):
                    self._add_words((*whole, suffix), portuguese=portuguese)
        self.incomplete |= {" ".join(core[:end]) for end in range(1, len(core))}
        turned = (*core[1:], core[0])
        if len(core) == 2 and " ".join(turned) not in self.lexicon.texts:
            self._add_words(turned, portuguese=portuguese, misspelt=False)

    def _add_common(self, spoken: tuple[str, ...], *, portuguese: bool) -> None:
        """Neither a name nor a title: the question's own noun may be missing, and a pair may stand in the other order."""
        words = bare(spoken)
        for part in (words[1:], words[:-1]):
            dropped = words[0] if part == words[1:] else words[-1]
            rest = tuple(word for word in part if word not in _LINKS)
            fits = rest and len("".join(rest)) >= 3 and not set(rest) & self.asked.words and rest[0] not in NUMBER_WORDS
            if fits and len(words) > 1 and singular(dropped) in self.asked.literal:
                self._add_words(part if part[0] not in _LINKS else rest, portuguese=portuguese)
        if words.count("and") == 1 and 0 < words.index("and") < len(words) - 1:
            at = words.index("and")
            self._add_words((*words[at + 1 :], "and", *words[:at]), portuguese=portuguese)

    def _neighbours(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Known texts that one misspelling may lie between; those that are right too are none."""
        form = Form.of(words, ())
        within = 2 * form.budget
        if not within:
            return ()
        candidates = [text for text in self.lexicon.near(form.text, within=within) if text not in self.exact]
        found = process.extract(form.text, candidates, scorer=OSA.distance, score_cutoff=within, limit=None)
        return tuple(sorted({text for text, _, _ in found} - set(words)))
