from dataclasses import replace
from datetime import timedelta
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import Reason, Refused
from bot.domain.game import LEGAL, Phase, check_guess, decide, elapsed_ms, evolve
from bot.domain.moves import (
    Advance,
    CastVote,
    CloseRound,
    Ending,
    GameEnded,
    GamePaused,
    HintGiven,
    MarkShown,
    Resume,
    RoundClosed,
    RoundOpened,
    Stop,
    Vote,
    VoteCast,
)
from bot.domain.rules import PAUSE_LIMIT, Mode
from bot.domain.tallies import ranking, winners
from tests.factories import NOON, a_game, a_guess, player


def give(game, command, now=NOON):
    """The game after a command that must be accepted, and its events."""
    events = decide(game, command, now)
    assert not isinstance(events, Refused), events
    return reduce(evolve, events, game), events


def asked(game, now=NOON):
    return give(game, Advance(), now)[0]


def closed(game, *guesses, now=NOON, interrupted=False):
    return give(game, CloseRound(game.number, guesses, interrupted=interrupted), now)[0]


def test_a_game_begins_five_seconds_after_its_start():
    assert a_game().wake_at == NOON + timedelta(seconds=5)


def test_the_next_question_comes_four_seconds_after_the_reveal():
    game = closed(asked(a_game()), a_guess("Ana"))
    assert (game.phase, game.wake_at) == (Phase.REVEALING, NOON + timedelta(seconds=4))


def test_every_pair_that_is_not_in_the_table_is_refused():
    game = a_game()
    commands = (
        Advance(),
        MarkShown(1, NOON),
        CastVote(Vote.SKIP, player("Ana"), True),
        CloseRound(1, ()),
        Resume(),
        Stop(),
    )
    for phase in Phase:
        for command in commands:
            if (phase, type(command)) not in LEGAL:
                assert isinstance(decide(replace(game, phase=phase), command, NOON), Refused), (phase, command)


def test_an_ended_game_accepts_nothing():
    game, _ = give(a_game(), Stop())
    for command in (Advance(), Stop(), Resume(), CloseRound(0, ())):
        assert decide(game, command, NOON) == Refused(Reason.GAME_OVER)
    assert game.wake_at is None


def test_a_game_ends_after_its_last_question():
    game = closed(asked(a_game(questions=1)), a_guess("Ana"))
    game, events = give(game, Advance())
    assert events == (GameEnded(NOON, Ending.FINISHED),)
    assert game.ending is Ending.FINISHED


def test_two_questions_without_any_answer_pause_the_game():
    game = closed(asked(closed(asked(a_game()))))
    game, events = give(game, Advance())
    assert events == (GamePaused(NOON),)
    assert game.wake_at == NOON + PAUSE_LIMIT


def test_one_answer_in_between_keeps_the_game_going():
    game = closed(asked(closed(asked(a_game(questions=9)))), a_guess("Ana", number=2))
    game = closed(asked(game))
    assert isinstance(give(game, Advance())[1][0], RoundOpened)


def test_a_paused_game_goes_on_with_the_next_question():
    paused = give(closed(asked(closed(asked(a_game())))), Advance())[0]
    game, (event,) = give(paused, Resume())
    assert (game.phase, event.number, game.unanswered) == (Phase.ASKING, 3, 0)


def test_a_pause_that_nobody_ends_ends_the_game():
    paused = give(closed(asked(closed(asked(a_game())))), Advance())[0]
    assert give(paused, Advance())[0].ending is Ending.ABANDONED


def test_the_last_questions_unanswered_end_the_game_rather_than_pause_it():
    game = closed(asked(closed(asked(a_game(questions=2)))))
    assert give(game, Advance())[0].ending is Ending.FINISHED


def test_speed_counts_from_the_platforms_time_stamp_of_the_message():
    game = give(asked(a_game()), MarkShown(1, NOON + timedelta(seconds=2)))[0]
    assert elapsed_ms(game, NOON + timedelta(seconds=5)) == 3_000
    assert elapsed_ms(game, NOON) == 0
    assert elapsed_ms(game, NOON + timedelta(hours=1)) == 20_000


def test_a_message_that_was_slow_to_arrive_takes_nothing_from_the_players_time():
    game = give(asked(a_game()), MarkShown(1, NOON + timedelta(seconds=7)))[0]
    assert game.round.closes_at == NOON + timedelta(seconds=27)


def test_a_message_is_marked_shown_once():
    game = give(asked(a_game()), MarkShown(1, NOON))[0]
    assert decide(game, MarkShown(1, NOON), NOON) == Refused(Reason.STALE)


