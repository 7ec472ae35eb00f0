"""The pages as HTML: templates with blanks, every blank escaped, and headers that let nothing in from anywhere else."""

import html
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Final
from urllib.parse import quote, urlencode

from aiohttp import web

from adapters.web.inbound import Visitor
from adapters.web.limits import MAX_CHAT, MAX_PLAYER_NAME, MAX_ROOM_NAME
from adapters.web.render import render_menu, to_json
from adapters.web.words import WORDS
from bot.app.commands import BY_PATH
from bot.app.phrases import say
from bot.domain.language import Language

STATIC: Final = Path(__file__).parent / "static"
ASSETS: Final = {
    "room.css": "text/css",
    "room.js": "text/javascript",
    "view.js": "text/javascript",
    "menu.js": "text/javascript",
    "forms.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
TOOLS: Final = (
    ("tool.fact", "lalafact"),
    ("tool.start", "quiz start"),
    ("tool.hint", "quiz hint"),
    ("tool.skip", "quiz skip"),
    ("tool.scores", "quiz scores"),
    ("tool.help", "lala help"),
)
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def entry_page(language: Language, *, name: str = "", room: str = "", problem: str = "") -> web.Response:
    """The small form at the door; ``problem`` is the key of what was wrong with it."""
    words = WORDS[language]
    other = Language.PT_BR if language is Language.EN else Language.EN
    wrong_name, wrong_room = problem == "entry.wrong_name", problem == "entry.wrong_room"
    blanks = {
        "name": name[:MAX_PLAYER_NAME],
        "room": room[:MAX_ROOM_NAME] if room else "lobby",
        "name_limit": str(MAX_PLAYER_NAME),
        "room_limit": str(MAX_ROOM_NAME),
        "name_problem": words[problem] if wrong_name else "",
        "room_problem": words[problem] if wrong_room else "",
        "name_invalid": str(wrong_name).lower(),
        "room_invalid": str(wrong_room).lower(),
        "other_language": other.value,
    }
    return _page("entry.html", language, blanks, status=400 if problem else 200)


def room_page(visitor: Visitor) -> web.Response:
    language = visitor.language
    words = WORDS[language]
    # A script element that is not run: only the end of it could be mistaken for markup.
    data = to_json({"words": dict(words), "menu": render_menu(language), "maxChat": MAX_CHAT}).replace("<", "\\u003c")
    blanks = {
        "title": words["room.title"].format(room=visitor.room),
        "room": visitor.room,
        "player": visitor.name,
        "initial": visitor.name[0].upper(),
        "live": live_path(visitor),
        "home": f"/?{urlencode({'lang': language.value})}",
        "max_chat": str(MAX_CHAT),
    }
    return _page("room.html", language, blanks, raw={"data": data, "tools": _tools(language)})


def _tools(language: Language) -> str:
    buttons = []
    for key, path in TOOLS:
        command = html.escape(f"/{BY_PATH[path].label(language)}")
        label = html.escape(WORDS[language][key])
        about = html.escape(say(language, f"about.{path}"))
        buttons.append(f'<button type="button" class="tool" data-command="{command}" title="{about}">{label}</button>')
    return "\n".join(buttons)


def lost_page(language: Language, problem: str, *, status: int) -> web.Response:
    return _page("lost.html", language, {"problem": WORDS[language][problem]}, status=status)


def asset(name: str) -> web.StreamResponse | None:
    kind = ASSETS.get(name)
    return web.FileResponse(STATIC / name, headers=HEADERS | {"Content-Type": kind}) if kind else None


def room_path(visitor: Visitor) -> str:
    return f"/room/{quote(visitor.room)}?{_query(visitor)}"


def live_path(visitor: Visitor) -> str:
    return f"/room/{quote(visitor.room)}/live?{_query(visitor)}"


def _query(visitor: Visitor) -> str:
    return urlencode({"player": visitor.name, "lang": visitor.language.value})


def _page(
    name: str,
    language: Language,
    blanks: Mapping[str, str],
    *,
    raw: Mapping[str, str] | None = None,
    status: int = 200,
) -> web.Response:
    """``raw`` is put in as it is: what makes it has escaped it."""
    words = {key.replace(".", "_"): html.escape(text) for key, text in WORDS[language].items()}
    escaped = {key: html.escape(text) for key, text in blanks.items()}
    template = Template((STATIC / name).read_text(encoding="utf-8"))
    text = template.substitute({"lang": language.value, **words, **escaped, **(raw or {})})
    return web.Response(text=text, content_type="text/html", charset="utf-8", status=status, headers=HEADERS)
