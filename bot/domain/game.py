"""A game: what may happen in which phase, and what it changes.

A game is STARTING until its first question, then goes round ASKING → REVEALING → ASKING …; two questions without any answer make it
PAUSED, and in the end it is ENDED, for good. It moves by itself at ``wake_at`` (``Advance``, or ``CloseRound`` while ASKING) and else by
what people do. Guesses are not part of it: they are rows beside it, handed over when a round closes, so that any number of people may
answer at once without touching the game.

``decide(game, command, now)`` holds the rules and answers with events or a refusal; ``evolve(game, event)`` makes the change. Both are
pure, total and synchronous; the game is the fold of its events.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, assert_never

from bot.domain.errors import Reason, Refused
from bot.domain.guesses import Award, award_round
from bot.domain.ids import ChannelId, CommunityId, GameId, PackId, PlayerId, QuestionId
from bot.domain.language import Language
from bot.domain.moves import (
    Advance,
    CastVote,
    CloseRound,
    Command,
    Ending,
    Event,
    GameEnded,
    GamePaused,
    HintGiven,
    MarkShown,
    Resume,
    RoundClosed,
    RoundOpened,
    RoundShown,
    Stop,
    Vote,
    VoteCast,
)
from bot.domain.rules import (
    ACTIVE_ROUNDS,
    LATE_PRESS_GRACE,
    PAUSE_LIMIT,
    REVEAL_DELAY,
    START_DELAY,
    UNANSWERED_LIMIT,
    Mode,
    Rules,
)
from bot.domain.tallies import NO_TALLY, Tally


class Phase(StrEnum):
    STARTING = "starting"
    ASKING = "asking"
    REVEALING = "revealing"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of this game. ``order[i]`` is the place, in (answer, *distractors), of the option shown at ``i``; empty if typed."""

    question: QuestionId
    order: tuple[int, ...] = ()

    @property
    def right_option(self) -> int | None:
        return self.order.index(0) if self.order else None


@dataclass(frozen=True, slots=True)
class Round:
    """One question asked; ``number`` counts from 1."""

    number: int
    opened_at: datetime
    closes_at: datetime
    shown_at: datetime | None = None
    """The platform's own time stamp of the question's message; ``None`` until it is posted."""
    hinted_at: datetime | None = None
    hint_votes: frozenset[PlayerId] = frozenset()
    skip_votes: frozenset[PlayerId] = frozenset()

    @property
    def began_at(self) -> datetime:
        return self.shown_at or self.opened_at


@dataclass(frozen=True, slots=True)
class Game:
    id: GameId
    channel: ChannelId
    community: CommunityId
    host: PlayerId
    host_name: str
    language: Language
    pack: PackId
    rules: Rules
    asked: tuple[Asked, ...]
    opened_at: datetime
    phase: Phase = Phase.STARTING
    wake_at: datetime | None = None
    """When the game moves by itself; ``None`` once it has ended."""
    round: Round | None = None
    tallies: tuple[Tally, ...] = ()
    """In the order in which the players first answered."""
    unanswered: int = 0
    ending: Ending | None = None

    @property
    def number(self) -> int:
        """The number of the round that runs or ran last; 0 before the first."""
        return self.round.number if self.round else 0

    @property
    def is_last_round(self) -> bool:
        return self.number >= len(self.asked)

    def active(self) -> frozenset[PlayerId]:
        """Who answered lately and may still answer."""
        return frozenset(t.player for t in self.tallies if not t.out and t.last_round >= self.number - ACTIVE_ROUNDS)


Decision = tuple[Event, ...] | Refused


def decide(game: Game, command: Command, now: datetime) -> Decision:
    """What follows from a command; a pair that is not in the table is refused."""
    rule = LEGAL.get((game.phase, type(command)))
    if rule is None:
        return Refused(Reason.GAME_OVER if game.phase is Phase.ENDED else Reason.NOT_NOW)
    return rule(game, command, now)