def test_the_host_skips_at_once_and_nobody_loses_by_it():
    game = closed(asked(a_game(questions=9)), a_guess("Ben"))
    game, (cast, event) = give(asked(game), CastVote(Vote.SKIP, player("Ana"), decisive=True))
    assert isinstance(event, RoundClosed)
    assert event.skipped
    assert (game.tallies[0].streak, cast.missing) == (1, 0)


def test_others_skip_by_more_than_half_of_those_who_play():
    game = asked(closed(asked(a_game(questions=9)), a_guess("Ben"), a_guess("Cy"), a_guess("Di")))
    game, (cast,) = give(game, CastVote(Vote.SKIP, player("Ben"), decisive=False))
    assert cast == VoteCast(Vote.SKIP, player("Ben"), 2)
    game, (cast,) = give(game, CastVote(Vote.SKIP, player("Cy"), decisive=False))
    assert cast.missing == 1
    game, events = give(game, CastVote(Vote.SKIP, player("Di"), decisive=False))
    assert isinstance(events[-1], RoundClosed)


def test_a_bystander_cannot_skip_alone_before_anyone_has_played():
    _, events = give(asked(a_game()), CastVote(Vote.SKIP, player("Ben"), decisive=False))
    assert events == (VoteCast(Vote.SKIP, player("Ben"), 1),)


def test_nobody_votes_twice():
    game = give(asked(a_game()), CastVote(Vote.SKIP, player("Ben"), decisive=False))[0]
    assert decide(game, CastVote(Vote.SKIP, player("Ben"), False), NOON) == Refused(Reason.ALREADY_VOTED)


def test_a_hint_is_given_once():
    game, events = give(asked(a_game()), CastVote(Vote.HINT, player("Ana"), decisive=True))
    assert events[-1] == HintGiven(NOON)
    assert decide(game, CastVote(Vote.HINT, player("Ana"), True), NOON) == Refused(Reason.HINT_GIVEN)


def test_a_skip_is_no_hint():
    game = give(asked(a_game()), CastVote(Vote.SKIP, player("Ben"), decisive=False))[0]
    assert game.round.hint_votes == frozenset()


def test_streaks_grow_with_right_answers_and_break_with_wrong_or_missing_ones():
    game = a_game(questions=9)
    for number in (1, 2):
        game = closed(asked(game), a_guess("Ana", number=number), a_guess("Ben", number=number))
    game = closed(asked(game), a_guess("Ana", number=3, right=False))
    assert {t.name: (t.streak, t.best_streak) for t in game.tallies} == {"Ana": (0, 2), "Ben": (0, 2)}


def test_nobodys_streak_breaks_while_the_bot_is_away():
    game = closed(asked(a_game(questions=9)), a_guess("Ana"), a_guess("Ben"))
    game = closed(asked(game), a_guess("Ana", number=2), interrupted=True)
    assert {t.name: t.streak for t in game.tallies} == {"Ana": 2, "Ben": 1}


def test_not_even_a_wrong_answer_breaks_a_streak_while_the_bot_is_away():
    game = closed(asked(a_game(questions=9)), a_guess("Ana"))
    game = closed(asked(game), a_guess("Ana", number=2, right=False), interrupted=True)
    assert game.tallies[0].streak == 1


def survival(*rounds, questions=9):
    game = a_game(questions=questions, mode=Mode.SURVIVAL)
    for guesses in rounds:
        game = closed(asked(game), *(replace(guess, number=game.number + 1) for guess in guesses))
    return game


def test_a_wrong_or_missing_answer_puts_a_player_out_of_survival():
    game = survival((a_guess("Ana"), a_guess("Ben"), a_guess("Cy")), (a_guess("Ana"), a_guess("Ben", right=False)))
    assert {t.name: t.out for t in game.tallies} == {"Ana": False, "Ben": True, "Cy": True}
    assert give(game, Advance())[0].ending is Ending.LAST_STANDING


def test_whoever_is_out_may_not_answer():
    game = asked(survival((a_guess("Ana"), a_guess("Ben"), a_guess("Cy", right=False))))
    assert check_guess(game, 2, player("Cy"), NOON) == Refused(Reason.OUT)
    assert check_guess(game, 2, player("Ana"), NOON) is None


def test_nobody_joins_a_survival_that_has_begun():
    game = asked(survival((a_guess("Ana"), a_guess("Ben"))))
    assert check_guess(game, 2, player("Late"), NOON) == Refused(Reason.LATECOMER)


