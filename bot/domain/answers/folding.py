"""Rule 1: one plain text out of whatever a player typed.

Decisions that the rules leave open:

* Cyrillic, Greek and small-capital look-alikes become the Latin letter that they look like, so a word may mix scripts. Letters of any
  other script stay what they are: they count as words, so they never vanish from beside a right answer.
* Emoji are dropped (an emoji alone is an empty answer), except crosses and thumbs down, which negate.
* Struck-through text counts as text: it is markup.
* Nothing is dropped between two digits: ``7*8`` is two numbers and never 78. Zero-width characters are: nobody sees them.
"""

import html
import re
import unicodedata
from typing import Final

LONGEST_GUESS: Final = 200
"""In characters as typed; a longer guess is refused unread."""

_PLAIN: Final = re.compile(r"[A-Za-z0-9 .,!?-]*")
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_MARKUP: Final = re.compile(r"[<>*_~|`:\\'&\x00-\x1f\x7f]")


def _pairs(originals: str, latin: str) -> dict[str, str]:
    return dict(zip(originals, latin, strict=True))


_LOOKALIKES: Final[dict[str, str]] = {
    **_pairs("АВЕЗІЈКМНОРСТУХЅҮԚԜҺӀ", "abe3ijkmhopctyxsyqwhl"),
    **_pairs("авеіјкмнорстухѕүԛԝһӏԁьѵ", "abeijkmhopctyxsyqwhldbv"),
    **_pairs("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϺ", "abezhikmnoptyxcm"),
    **_pairs("αβγεζηικνορτυχωϲϳ", "abyeznikvoptuxwcj"),
    **_pairs("ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢꜰꜱ", "abcdeghijklmnoprtuvwyzfs"),
    **_pairs("ɑɡıƒօոսհց", "agifonuhg"),
    **_pairs("øØłŁđĐðÐħĦŧŦ", "oollddddhhtt"),
    "æ": "ae",
    "Æ": "ae",
    "œ": "oe",
    "Œ": "oe",
    "þ": "th",
    "Þ": "th",
    "ß": "ss",
    "ẞ": "ss",
    **dict.fromkeys("’‘‛ʼʻʹ′‵´ˈ＇", "'"),
    **dict.fromkeys("‐‑‒–—―−﹣－⁃", "-"),
    "°": "°",
    **dict.fromkeys("⁄∕", "/"),
    **dict.fromkeys("、،", ","),
    **dict.fromkeys("→⇒➡⟶➔؛", ";"),
    **dict.fromkeys("≤≥≈≃≅∼±≲≳", "<"),
    **dict.fromkeys("\u115f\u1160\u3164\uffa0", ""),
}
"""What remains after decomposition, a character at a time."""