def evolve(game: Game, event: Event) -> Game:
    match event:
        case RoundOpened():
            asked = Round(event.number, opened_at=event.at, closes_at=event.closes_at)
            return replace(game, phase=Phase.ASKING, round=asked, wake_at=event.closes_at + LATE_PRESS_GRACE)
        case RoundShown():
            shown = replace(_round(game), shown_at=event.at, closes_at=event.closes_at)
            return replace(game, round=shown, wake_at=event.closes_at + LATE_PRESS_GRACE)
        case VoteCast():
            return replace(game, round=_with_vote(_round(game), event))
        case HintGiven():
            return replace(game, round=replace(_round(game), hinted_at=event.at))
        case RoundClosed():
            return _after_round(game, event)
        case GamePaused():
            return replace(game, phase=Phase.PAUSED, unanswered=0, wake_at=event.at + PAUSE_LIMIT)
        case GameEnded():
            return replace(game, phase=Phase.ENDED, wake_at=None, ending=event.ending)
        case _:
            assert_never(event)


def opened(game: Game) -> Game:
    """A new game, set to ask its first question after the start delay."""
    return replace(game, phase=Phase.STARTING, wake_at=game.opened_at + START_DELAY)


def check_guess(game: Game, number: int, player: PlayerId, at: datetime) -> Refused | None:
    """Why this player may not answer this round now, or ``None``. The row's own conditions decide again when it is written."""
    if game.phase is Phase.ENDED:
        return Refused(Reason.GAME_OVER)
    if game.round is None or number > game.number:
        return Refused(Reason.NOT_OPEN_YET)
    if number < game.number:
        return Refused(Reason.STALE)
    if game.phase is not Phase.ASKING or at > game.round.closes_at:
        return Refused(Reason.TOO_LATE)
    return _check_survival(game, player) if game.rules.mode is Mode.SURVIVAL else None


def _check_survival(game: Game, player: PlayerId) -> Refused | None:
    tally = next((t for t in game.tallies if t.player == player), None)
    if tally is not None:
        return Refused(Reason.OUT) if tally.out else None
    # Nobody is shut out by a first round that everyone missed.
    return Refused(Reason.LATECOMER) if game.tallies else None


def elapsed_ms(game: Game, at: datetime) -> int:
    """From the question's message to the press, both by the platform's clock, clamped to the round."""
    elapsed = int((at - _round(game).began_at) / timedelta(milliseconds=1))
    return min(max(elapsed, 0), game.rules.seconds * 1000)


# The rules, one a (phase, command) pair


def _open_first(game: Game, _: Command, now: datetime) -> Decision:
    return (_open_next(game, now),)


def _go_on(game: Game, _: Command, now: datetime) -> Decision:
    if _nobody_left_to_play(game):
        return (GameEnded(now, Ending.LAST_STANDING),)
    if game.is_last_round:
        return (GameEnded(now, Ending.FINISHED),)
    if game.unanswered >= UNANSWERED_LIMIT:
        return (GamePaused(now),)
    return (_open_next(game, now),)


def _mark_shown(game: Game, command: Command, now: datetime) -> Decision:
    assert isinstance(command, MarkShown)
    current = _round(game)
    if command.number != current.number or current.shown_at is not None:
        return Refused(Reason.STALE)
    # A message that was slow to arrive takes nothing from the players' time.
    closes_at = max(current.closes_at, command.at + timedelta(seconds=game.rules.seconds))
    return (RoundShown(command.at, closes_at),)


def _cast_vote(game: Game, command: Command, now: datetime) -> Decision:
    assert isinstance(command, CastVote)
    current = _round(game)
    voters = current.hint_votes if command.vote is Vote.HINT else current.skip_votes
    if command.vote is Vote.HINT and current.hinted_at is not None:
        return Refused(Reason.HINT_GIVEN)
    if command.player in voters and not command.decisive:
        return Refused(Reason.ALREADY_VOTED)
    missing = 0 if command.decisive else votes_needed(game, voters | {command.player}) - len(voters) - 1
    cast = VoteCast(command.vote, command.player, max(missing, 0))
    if missing > 0:
        return (cast,)
    if command.vote is Vote.HINT:
        return (cast, HintGiven(now))
    return (cast, RoundClosed(now, awards=(), skipped=True))


