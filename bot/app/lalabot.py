"""The bot as its adapters see it: one door in, and everything that moves behind it."""

import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from bot.app import (
    answer_daily,
    change_settings,
    forget_player,
    open_game,
    report_question,
    set_daily,
    show_help,
    show_standings,
    steer_game,
    submit_guess,
    tell_fact,
    try_question,
)
from bot.app.advance_game import advance_game, lose_channel, mark_shown, refresh_round
from bot.app.alarms import Alarms
from bot.app.cards import VERSION, notice, refusal_card
from bot.app.command_line import CommandLine, read_command_line
from bot.app.commands import BY_PATH
from bot.app.communities import (
    PURGE_EVERY,
    channel_gone,
    communities_present,
    community_joined,
    community_left,
    purge_left,
)
from bot.app.core import Core, scene_of
from bot.app.library import Library
from bot.app.live import LiveCounts
from bot.app.naming import THIS_WEEK
from bot.app.nearest import fold
from bot.app.open_games import OpenGames
from bot.app.options import Value, read_options
from bot.app.outbox import Outbox, Owner, Settled
from bot.app.phrases import say
from bot.app.post_daily import BATCH, post_due
from bot.app.rate import RateLimit
from bot.app.review_dailies import after_clock_set_back
from bot.app.settle_daily import SUBJECT, prepare_daily, record_dailies
from bot.app.tasks import Tasks
from bot.app.tell_manager import tell_host, tell_managers
from bot.domain.errors import Reason, Refused
from bot.domain.ids import ChannelId, CommunityId, GameId
from bot.domain.language import Language
from bot.domain.zones import complete_zone
from bot.ports.cards import Card, FieldOption, Tone
from bot.ports.chat import (
    Answer,
    Audience,
    Call,
    ChannelGone,
    ChatGateway,
    Expectation,
    Inbound,
    NotPermitted,
    Place,
    Press,
    Reply,
    Submission,
)
from bot.ports.store import Post, PostState, Store, StoredPost, Work
from bot.ports.time import Chance, Clock

log = logging.getLogger(__name__)

CommandHandler = Callable[[Core, Call, Mapping[str, Value]], Awaitable[Answer]]
PressHandler = Callable[[Core, Press, list[str]], Awaitable[Answer]]
FormHandler = Callable[[Core, Submission, list[str]], Awaitable[Answer]]

COMMANDS: Final = MappingProxyType[str, CommandHandler](
    {
        "lalafact": tell_fact.tell,
        "quiz start": open_game.start,
        "quiz stop": steer_game.stop,
        "quiz skip": steer_game.skip,
        "quiz hint": steer_game.hint,
        "quiz scores": show_standings.show_scores,
        "quiz me": show_standings.show_me,
        "lala settings": change_settings.settings,
        "lala daily on": set_daily.switch_on,
        "lala daily off": set_daily.switch_off,
        "lala daily pause": set_daily.pause,
        "lala daily skip": set_daily.skip,
        "lala daily status": set_daily.status,
        "lala daily preview": set_daily.preview,
        "lala forget-me": forget_player.ask_forget,
        "lala help": show_help.show_help,
        "lala about": show_help.show_about,
    }
)
PRESSES: Final = MappingProxyType[str, PressHandler](
    {
        "answer": submit_guess.press_option,
        "type": submit_guess.press_type,
        "again": open_game.play_again,
        "resume": steer_game.resume,
        "more": tell_fact.tell_more,
        "mine": tell_fact.tell_mine,
        "source": tell_fact.show_source,
        "quizme": try_question.quiz_me,
        "try": try_question.press_try,
        "trytype": try_question.press_try_type,
        "report": report_question.ask_report,
        "settings": change_settings.ask_settings,
        "forget": forget_player.forget,
        "daily": answer_daily.press_daily,
    }
)
FORMS: Final = MappingProxyType[str, FormHandler](
    {
        "typed": submit_guess.submit_typed,
        "trytyped": try_question.submit_try,
        "report": report_question.submit_report,
        "settings": change_settings.submit_settings,
    }
)
ASK_FORMS: Final = frozenset(("type", "trytype", "report", "settings"))
SEEN_BY_ALL: Final = frozenset(("more",))
BATCHES: Final = 50
"""So many of daily posts a tick, with a breath after each: 250 posts a second, faster than the platforms take them."""
BREATH_S: Final = 0.03
PRUNED_TOGETHER: Final = 200
CLOCK_SLACK: Final = timedelta(minutes=1)
"""Set back by less, nothing has to be worked out again."""


