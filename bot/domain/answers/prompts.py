"""Rule 2: what the prompts of a question bring along themselves: its own noun, its unit, its years."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.domain.answers.folding import fold, words
from bot.domain.answers.vocabulary import listed, singular, synonyms

_PLACING: Final = listed("in at on em na nos nas num numa no")
_PLACED: Final = re.compile(
    r"\b(?:where|when|onde|quando|(?:in|at|on|em|no|na) (?:which|what|que|qual|quais|quantos|quantas))\b"
)
_WHO: Final = re.compile(r"\b(?:who|whom|whose|quem)\b")
_YEAR: Final = re.compile(r"(?<![\d.,])(1[5-9]\d\d|20\d\d)(?![\d]|[.,]\d)")

_INTERROGATIVE: Final = listed("which what who whom qual quais que quem name cite diga")
_PERSONAL: Final = frozenset(("who", "whom", "quem"))
_COPULAS: Final = frozenset(("is", "was", "were", "are", "foi", "era", "sao", "foram", "e"))
_SKIPPED: Final = listed(
    "is was were are the a an of these those this that following e foi era sao foram o os as do da de dos das um uma this esse essa este "
    "esta seu sua his her their its first primeiro primeira",
)
_STOP: Final = listed(
    "did does do has have had can could would will should in on at by with for to from that which who whom what when where how than "
    "em no na nos nas por pelo pela com para que quem qual onde quando como se ele ela and or ou but mas it he she they tem teve "
    "not nao ao aos foi era were was is are",
)
_LINKS: Final = frozenset(("de", "do", "da", "of"))
_PER: Final = re.compile(r"\b(?:a|an|per|each|every|por|ao|cada) ([a-z]+)\b")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the prompts of one question say about its answer."""

    nouns: frozenset[str]
    """Singular nouns of the thing asked for ("which **film**"), with their synonyms in both languages."""
    literal: frozenset[str]
    """The same without the synonyms."""
    counted: frozenset[str]
    """Singular nouns that follow "how many", with synonyms: the right unit of a bare number."""
    beside: frozenset[str]
    """Other words of the counted phrase ("**Oscar** nominations"), good only together with the noun."""
    per: frozenset[str]
    """The nouns of "a day", "por dia" in the prompt."""
    words: frozenset[str]
    years: frozenset[int]
    approximate: bool
    """Whether the prompt itself says "about"."""
    placed: bool
    """Whether the prompt asks where, when or "in which": "in" and "em" may open the answer."""
    who: bool

    def opens(self) -> frozenset[str]:
        """The prepositions that may open an answer."""
        return _PLACING if self.placed else frozenset()


def ask(prompts: Iterable[str], *, excluded: frozenset[str]) -> Asked:
    """Read the prompts. ``excluded`` are words that are never a noun of the question: names, months, numbers."""
    texts = tuple(prompts)
    folded = tuple(fold(text) for text in texts)
    literal = {noun for text in texts for noun in _asked_nouns(text)} - excluded
    counted, beside = _counted(texts, excluded)
    return Asked(
        nouns=frozenset(synonym for noun in literal for synonym in synonyms(noun)),
        literal=frozenset(literal),
        counted=frozenset(synonym for noun in counted for synonym in synonyms(noun)),
        beside=frozenset(beside),
        per=frozenset(match[1] for text in folded for match in _PER.finditer(text)),
        words=frozenset(word for text in folded for word in words(text)),
        years=frozenset(int(match[1]) for text in folded for match in _YEAR.finditer(text)),
        approximate=any(
            re.search(r"\b(?:about|around|roughly|approximately|cerca|aproximadamente)\b", text) for text in folded
        ),
        placed=any(_PLACED.search(text) for text in folded),
        who=any(_WHO.search(text) for text in folded),
    )


def _tokens(text: str) -> list[tuple[str, bool]]:
    """Folded words with whether each was capitalised; a break in the sentence is an empty word."""
    return [
        ("".join(words(fold(part))) if part[0].isalnum() else "", part[0].isupper())
        for part in re.findall(r"[\w'’-]+|[,;:?!.()\"“”]", text)
    ]


def _asked_nouns(text: str) -> list[str]:
    tokens = _tokens(text)
    nouns: list[str] = []
    for start, (word, _) in enumerate(tokens):
        if word in _INTERROGATIVE and (word not in {"name", "cite", "diga"} or start == 0):
            follows = tokens[start + 1 :]
            if word not in _PERSONAL or (follows and follows[0][0] in _COPULAS):
                nouns += _noun_phrase(follows, limit=3)
    return nouns


def _noun_phrase(tokens: list[tuple[str, bool]], *, limit: int) -> list[str]:
    """The lower-case content words up to the first verb or preposition that the lists know."""
    nouns: list[str] = []
    for word, capitalised in tokens[:8]:
        if word in _SKIPPED and not (nouns and word in _COPULAS):
            continue
        if not word or word in _STOP or len(nouns) == limit:
            break
        if not capitalised and not word[0].isdigit() and len(word) > 1:
            nouns.append(singular(word))
    return nouns


def _proper_nouns(tokens: list[tuple[str, bool]]) -> set[str]:
    """The words of a name that is itself what is counted ("how many **Golden Globes**", "quantos **Globos de Ouro**")."""
    nouns: set[str] = set()
    for word, capitalised in tokens[:4]:
        if capitalised:
            nouns.add(singular(word))
        elif word not in _LINKS:
            break
    return nouns


def _counted(texts: tuple[str, ...], excluded: frozenset[str]) -> tuple[set[str], set[str]]:
    nouns: set[str] = set()
    beside: set[str] = set()
    for text in texts:
        tokens = _tokens(text)
        for start, (word, _) in enumerate(tokens):
            follows = tokens[start - 1][0] == "how" if start else False
            portuguese = re.fullmatch(r"quant[oa]s?", word) is not None
            if portuguese or (word in {"many", "much"} and follows):
                # "How many Oscar nominations" counts nominations; in Portuguese what is counted always comes first.
                common, proper = set(_noun_phrase(tokens[start + 1 :], limit=2)), _proper_nouns(tokens[start + 1 :])
                nouns |= (proper or common) if portuguese else (common or proper)
                beside |= {other for other, capital in tokens[start + 1 : start + 5] if capital and other}
        if re.search(r"\b(?:how old|what age|que idade|quantos anos)\b", fold(text)):
            nouns.add("year")
    return nouns - excluded, beside