_BEFORE_DECOMPOSITION: Final = str.maketrans(
    {
        **{character: f" {number}" for number, character in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
        **{character: f" {number}" for number, character in enumerate("₀₁₂₃₄₅₆₇₈₉")},
        "½": " 1/2",
        "¼": " 1/4",
        "¾": " 3/4",
        "⅓": " 1/3",
        "⅔": " 2/3",
        **dict.fromkeys("™®©℠", ""),
        **dict.fromkeys("≠❌❎✖✗✘🚫⛔👎🙅¬", " not "),
        "№": "#",
        "º": "°",
        "´": "'",
    },
)
"""What compatibility decomposition would falsify: ``8½`` would be ``81/2``, ``≠`` would be ``=``."""

_NUMERO: Final = re.compile(r"\bn\.?°(?=\s*\d)")
_TAG: Final = re.compile(
    r"</?(?:b|i|u|s|em|strong|br|p|span|div|code|pre|del|ins|mark|small|sub|sup|q|blockquote)\s*/?>"
)
_EMOJI: Final = re.compile(r"<a?:([a-z0-9_]+):\d+>|(?<![a-z0-9:]):([a-z0-9_+'-]+):(?![a-z0-9:])")
_NEGATIVE_EMOJI: Final = re.compile(
    r"(?:^|[_-])(?:no|not|non|x|1|wrong|cross|down|thumbsdown|negative|never|nope)(?:$|[_-])|^no|down$"
)
_DROPS: Final = 6
_EMPHASIS: Final = re.compile(r"\*{1,3}([^*]+)\*{1,3}|~{1,2}([^~]+)~{1,2}|\|\|([^|]+)\|\|")
_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)['`]+(?=\d)")
_LEFT_OVER: Final = str.maketrans(
    {"*": " ", "_": " ", "|": ";", "~": " < ", "<": " < ", ">": " > ", "\\": "", "'": "", "`": "", "&": " and "},
)
_ADDRESS: Final = re.compile(
    r"@\s?\w"
    r"|< ?!\s?[a-z]|< ?#\s?[a-z0-9]"
    r"|\w:\s?//|\bwww\s?\.|\b(?:https?|mailto|tel|slack|discord):\S"
    r"|\b[a-z0-9-]+\.(?:com|org|net|gg|io|tv|ly|br|me/|co/|be/)(?![a-z0-9])"
    r"|\]\s?\(",
)
_WORD: Final = re.compile(r"[^\W_]+")
_INITIALS: Final = re.compile(r"(?<![^\W_])[^\W\d_](?:\.\s?[^\W\d_](?![^\W_]))+\.?")


def fold(text: str) -> str:
    """Lower case without accents, marks or markup; punctuation stays where it can carry meaning. Folding twice changes nothing."""
    if _PLAIN.fullmatch(text):
        return " ".join(text.lower().split())
    if "&" in text:
        text = _unescape(text)
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_BEFORE_DECOMPOSITION))
        text = _NOT_ASCII.sub(_fold_character, decomposed).lower()
        text = _NUMERO.sub("#", text).replace("°", "o")
    text = text.lower()
    text = " ".join(text.split())
    # What is dropped may bring two halves of another mark together, so it is looked at again, a few times at most.
    for _ in range(_DROPS):
        before, text = text, " ".join(_drop_markup(text).split()) if _MARKUP.search(text) else text
        if text == before:
            break
    return text


def words(folded: str) -> list[str]:
    """The words of a folded text, without any punctuation; dotted initials are one word (``j.k.`` is ``jk``)."""
    if "." in folded:
        folded = _INITIALS.sub(_join_initials, folded)
    return _WORD.findall(folded)


def addresses_somebody(folded: str) -> bool:
    """Whether a folded text mentions a person or a whole channel, or holds a link: refused whatever else stands there."""
    return _ADDRESS.search(folded) is not None


def _unescape(text: str) -> str:
    for _ in range(3):
        plain = html.unescape(text)
        if plain == text:
            break
        text = plain
    return text


def _fold_character(match: re.Match[str]) -> str:
    character = match[0]
    known = _LOOKALIKES.get(character)
    if known is not None:
        return known
    match unicodedata.category(character):
        case "Mn" | "Me" | "Mc" | "Cf":
            return ""
        case "Nd":
            return str(unicodedata.decimal(character))
        case "Sc":
            return character
        case "Pd":
            return "-"
        case "Lu" | "Ll" | "Lt" | "Lo" | "Lm":
            return "".join(_LOOKALIKES.get(part, part) for part in character.casefold())
        case _:
            return " "


def _drop_markup(text: str) -> str:
    if "<" in text or ":" in text:
        text = _EMOJI.sub(_drop_emoji, _TAG.sub(_apart_between_digits, text))
    for _ in range(3):
        if not any(mark in text for mark in "*~|"):
            break
        text = _EMPHASIS.sub(_drop_emphasis, text)
    text = _BETWEEN_DIGITS.sub(" ", text.replace("\\", ""))
    return text.translate(_LEFT_OVER)


def _drop_emoji(match: re.Match[str]) -> str:
    name = match[1] or match[2]
    return " not " if _NEGATIVE_EMOJI.search(name) else " "


def _apart_between_digits(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return " " if "br" in match[0] or (before.isdigit() and after.isdigit()) else ""


def _drop_emphasis(match: re.Match[str]) -> str:
    content = match[1] or match[2] or match[3]
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    opening = " " if before.isdigit() and content[0].isdigit() else ""
    closing = " " if after.isdigit() and content[-1].isdigit() else ""
    return f"{opening}{content}{closing}"


def _join_initials(match: re.Match[str]) -> str:
    return "".join(letter for letter in match[0] if letter.isalpha()) + " "
