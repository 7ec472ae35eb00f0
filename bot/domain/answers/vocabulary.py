"""The closed lists of words that the rules speak of, all folded: what may be ignored, what negates, what means the same.

A word may be ignored only before or after the answer, never inside it, and only from these lists; negations, comparisons ("over", "mais
de") and approximations ("about", "cerca de") are on none that may.
"""

import re
from typing import Final


def listed(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


def in_order(text: str) -> tuple[str, ...]:
    """The words of a text in their order."""
    return tuple(text.split())


ARTICLES: Final = listed("the a an o os as um uma uns umas")
OPENING_FILLER: Final = listed(
    "i think believe guess say suppose reckon bet im id ill it its is was be must might could would "
    "should has to sure pretty quite fairly going go with my answer final that thats this maybe perhaps "
    "probably possibly surely definitely certainly obviously clearly exactly well so oh ah um uh er hmm "
    "hm ok okay called named titled he she hes shes they are were theyre easy eu acho acredito creio "
    "penso diria digo suponho imagino chuto que and foi era sao foram seria sera deve ser so pode tem "
    "resposta minha meu palpite chute talvez provavelmente possivelmente certamente obviamente exatamente "
    "claro com certeza bem bom hum isso esse essa este esta aquele aquela ele ela tipo pra para mim "
    "opiniao olha entao chamado chamada chamava chama intitulado intitulada"
)
"""``and`` stands for ``é``, which folds to ``e`` as the conjunction does."""
CLOSING_FILLER: Final = listed(
    "i think believe guess suppose maybe perhaps probably possibly please definitely certainly obviously "
    "for sure lol haha it is was thanks eu acho creio talvez provavelmente claro com certeza ne por favor "
    "obrigado obrigada kkk rs"
)
COURTESY: Final = listed(
    "mr mrs ms miss dr dra sir dame madam mister sr sra srta senhor senhora senhorita dona don dom prof "
    "professor professora"
)
NAME_SUFFIXES: Final = {
    "jr": "jr",
    "junior": "jr",
    "sr": "sr",
    "senior": "sr",
    "ii": "2",
    "iii": "3",
    "filho": "filho",
    "neto": "neto",
}
NEGATIONS: Final = listed(
    "not no nope never isnt arent wasnt werent dont doesnt didnt wont cant cannot couldnt wouldnt "
    "shouldnt aint neither nor none nobody except but nao nunca jamais nem nenhum nenhuma ninguem exceto "
    "menos tampouco sem without"
)
SEVERAL: Final = listed(
    "or ou either versus vs wait actually rather instead between entre alias melhor correction correcao ora quer"
)
_EXCUSES: Final = re.compile(
    r"\b(?:if i ?a?m not (?:mistaken|wrong)|unless im (?:mistaken|wrong)|of course"
    r"|se (?:eu )?nao me engano|se (?:eu )?nao estou enganad[oa]|salvo engano)\b",
)
_EXCUSE_SIGNS: Final = ("mistaken", "wrong", "engan", "course")


_NOUN_GROUPS: Final = tuple(
    frozenset(group.split())
    for group in (
        "film movie picture filme longa",
        "musical musicais",
        "song tune track cancao musica",
        "actor actress ator atriz performer interprete",
        "director filmmaker diretor diretora cineasta",
        "composer compositor compositora",
        "singer cantor cantora vocalist vocalista",
        "choreographer coreografo coreografa",
        "producer produtor produtora",
        "person people pessoa gente",
        "character role part personagem papel",
        "city town cidade",
        "country pais",
        "place location lugar local",
        "instrument instrumento",
        "colour color cor",
        "studio estudio",
        "festival",
        "theatre theater cinema teatro",
        "university college universidade faculdade",
        "band group banda grupo",
        "award prize premio",
        "oscar",
        "nomination indicacao nomeacao",
        "category categoria",
        "title titulo",
        "name nome",
        "surname sobrenome",
        "take tomada",
        "shot plano",
        "scene cena",
        "word palavra",
        "brand make marca",
        "car carro",
        "animal bicho",
        "year ano",
        "month mes",
        "day date dia data",
        "show series serie programa",
        "book livro",
        "album disco",
        "job profession profissao emprego",
        "dance danca",
        "genre genero",
    )
)


def singular(word: str) -> str:
    """A key that a noun shares with its plural, in either language; not always a word."""
    if word.endswith("oes"):
        return word[:-3] + "ao"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ns") and len(word) > 4:
        return word[:-2] + "m"
    if word.endswith("res") and len(word) > 4:
        return word[:-2]
    return word[:-1] if word.endswith("s") and len(word) > 3 and not word.endswith("ss") else word


_SYNONYMS: Final = {singular(noun): frozenset(map(singular, group)) for group in _NOUN_GROUPS for noun in group}


def synonyms(noun: str) -> frozenset[str]:
    """The singulars that mean the same in either language, itself among them."""
    return _SYNONYMS.get(singular(noun), frozenset((singular(noun),)))


def without_excuses(folded: str) -> str:
    """The text without "if I'm not mistaken": the one phrase whose negation says nothing about the answer."""
    return _EXCUSES.sub(" ", folded) if any(sign in folded for sign in _EXCUSE_SIGNS) else folded
