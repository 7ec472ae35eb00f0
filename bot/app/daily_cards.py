"""The cards of the daily post: the post itself, its status and its preview."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from bot.app.cards import LETTERS, button_id, fact_texts
from bot.app.phrases import listed, say
from bot.app.questions import option_texts
from bot.domain.calendar import EVERY_DAY, WEEK, Occurrence, Schedule, zone_info
from bot.domain.daily import Daily, DailyState, Day, DayStreak
from bot.domain.facts import Fact, Pack, Question, QuestionKind
from bot.domain.language import Language
from bot.ports.cards import (
    Button,
    ButtonStyle,
    Card,
    CardKind,
    Choice,
    Choices,
    Field,
    Fields,
    Part,
    Text,
    TextStyle,
)

NAMES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Yesterday:
    """The question of the post before, and who had it right, with their days in a row."""

    question: Question
    right: tuple[DayStreak, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    question: Question
    order: tuple[int, ...]
    local_date: date


def daily_card(
    pack: Pack,
    fact: Fact,
    language: Language,
    *,
    asked: Asked | None = None,
    yesterday: Yesterday | None = None,
    late_for: str = "",
    is_fresh_start: bool = False,
) -> Card:
    """``late_for``: the local time that the post missed, if it comes late; ``is_fresh_start``: every fact was told, and they begin anew."""
    parts: list[Part] = []
    if late_for:
        parts.append(_late(late_for, language))
    if is_fresh_start:
        parts.append(Text(say(language, "fact.fresh_start"), TextStyle.SMALL))
    if yesterday is not None:
        parts += _yesterday(yesterday, language)
    parts += fact_texts(fact, language)
    buttons: list[Button] = []
    if asked is not None:
        parts += _question(asked, language)
        texts = option_texts(asked.question, asked.order, language)
        stamp = asked.local_date.isoformat()
        buttons += [Button(button_id("daily", stamp, place), text) for place, text in enumerate(texts)]
    buttons.append(Button(button_id("source", pack.id, fact.id), say(language, "fact.source"), ButtonStyle.SECONDARY))
    return Card(CardKind.DAILY, language, say(language, "daily.title"), tuple(parts), tuple(buttons))


def late_card(card: Card, time: str) -> Card:
    """The same with a word about its coming late, if it has none."""
    word = _late(time, card.language)
    return card if word in card.parts else replace(card, parts=(word, *card.parts))


def _late(time: str, language: Language) -> Text:
    return Text(say(language, "daily.late", time=time), TextStyle.SMALL)


def _question(asked: Asked, language: Language) -> list[Part]:
    texts = option_texts(asked.question, asked.order, language)
    choices = tuple(Choice(letter, text) for letter, text in zip(LETTERS, texts, strict=False))
    key = "daily.true_or_false" if asked.question.kind is QuestionKind.TRUE_FALSE else "daily.question"
    return [
        Text(say(language, key, prompt=asked.question.prompt[language]), TextStyle.STRONG),
        Choices(choices),
        Text(say(language, "daily.open"), TextStyle.SMALL),
    ]


def _yesterday(yesterday: Yesterday, language: Language) -> list[Part]:
    question = yesterday.question
    told = say(language, "daily.yesterday", prompt=question.prompt[language], answer=question.answer[language])
    if not yesterday.right:
        return [Text(f"{told} {say(language, 'daily.nobody')}")]
    shown = tuple(
        say(language, "daily.streak", count=streak.days, name=streak.name) for streak in yesterday.right[:NAMES_SHOWN]
    )
    names = ", ".join(shown)
    if (more := len(yesterday.right) - NAMES_SHOWN) > 0:
        names = f"{names} {say(language, 'reveal.more', count=more)}"
    return [Text(f"{told} {say(language, 'daily.right', names=names)}")]


def status_card(daily: Daily, days: tuple[Day, ...], *, left: int, language: Language) -> Card:
    """``left``: facts of the channel's pool that were not told yet."""
    runs = daily.state is DailyState.ON
    upcoming = instant_text(daily.next, daily.schedule, language) if runs else say(language, "daily.next_none")
    fields = (
        Field(say(language, "daily.state"), say(language, f"daily.state.{daily.state}")),
        Field(say(language, "daily.schedule"), schedule_text(daily.schedule, language)),
        Field(say(language, "daily.kind"), say(language, f"value.{daily.kind}")),
        Field(say(language, "daily.next"), upcoming),
        Field(say(language, "daily.left"), str(left)),
    )
    parts: list[Part] = [Fields(fields)]
    if days:
        lines = (f"{date_text(day.local_date, language)}: {say(language, f'daily.day.{day.state}')}" for day in days)
        parts.append(Text("\n".join((say(language, "daily.last"), *lines))))
    return Card(CardKind.SETTINGS, language, say(language, "daily.status"), tuple(parts))


def preview_card(schedule: Schedule, upcoming: tuple[Occurrence, ...], sample: Card, language: Language) -> Card:
    """``sample``: a daily post; its buttons are left out, for they would be live."""
    lines = "\n".join(instant_text(occurrence, schedule, language) for occurrence in upcoming)
    parts = (Text(lines), Text(say(language, "daily.preview_sample"), TextStyle.STRONG), *sample.parts)
    return Card(CardKind.SETTINGS, language, say(language, "daily.preview"), parts)


def schedule_text(schedule: Schedule, language: Language) -> str:
    if schedule.weekdays == EVERY_DAY:
        days = say(language, "daily.every_day")
    else:
        chosen = tuple(say(language, f"weekday.{day}") for day in WEEK if day in schedule.weekdays)
        days = listed(language, chosen)
    time = schedule.time.strftime("%H:%M")
    return say(language, "daily.schedule_value", time=time, zone=schedule.zone, weekdays=days)


def instant_text(occurrence: Occurrence, schedule: Schedule, language: Language) -> str:
    """The instant as the channel's own clocks show it, with their distance from UTC."""
    local = occurrence.at.astimezone(zone_info(schedule.zone))
    weekday = say(language, f"weekday.{WEEK[local.weekday()]}")
    day = date_text(local.date(), language)
    return say(
        language, "daily.next_value", weekday=weekday, date=day, time=local.strftime("%H:%M"), offset=_offset(local)
    )


def date_text(day: date, language: Language) -> str:
    """``22 November 2026``, as the language writes it."""
    from babel.dates import format_date  # noqa: PLC0415 - its data take a while to load, and few cards need them

    form = "d 'de' MMMM 'de' y" if language is Language.PT_BR else "d MMMM y"
    return str(format_date(day, form, locale=language.replace("-", "_")))


def time_text(at: datetime, schedule: Schedule) -> str:
    return at.astimezone(zone_info(schedule.zone)).strftime("%H:%M")


def _offset(local: datetime) -> str:
    minutes = int((local.replace(tzinfo=UTC) - local.astimezone(UTC)).total_seconds()) // 60
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
