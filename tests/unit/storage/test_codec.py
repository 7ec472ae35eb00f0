"""What is read back is equal to what was written, whatever a game or a card holds."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.domain.errors import CardTooLarge
from bot.domain.game import Asked, Ending, Game, Phase, Round
from bot.domain.language import Language
from bot.domain.rules import AnswerStyle, Mode, Rules
from bot.domain.tallies import Tally
from bot.ports.cards import (
    Button,
    ButtonStyle,
    Card,
    CardKind,
    Choice,
    Choices,
    Countdown,
    Field,
    Fields,
    Ranking,
    RankRow,
    Text,
    TextStyle,
    Tone,
)
from bot.storage.codec import _NAMES, decode_card, decode_game, encode_card, encode_game, encode_id, without_player

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
instants = st.integers(0, 2**52).map(lambda micros: EPOCH + timedelta(microseconds=micros))
counts = st.integers(0, 10_000)
votes = st.frozensets(words, max_size=3)
rules = st.builds(Rules, counts, counts, st.sampled_from(Mode), st.sampled_from(AnswerStyle), st.none() | words)
tallies = st.builds(
    Tally,
    player=words,
    name=words,
    points=counts,
    right=counts,
    answers=counts,
    streak=counts,
    best_streak=counts,
    fastest_ms=st.none() | counts,
    last_round=counts,
    out=st.booleans(),
)
rounds = st.builds(
    Round,
    number=counts,
    opened_at=instants,
    closes_at=instants,
    shown_at=st.none() | instants,
    hinted_at=st.none() | instants,
    hint_votes=votes,
    skip_votes=votes,
)
games = st.builds(
    Game,
    id=words,
    channel=words,
    community=words,
    host=words,
    host_name=words,
    language=st.sampled_from(Language),
    pack=words,
    rules=rules,
    asked=st.lists(st.builds(Asked, words, st.permutations(range(4)).map(tuple)), max_size=3).map(tuple),
    opened_at=instants,
    phase=st.sampled_from(Phase),
    wake_at=st.none() | instants,
    round=st.none() | rounds,
    tallies=st.lists(tallies, max_size=3).map(tuple),
    unanswered=counts,
    ending=st.none() | st.sampled_from(Ending),
)


def some(items, most=3):
    return st.lists(items, min_size=1, max_size=most).map(tuple)


parts = st.one_of(
    st.builds(Text, words, st.sampled_from(TextStyle)),
    st.builds(Choices, some(st.builds(Choice, words, words, st.none() | st.booleans(), counts))),
    st.builds(Countdown, words, instants, instants),
    st.builds(Ranking, words, some(st.builds(RankRow, words, words, words, words))),
    st.builds(Fields, some(st.builds(Field, words, words))),
)
buttons = st.builds(Button, words, words, st.sampled_from(ButtonStyle), st.none() | words)
slow = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@slow
@given(games)
def test_a_game_reads_as_it_was_written(game):
    assert decode_game(encode_game(game)) == game


@slow
@given(
    st.sampled_from(CardKind),
    st.sampled_from(Language),
    words,
    st.lists(parts, max_size=4).map(tuple),
    st.lists(buttons, max_size=3, unique_by=lambda button: button.id).map(tuple),
    st.sampled_from(Tone),
)
def test_a_card_reads_as_it_was_written(kind, language, title, held, pressed, tone):
    try:
        card = Card(kind, language, title, held, pressed, tone)
    except CardTooLarge:
        assume(False)
    read = decode_card(encode_card(card))
    assert read == card
    assert [type(part) for part in read.parts] == [type(part) for part in card.parts]


@pytest.mark.parametrize("part", [Text, Choices, Countdown, Ranking, Fields])
def test_every_part_of_a_card_has_a_name_in_the_database(part):
    assert part in _NAMES


@slow
@given(games, words)
def test_a_player_who_is_taken_out_of_a_game_is_nowhere_in_it(game, alias):
    for who in {game.host, *(tally.player for tally in game.tallies)}:
        left = without_player(game, who, alias)
        assert who != left.host
        assert who not in {tally.player for tally in left.tallies}
        if left.round is not None:
            assert who not in left.round.hint_votes | left.round.skip_votes
        assert [tally.points for tally in left.tallies] == [tally.points for tally in game.tallies]
        assert decode_game(encode_game(left)) == left


@slow
@given(games)
def test_who_is_in_a_game_is_found_by_how_the_id_stands_in_it(game):
    assert encode_id(game.host) in encode_game(game)


@slow
@given(games)
def test_who_is_not_in_a_game_leaves_it_as_it_is(game):
    assert without_player(game, "somebody else entirely", "—") == game
