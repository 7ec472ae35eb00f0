import json
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.client import accepted_language, is_loopback, read_visitor
from adapters.web.inbound import (
    Guest,
    Pressed,
    Say,
    Sent,
    Visitor,
    clean_line,
    clean_text,
    press_of,
    read_frame,
    read_name,
    read_room,
    submission_of,
)
from adapters.web.pace import Pace
from bot.domain.ids import PlayerId
from bot.domain.language import Language

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("lobby", "lobby"),
        (" Movie Night ", "movie-night"),
        ("São_Paulo", "sao-paulo"),
        ("a" * 40, "a" * 40),
        ("a" * 41, None),
        ("", None),
        ("../etc", None),
        ("a/b", None),
        ("<b>", None),
        ("映画", None),
    ],
)
def test_a_rooms_name_is_folded_or_refused(text, room):
    assert read_room(text) == room


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ana", "Ana"),
        ("  Ana   Luísa ", "Ana Luísa"),
        ("A\u202ena", "Ana"),
        ("A\u200bna\u0000", "Ana"),
        ("<img onerror>", "<img onerror>"),
        ("x" * 40, "x" * 40),
        ("x" * 41, None),
        ("\u200b\u202e", None),
        ("", None),
    ],
)
def test_a_name_loses_what_cannot_be_seen(text, name):
    assert read_name(text) == name


@given(st.text(max_size=60))
def test_no_name_holds_a_control_or_a_direction(text):
    name = read_name(text)
    assert name is None or not {unicodedata.category(letter) for letter in name} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize("name", ["Ana", "ANA", "ana", "Ａｎａ"])
def test_a_player_is_one_however_the_name_is_written(name):
    assert Visitor("lobby", name, Language.EN).player == "web/ana"


def test_the_ids_of_a_visitor():
    visitor = Visitor("lobby", "Ana", Language.PT_BR)
    guest = Guest(visitor, PlayerId("web/bia"), "Bia", Language.EN)
    assert (visitor.channel, guest.place.community, guest.place.managers) == ("web/lobby", "web", "Bia")
    assert (guest.actor.language, guest.place.language) == (Language.PT_BR, Language.EN)
    assert not guest.actor.is_manager
    assert Guest(visitor, PlayerId("web/ana"), "Ana", None).actor.is_manager


def test_what_is_wrong_with_a_visitor_is_told():
    assert read_visitor("!!", "Ana", Language.EN) == "entry.wrong_room"
    assert read_visitor("lobby", "", Language.EN) == "entry.wrong_name"


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "say", "id": "frame-01", "text": "hi"},
        {"type": "press", "id": "frame-01", "button": "v1:x"},
        {"type": "submit", "id": "frame-01", "form": "v1:x", "values": {"a": "b"}},
        {"type": "complete", "id": "frame-01", "path": "lalafact", "option": "topic", "typed": "m"},
    ],
)
def test_the_frames_of_our_page_are_read(frame):
    assert read_frame(json.dumps(frame)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '"say"', "{}", '{"type":"say"}', '{"type":"evil","id":"frame-01"}',
        '{"type":"say","id":"short","text":"x"}', '{"type":"say","id":"frame-01","text":7}',
        '{"type":"say","id":"frame 01 <b>","text":"x"}', '{"type":"press","id":"frame-01","button":"' + "x" * 201 + '"}',
        '{"type":"submit","id":"frame-01","form":"f","values":{"a":1}}', "[" * 5000,
        '{"type":"submit","id":"frame-01","form":"f","values":' + json.dumps({str(n): "" for n in range(11)}) + "}",
    ],
)  # fmt: skip
def test_anything_else_is_not(text):
    assert read_frame(text) is None


@given(st.text())
def test_reading_a_frame_never_raises(text):
    read_frame(text)


def test_a_line_and_a_forms_text_are_cleaned():
    assert clean_line(" a\u202e\tb\nc ") == "a b c"
    assert clean_line("👩‍🚀") == "👩‍🚀"
    assert clean_text("one\r\ntwo\u0000 ") == "one\ntwo"


def test_a_pages_key_is_its_players_own():
    guest = Guest(Visitor("lobby", "Ana", Language.EN), PlayerId("web/ana"), "Ana", None)
    press = press_of(guest, Pressed("frame-01", "v1:x"), NOW)
    assert (press.dedupe_key, press.at, press.button) == ("web/ana/lobby/frame-01", NOW, "v1:x")
    sent = submission_of(guest, Sent("frame-02", "v1:f", {"note": " hi\u202e "}), NOW)
    assert sent.values == {"note": "hi"}
    assert Say("frame-01", "x").id == "frame-01"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", Language.EN),
        ("pt-BR,pt;q=0.9,en;q=0.8", Language.PT_BR),
        ("de,en;q=0.7,pt;q=0.3", Language.EN),
        ("fr;q=1,pt;q=0.2", Language.PT_BR),
        ("pt;q=0,en;q=0.1", Language.EN),
        ("pt;q=x", Language.EN),
    ],
)
def test_the_language_is_the_best_that_the_browser_asks_for(header, language):
    assert accepted_language(header) is language


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("127.9.9.9", True),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("localhost.evil.example", False),
        ("", False),
    ],
)
def test_what_is_loopback(host, expected):
    assert is_loopback(host) is expected


def test_a_burst_is_allowed_and_then_two_a_second():
    pace = Pace(burst=3, per_s=2.0)
    ana, bia = PlayerId("web/ana"), PlayerId("web/bia")
    assert [pace.allows(ana, NOW) for _ in range(4)] == [True, True, True, False]
    assert pace.allows(bia, NOW)
    later = NOW + timedelta(seconds=1)
    assert [pace.allows(ana, later) for _ in range(3)] == [True, True, False]
