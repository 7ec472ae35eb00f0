"""Plain text as letters in Discord's markdown: whatever a person wrote is shown as they wrote it, and pings nobody."""

import re
from typing import Final

_ANYWHERE: Final = re.compile(r"[\\*_~`|<@\[]|(?<=\w):(?=//)")
"""Emphasis, spoilers, code, mentions, custom emoji, masked links; and the colon that makes an address a link."""
_LINE_START: Final = re.compile(r"^(\s*)(#{1,3}|-#|>{1,3}|[-+]|\d+(?=\.))(?=[\s.]|$)", re.MULTILINE)
"""Headings, small print, quotes and lists."""

LOOKALIKES: Final = str.maketrans(
    {
        "\\": "＼",
        "*": "∗",
        "_": "＿",
        "~": "∼",
        "`": "ˋ",
        "|": "∣",
        "<": "‹",
        ">": "›",
        "@": "＠",
        "[": "［",
        "#": "＃",
        "-": "‐",
        "+": "＋",
        "/": "∕",
    }
)


def escape(text: str) -> str:
    """With a backslash before every character that Discord would take for more than itself."""
    escaped = _ANYWHERE.sub(lambda found: f"\\{found.group()}", text)
    return _LINE_START.sub(_escape_line_start, escaped)


def _escape_line_start(found: "re.Match[str]") -> str:
    space, mark = found.groups()
    # A number is escaped at its full stop, anything else at its first character.
    return f"{space}{mark}\\" if mark.isdecimal() else f"{space}\\{mark}"


def substitute(text: str) -> str:
    """The same without growing: each such character becomes one that only looks like it."""
    return re.sub(r"^(\s*\d+)\.", r"\1․", text.translate(LOOKALIKES), flags=re.MULTILINE)
