"""The daily posts of a workspace on App Home: which channels, when the next is, and the form in which a manager changes one.

Their buttons and forms are this adapter's own (``home:daily:<channel>``): what they come to is the core's ``/lala daily on``.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from adapters.slack.ids import spot_of
from adapters.slack.render import Json, escape, plain
from adapters.slack.words import word
from bot.app.commands import KIND, TIME, WEEKDAYS, ZONE
from bot.app.phrases import say
from bot.domain.calendar import WEEK
from bot.domain.daily import Daily, DailyState
from bot.domain.language import Language
from bot.ports.cards import FieldKind, FieldOption, Form, FormField

VERB: Final = "home:daily:"
PATH: Final = "lala daily on"
MOST: Final = 20
FORM_OPTIONS: Final = (TIME, ZONE, WEEKDAYS, KIND)


def is_ours(identifier: str) -> bool:
    return identifier.startswith(VERB)


def channel_in(identifier: str) -> str:
    """Slack's id of the channel that a button or a form is about."""
    return identifier.removeprefix(VERB)


def daily_blocks(dailies: Sequence[Daily], language: Language, *, edits: bool) -> list[Json]:
    """``edits``: for a manager, with a button each."""
    blocks: list[Json] = [{"type": "header", "text": plain(word(language, "home.dailies"), 150)}]
    if not dailies:
        blocks.append({"type": "context", "elements": [plain(word(language, "home.no_dailies"), 2_000)]})
    for daily in dailies[:MOST]:
        channel = spot_of(daily.channel).id
        row: Json = {"type": "section", "text": {"type": "mrkdwn", "text": _line(daily, language), "verbatim": True}}
        if edits:
            label = plain(say(language, "settings.change"), 75)
            row["accessory"] = {"type": "button", "text": label, "action_id": f"{VERB}{channel}"}
        blocks.append(row)
    return blocks


def _line(daily: Daily, language: Language) -> str:
    """The channel, and the next instant in each reader's own zone."""
    if daily.state is not DailyState.ON:
        when = escape(say(language, f"daily.state.{daily.state}"))
    else:
        at = daily.next.at
        when = f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{at:%Y-%m-%d %H:%M} UTC>"
    kind = escape(say(language, f"value.{daily.kind}"))
    return f"<#{spot_of(daily.channel).id}> · {when} · {kind}"


def daily_form(daily: Daily, language: Language) -> Form:
    schedule = daily.schedule
    days = ",".join(day for day in WEEK if day in schedule.weekdays)
    kinds = tuple(FieldOption(value, KIND.value_label(language, value)) for value in KIND.values)
    fields = (
        FormField(TIME.name, TIME.label(language), value=f"{schedule.time:%H:%M}", max_length=10),
        FormField(ZONE.name, ZONE.label(language), value=schedule.zone, max_length=60),
        FormField(WEEKDAYS.name, WEEKDAYS.label(language), value=days, max_length=60),
        FormField(KIND.name, KIND.label(language), FieldKind.SELECT, value=daily.kind, options=kinds),
    )
    form_id = f"{VERB}{spot_of(daily.channel).id}"
    return Form(form_id, language, say(language, "settings.form"), say(language, "settings.submit"), fields)


def options_of(values: Mapping[str, str]) -> dict[str, str]:
    return {option.name: values[option.name] for option in FORM_OPTIONS if values.get(option.name)}


def field_named_in(text: str, language: Language) -> str:
    """Which field a refusal is about: it names the option as the reader knows it."""
    named = (option.name for option in FORM_OPTIONS if f"“{option.label(language)}”" in text)
    return next(named, TIME.name)