class Lalabot:
    """Give every inbound value to :meth:`handle`; show what it answers. Posts and edits go out through the gateways."""

    def __init__(
        self, *, store: Store, clock: Clock, chance: Chance, library: Library, gateways: Iterable[ChatGateway]
    ) -> None:
        tasks = Tasks()
        by_platform = {gateway.platform: gateway for gateway in gateways}
        self._rate = RateLimit()
        self._purged_at: datetime | None = None
        self._ticked_at = clock.now()
        self.core = Core(
            store=store,
            clock=clock,
            chance=chance,
            library=library,
            gateways=by_platform,
            games=OpenGames(store),
            outbox=Outbox(store, clock, tasks, by_platform, Owner(self._prepare, self._record, self._settled)),
            alarms=Alarms(clock, tasks, self._ring),
            live=LiveCounts(clock, tasks, self._refresh),
            tasks=tasks,
        )

    async def start(self) -> None:
        """Takes up what a former run left: sends what is owed, sets the alarms of running games."""
        now = self.core.clock.now()
        async with self.core.store.begin() as work:
            await self.core.library.learn(work, self.core.chance)
        # The clock may have been set back, or the zones' data changed, while nobody ran.
        await after_clock_set_back(self.core)
        if not self.core.store.is_shared:
            async with self.core.store.begin() as work:
                await work.posts.end_leases(now=now)
        async with self.core.store.view() as work:
            waking = await work.games.waking(until=None)
        for game, when in waking:
            self.core.alarms.set(game, when)
        await self._send_waiting()
        await tell_managers(self.core)

    async def tick(self) -> None:
        """Finds what no timer of any process holds: overdue games and posts."""
        now = self.core.clock.now()
        async with self.core.store.view() as work:
            waking = await work.games.waking(until=now - timedelta(seconds=2))
        for game, _ in waking:
            self.core.tasks.spawn(self._ring(game), f"overdue {game}")
        if now < self._ticked_at - CLOCK_SLACK:
            await after_clock_set_back(self.core)
        self._ticked_at = now
        await self._send_waiting()
        for _ in range(BATCHES):
            if not self.core.outbox.room or await post_due(self.core) < BATCH:
                break
            await self.core.clock.pause(BREATH_S)
        await tell_managers(self.core)
        if self._purged_at is None or now - self._purged_at >= PURGE_EVERY:
            self._purged_at = now
            await purge_left(self.core)
            async with self.core.store.begin() as work:
                await work.seen.prune(now=now)
            await self._prune_posts(now)

    async def _prune_posts(self, now: datetime) -> None:
        """A few at a time, for whoever waits for the database meanwhile."""
        pruned = PRUNED_TOGETHER
        while pruned == PRUNED_TOGETHER:
            async with self.core.store.begin() as work:
                pruned = await work.posts.prune(now=now, limit=PRUNED_TOGETHER)
            await self.core.clock.pause(BREATH_S)

    async def _send_waiting(self) -> None:
        """What was owed before, or put off, or left by another process; no more at once than can be sent soon."""
        now, room = self.core.clock.now(), self.core.outbox.room
        if room:
            async with self.core.store.view() as work:
                channels = await work.posts.waiting_channels(now=now, platforms=tuple(self.core.gateways), limit=room)
            for channel in channels:
                self.core.outbox.kick(channel)

    async def stop(self, *, timeout_s: float = 5.0) -> None:
        """Lets what is being sent finish. Nothing is lost by a harder end: what is owed stands in the store."""
        self.core.alarms.stop()
        await self.core.tasks.finish(timeout_s)

    async def handle(self, inbound: Inbound) -> Answer:
        """The answer to one inbound value; never raises for what a person or a fault of ours can cause."""
        if not self._rate.allows(inbound.actor.player, self.core.clock.now()):
            return Reply(refusal_card(self._language(inbound), Refused(Reason.TOO_FAST)))
        try:
            match inbound:
                case Call():
                    return await self._call(inbound)
                case Press():
                    verb, arguments = _verb(inbound.button)
                    handler = PRESSES.get(verb)
                    return await handler(self.core, inbound, arguments) if handler else self._unknown(inbound)
                case Submission():
                    verb, arguments = _verb(inbound.form)
                    form_handler = FORMS.get(verb)
                    sent = replace(inbound, values={name: _storable(text) for name, text in inbound.values.items()})
                    return await form_handler(self.core, sent, arguments) if form_handler else self._unknown(inbound)
        except (IndexError, ValueError) as error:
            log.info("a button or form with unreadable arguments", extra={"why": repr(error)})
            return self._unknown(inbound)
        except Exception:
            return self._apologize(inbound)

    def expect(self, inbound: Inbound) -> Expectation:
        """What kind of answer may come, known beforehand so that it can be acknowledged at once."""
        match inbound:
            case Call():
                spec = BY_PATH.get(inbound.path)
                private = "private" in inbound.options
                return Expectation(spec.audience if spec and not private else Audience.ACTOR)
            case Press():
                verb, _ = _verb(inbound.button)
                return Expectation(Audience.ALL if verb in SEEN_BY_ALL else Audience.ACTOR, verb in ASK_FORMS)
            case Submission():
                return Expectation(Audience.ACTOR)

    async def joined(
        self, community: CommunityId, *, greet_in: ChannelId | None, language: Language, joined_at: datetime
    ) -> None:
        """A community took the bot in: it is greeted in that channel, and what paused when it left goes on."""
        await community_joined(self.core, community, greet_in=greet_in, language=language, joined_at=joined_at)

    async def left(self, community: CommunityId) -> None:
        """A community put the bot out: its games end, its schedules pause, its data is kept for thirty days."""
        await community_left(self.core, community)

    async def present(self, communities: Collection[CommunityId]) -> None:
        """These have the bot: one among them that had left came back while it was away."""
        await communities_present(self.core, communities)

    async def gone(self, channel: ChannelId) -> None:
        """A channel was deleted: its game ends with its scores, its schedule is off."""
        await channel_gone(self.core, channel)

    def read_line(self, text: str, language: Language) -> tuple[str, dict[str, str]] | Refused:
        """A typed command as its path and its options."""
        line = read_command_line(text, language)
        return (line.path, line.options) if isinstance(line, CommandLine) else line

    def refusal(self, refused: Refused, language: Language) -> Reply:
        return Reply(refusal_card(language, refused))

    async def complete(
        self, path: str, option: str, typed: str, place: Place, language: Language
    ) -> tuple[FieldOption, ...]:
        """What an option's value may be, by what is typed so far; at most 25, the likeliest first."""
        spec = BY_PATH.get(path)
        known = spec.option(option) if spec else None
        if known is None:
            return ()
        if known.name == "zone":
            choices = complete_zone(typed, language, now=self.core.clock.now())
            return tuple(FieldOption(choice.zone, choice.label[:100]) for choice in choices)
        if not known.completes:
            return tuple(FieldOption(value, known.value_label(language, value)) for value in known.values)
        async with self.core.store.view() as work:
            channel = await work.channels.load(place.channel, place.community)
        offered = self.core.library.complete(channel, option, typed, language)
        return (*_this_week(typed, language), *offered)[:25] if (path, option) == ("quiz start", "topic") else offered

    async def _call(self, call: Call) -> Answer:
        spec = BY_PATH.get(call.path)
        if spec is None:
            return self._unknown(call)
        scene = await scene_of(self.core, call)
        if spec.managers_only and not call.actor.is_manager:
            return Reply(refusal_card(scene.private, change_settings.not_allowed(scene)))
        options = read_options(spec, call.options, scene.private)
        if isinstance(options, Refused):
            return Reply(refusal_card(scene.private, options))
        return await COMMANDS[spec.path](self.core, call, options)

    def _unknown(self, inbound: Inbound) -> Reply:
        return Reply(refusal_card(self._language(inbound), Refused(Reason.UNKNOWN_BUTTON)))

    def _apologize(self, inbound: Inbound) -> Reply:
        reference = self.core.chance.token(8)
        log.exception("an inbound call failed", extra={"reference": reference, "key": inbound.dedupe_key})
        language = self._language(inbound)
        body = say(language, "error.body", reference=reference)
        return Reply(notice(language, say(language, "error.title"), body, tone=Tone.BAD))

    def _language(self, inbound: Inbound) -> Language:
        return inbound.actor.language or inbound.place.language or Language.EN

    async def _ring(self, game: GameId) -> None:
        await advance_game(self.core, game)

    async def _refresh(self, game: GameId) -> None:
        await refresh_round(self.core, game)

    async def _prepare(self, stored: StoredPost) -> Card | None:
        return await prepare_daily(self.core, stored) if _is_daily(stored.post) else stored.post.card

    async def _record(self, work: Work, settled: Sequence[Settled]) -> None:
        await record_dailies(work, [one for one in settled if _is_daily(one.post)])

    async def _settled(self, settled: Settled) -> None:
        """What a delivered or lost post means for its game."""
        kind, _, rest = settled.post.subject.partition(":")
        game, _, number = rest.partition(":")
        if settled.state is PostState.SENT and kind == "round" and settled.posted is not None:
            await mark_shown(self.core, GameId(game), int(number), settled.posted.at)
        elif isinstance(settled.error, ChannelGone | NotPermitted) and kind in {"round", "game"}:
            log.warning("a game lost its channel", extra={"game": game, "why": str(settled.error)})
            await lose_channel(self.core, GameId(game))
            if isinstance(settled.error, NotPermitted):
                await tell_host(self.core, GameId(game), settled.error.missing)


def _this_week(typed: str, language: Language) -> tuple[FieldOption, ...]:
    """Offered where nothing is typed yet, or its beginning."""
    label = say(language, "daily.week")
    names = (label, say(language, f"value.{THIS_WEEK}"), THIS_WEEK)
    is_meant = any(fold(name).startswith(fold(typed)) for name in names)
    return (FieldOption(THIS_WEEK, label),) if is_meant else ()


def _is_daily(post: Post) -> bool:
    return post.subject.partition(":")[0] == SUBJECT


def _storable(text: str) -> str:
    """Without what a database refuses to keep: NUL, and halves of characters."""
    return text.replace("\0", "").encode(errors="ignore").decode()


def _verb(identifier: str) -> tuple[str, list[str]]:
    """The verb and arguments of ``v1:verb:arguments``; an empty verb for anything else."""
    version, _, rest = identifier.partition(":")
    verb, *arguments = rest.split(":")
    return (verb, arguments) if version == VERSION else ("", [])