def votes_needed(game: Game, voters: frozenset[PlayerId]) -> int:
    """More than half of those who play: the active, the host, and whoever votes."""
    return len(game.active() | voters | {game.host}) // 2 + 1


def _close(game: Game, command: Command, now: datetime) -> Decision:
    assert isinstance(command, CloseRound)
    current = _round(game)
    if command.number != current.number:
        return Refused(Reason.STALE)
    streaks = {tally.player: tally.streak for tally in game.tallies}
    hinted_ms = None if current.hinted_at is None else elapsed_ms(game, current.hinted_at)
    awards = award_round(command.guesses, game.rules, streaks=streaks, hinted_ms=hinted_ms)
    return (RoundClosed(now, awards, interrupted=command.interrupted),)


def _resume(game: Game, _: Command, now: datetime) -> Decision:
    return (_open_next(game, now),)


def _abandon(game: Game, _: Command, now: datetime) -> Decision:
    return (GameEnded(now, Ending.ABANDONED),)


def _stop(game: Game, command: Command, now: datetime) -> Decision:
    assert isinstance(command, Stop)
    return (GameEnded(now, command.ending),)


LEGAL: Final = MappingProxyType[tuple[Phase, type[Command]], Callable[[Game, Command, datetime], Decision]](
    {
        (Phase.STARTING, Advance): _open_first,
        (Phase.STARTING, Stop): _stop,
        (Phase.ASKING, MarkShown): _mark_shown,
        (Phase.ASKING, CastVote): _cast_vote,
        (Phase.ASKING, CloseRound): _close,
        (Phase.ASKING, Stop): _stop,
        (Phase.REVEALING, Advance): _go_on,
        (Phase.REVEALING, Stop): _stop,
        (Phase.PAUSED, Resume): _resume,
        (Phase.PAUSED, Advance): _abandon,
        (Phase.PAUSED, Stop): _stop,
    }
)
"""Every legal pair; whatever is not here is refused."""


def _open_next(game: Game, now: datetime) -> RoundOpened:
    return RoundOpened(game.number + 1, at=now, closes_at=now + timedelta(seconds=game.rules.seconds))


def _nobody_left_to_play(game: Game) -> bool:
    """In ``survival``: all are out, or one alone is left of several."""
    if game.rules.mode is not Mode.SURVIVAL or not game.tallies:
        return False
    standing = sum(not tally.out for tally in game.tallies)
    return standing == 0 or (standing == 1 and len(game.tallies) > 1)


def _with_vote(current: Round, event: VoteCast) -> Round:
    if event.vote is Vote.HINT:
        return replace(current, hint_votes=current.hint_votes | {event.player})
    return replace(current, skip_votes=current.skip_votes | {event.player})


def _after_round(game: Game, event: RoundClosed) -> Game:
    revealed = replace(game, phase=Phase.REVEALING, wake_at=event.at + REVEAL_DELAY)
    if event.skipped:
        return replace(revealed, unanswered=0)
    tallies = _tally(game, event)
    return replace(revealed, tallies=tallies, unanswered=0 if event.awards else game.unanswered + 1)


def _tally(game: Game, event: RoundClosed) -> tuple[Tally, ...]:
    awards = {award.player: award for award in event.awards}
    known = tuple(_settle(game, tally, awards.pop(tally.player, None), event) for tally in game.tallies)
    new = sorted(awards.values(), key=lambda award: (award.elapsed_ms, award.player))
    return known + tuple(_settle(game, replace(NO_TALLY, player=a.player, name=a.name), a, event) for a in new)


def _settle(game: Game, tally: Tally, award: Award | None, event: RoundClosed) -> Tally:
    survival = game.rules.mode is Mode.SURVIVAL
    if award is None:
        return tally if event.interrupted else tally.missed(out=survival)
    out = survival and not award.right
    return tally.answered(award, number=game.number, out=out, keeps_streak=event.interrupted)


def _round(game: Game) -> Round:
    assert game.round is not None, "a phase after STARTING has a round"
    return game.round