def test_a_survivor_alone_plays_on_until_the_first_mistake():
    game = survival((a_guess("Ana"),), (a_guess("Ana"),))
    assert isinstance(give(game, Advance())[1][0], RoundOpened)
    game = closed(asked(game), a_guess("Ana", number=3, right=False))
    assert give(game, Advance())[0].ending is Ending.LAST_STANDING


def test_the_last_one_standing_wins_even_with_fewer_points():
    game = survival(
        (a_guess("Ana", elapsed_ms=19_000), a_guess("Ben", elapsed_ms=0)), (a_guess("Ana", elapsed_ms=19_000),)
    )
    assert [tally.name for tally in winners(game.tallies)] == ["Ana"]


@pytest.mark.parametrize(
    ("number", "at_s", "reason"),
    [(1, 19, None), (1, 20, None), (1, 20.001, Reason.TOO_LATE), (2, 5, Reason.NOT_OPEN_YET), (0, 5, Reason.STALE)],
)
def test_a_guess_must_be_for_the_open_round_and_in_time(number, at_s, reason):
    refused = check_guess(asked(a_game()), number, player("Ana"), NOON + timedelta(seconds=at_s))
    assert (refused and refused.reason) == reason


def test_a_press_made_in_time_is_waited_for_a_moment():
    game = asked(a_game())
    assert game.round.closes_at < game.wake_at <= game.round.closes_at + timedelta(seconds=1)


def test_everyone_who_answered_lately_is_active():
    game = closed(asked(a_game(questions=9)), a_guess("Ana"), a_guess("Ben"))
    for number in (2, 3):
        game = closed(asked(game), a_guess("Ana", number=number))
    assert asked(game).active() == {player("Ana")}


def test_equal_points_share_a_rank_and_the_next_rank_is_skipped():
    game = closed(asked(a_game()), a_guess("Ana"), a_guess("Ben"), a_guess("Cy", elapsed_ms=9_000))
    assert [(r.rank, r.tally.name) for r in ranking(game.tallies)] == [(1, "Ana"), (1, "Ben"), (3, "Cy")]


def test_a_win_counts_from_two_players():
    alone = closed(asked(a_game()), a_guess("Ana"))
    assert winners(alone.tallies) == ()
    tied = closed(asked(a_game()), a_guess("Ana"), a_guess("Ben"))
    assert {tally.name for tally in winners(tied.tallies)} == {"Ana", "Ben"}
    scoreless = closed(asked(a_game()), a_guess("Ana", right=False), a_guess("Ben", right=False))
    assert winners(scoreless.tallies) == ()


NAMES = ("Ana", "Ben", "Cy")


@st.composite
def commands(draw):
    kind = draw(st.sampled_from(("advance", "close", "vote", "shown", "resume", "stop")))
    if kind == "close":
        who = draw(st.lists(st.sampled_from(NAMES), unique=True))
        guesses = tuple(
            a_guess(name, right=draw(st.booleans()), elapsed_ms=draw(st.integers(0, 20_000))) for name in who
        )
        return CloseRound(draw(st.integers(1, 4)), guesses, interrupted=draw(st.booleans()))
    if kind == "vote":
        return CastVote(draw(st.sampled_from(Vote)), player(draw(st.sampled_from(NAMES))), decisive=draw(st.booleans()))
    if kind == "shown":
        return MarkShown(draw(st.integers(1, 4)), NOON + timedelta(seconds=draw(st.integers(0, 30))))
    return {"advance": Advance(), "resume": Resume(), "stop": Stop()}[kind]


@settings(max_examples=300)
@given(st.lists(commands(), max_size=25), st.sampled_from(Mode))
def test_replay_equals_state_and_nothing_that_is_over_comes_back(given_commands, mode):
    game = first = a_game(mode=mode)
    history = []
    for step, command in enumerate(given_commands):
        before = game
        decision = decide(game, command, NOON + timedelta(seconds=step))
        if isinstance(decision, Refused):
            continue
        history += decision
        game = reduce(evolve, decision, game)
        assert game.number >= before.number
        points = {tally.player: tally.points for tally in game.tallies}
        assert all(points[tally.player] >= tally.points for tally in before.tallies), "points never go down"
        if before.phase is Phase.REVEALING:
            assert not any(isinstance(event, RoundClosed) for event in decision), "a closed round stays closed"
        assert (game.wake_at is None) == (game.phase is Phase.ENDED), "a game that is not over always moves on"
    assert reduce(evolve, history, first) == game
    assert sum(isinstance(event, GameEnded) for event in history) <= 1
    assert sum(isinstance(event, RoundOpened) for event in history) <= len(first.asked) + (mode is None)
