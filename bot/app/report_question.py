"""*Report this question*: a queue that the pack's editor can read."""

from bot.app.cards import button_id, notice
from bot.app.core import Core, scene_of
from bot.app.phrases import say
from bot.domain.ids import QuestionId
from bot.ports.cards import FieldKind, Form, FormField, Tone
from bot.ports.chat import Answer, AskForm, Press, Reply, Submission

MAX_REPORT = 500


async def ask_report(core: Core, press: Press, arguments: list[str]) -> Answer:
    """``v1:report:<pack>:<question>``."""
    language = (await scene_of(core, press)).private
    field = FormField("text", say(language, "report.label"), FieldKind.LONG, max_length=MAX_REPORT)
    form = button_id("report", *arguments)
    return AskForm(Form(form, language, say(language, "report.title"), say(language, "report.submit"), (field,)))


async def submit_report(core: Core, sent: Submission, arguments: list[str]) -> Answer:
    language = (await scene_of(core, sent)).private
    async with core.store.begin() as work:
        await work.reports.add(
            question=QuestionId("/".join(arguments)),
            channel=sent.place.channel,
            player=sent.actor.player,
            text=sent.values.get("text", "")[:MAX_REPORT],
            at=core.clock.now(),
            dedupe_key=sent.dedupe_key,
        )
    return Reply(notice(language, say(language, "report.title"), say(language, "report.thanks"), tone=Tone.GOOD))
