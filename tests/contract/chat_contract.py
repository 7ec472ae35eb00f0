"""What every chat platform promises, whatever carries it. A platform's test module subclasses :class:`ChatContract` and gives it a
``chat`` fixture: a :class:`Harness` over the platform's real client."""

from dataclasses import dataclass, field
from typing import Protocol

import pytest

from bot.domain.language import Language
from tests.contract.maximal import MAXIMAL_CARDS


@dataclass
class Seen:
    """A message or an answer as its readers see it."""

    text: str
    is_private: bool = False
    buttons: dict[str, str] = field(default_factory=dict)
    """Ids by label."""
    ref: object = None
    """The platform's own message, for pressing its buttons."""

    def button(self, ending: str) -> str:
        return next(known for label, known in self.buttons.items() if label.endswith(ending))


class Harness(Protocol):
    """People and channels are named; a channel ``other/general`` is in another community than ``general``."""

    async def say(self, who, path, *, channel="general", manager=False, **options) -> Seen | None: ...

    async def press(self, who, message: Seen, ending: str, *, channel="general") -> Seen | None:
        """Presses the button whose label ends so, which the message showed once, though it may not show it any more."""

    async def press_together(self, people, message: Seen, ending: str) -> list[Seen]:
        """All in one instant, none waiting for another."""

    async def repeat(self) -> Seen | None:
        """The last call or press is delivered again, the very same."""

    def posted(self, channel="general") -> list[Seen]:
        """What the bot has posted there for all, in order, as it stands now."""

    async def wait(self, seconds) -> None: ...

    async def restart(self) -> None:
        """The process dies without a word; another begins on the same store."""

    async def with_slow_core(self, seconds, action) -> tuple[float, Seen | None]:
        """While the core takes so long: after how many seconds it was acknowledged, and the answer in the end."""

    def fail_posts(self, how, *, times=1) -> None:
        """The next posts fail: ``busy`` (429), ``broken`` (5xx), ``forbidden`` (403), ``gone`` (404), ``uninstalled``."""

    def problems(self) -> list[str]:
        """What a linter of the platform's limits has against any request so far."""

    def problems_of(self, card) -> list[str]:
        """The same for one card."""

    def pings(self) -> list[str]:
        """Requests so far that could mention somebody."""

    def fallback_of(self, card) -> str:
        """What a notification or a screen reader gets."""


async def to_question(chat, path="quiz start", channel="general", **options):
    await chat.say("Ana", path, channel=channel, **({"questions": 2, "seconds": 20} | options))
    await chat.wait(5.5)
    return newest(chat, "Question 1 of", channel)


def newest(chat, words, channel="general"):
    found = [seen for seen in chat.posted(channel) if words in seen.text]
    assert found, f"nothing with {words!r} among {[seen.text for seen in chat.posted(channel)]}"
    return found[-1]


class ChatContract:
    async def test_a_slow_core_is_acknowledged_in_time_and_answered_in_the_end(self, chat):
        after_s, answer = await chat.with_slow_core(2.8, chat.say("Ana", "lalafact"))
        assert after_s < 3
        assert "The fact" in answer.text
        assert not answer.is_private

    async def test_what_is_private_stays_private_however_slow_the_core_is(self, chat):
        _, answer = await chat.with_slow_core(2.8, chat.say("Ana", "quiz me"))
        assert answer.is_private
        assert chat.posted() == []
        assert (await chat.say("Ana", "lalafact", private=True)).is_private
        assert (await chat.say("Ana", "quiz stop")).is_private

    async def test_an_answer_is_locked_in_privately_and_shown_to_nobody(self, chat):
        question = await to_question(chat)
        answer = await chat.press("Ana", question, "the right one")
        assert answer.is_private
        assert "locked in" in answer.text
        await chat.wait(2)
        shown = newest(chat, "Question 1 of").text
        assert "1 player has answered" in shown
        assert "Ana" not in shown

    async def test_a_whole_game_of_three(self, chat):
        question = await to_question(chat)
        await chat.press("Ana", question, "the right one")
        await chat.press("Ben", question, "wrong x")
        await chat.press("Cleo", question, "the right one")
        await chat.wait(21)
        assert "Right: Ana" in newest(chat, "Right:").text
        await chat.wait(4)
        question = newest(chat, "Question 2 of")
        for who in ("Ana", "Ben", "Cleo"):
            await chat.press(who, question, "the right one")
        await chat.wait(21)
        end = newest(chat, "Final").text
        assert all(who in end for who in ("Ana", "Ben", "Cleo"))
        assert chat.problems() == []
        assert chat.pings() == []

    async def test_a_duplicate_delivery_counts_once(self, chat):
        question = await to_question(chat)
        await chat.press("Ana", question, "wrong x")
        await chat.press("Ana", question, "the right one")
        await chat.repeat()
        await chat.wait(21)
        assert "Right: Ana" in newest(chat, "Right:").text

    async def test_a_repeated_start_opens_one_game(self, chat):
        await chat.say("Ana", "quiz start", questions=1)
        await chat.repeat()
        await chat.wait(1)
        assert len([seen for seen in chat.posted() if "first question" in seen.text.casefold()]) == 1

    async def test_two_right_presses_in_one_instant_both_count(self, chat):
        question = await to_question(chat)
        answers = await chat.press_together(("Ana", "Ben"), question, "the right one")
        assert all("locked in" in answer.text for answer in answers)
        await chat.wait(21)
        reveal = newest(chat, "Right:").text
        assert "Ana" in reveal
        assert "Ben" in reveal

    async def test_the_buttons_of_a_running_question_live_on_after_a_restart(self, chat):
        question = await to_question(chat)
        await chat.press("Ana", question, "the right one")
        await chat.restart()
        assert "locked in" in (await chat.press("Ben", question, "the right one")).text
        await chat.wait(21)
        reveal = newest(chat, "Right:").text
        assert "Ana" in reveal
        assert "Ben" in reveal

    async def test_a_stale_button_gets_a_private_word_after_a_restart(self, chat):
        question = await to_question(chat)
        await chat.press("Ana", question, "the right one")
        await chat.wait(26)
        await chat.restart()
        answer = await chat.press("Ben", question, "the right one")
        assert answer.is_private
        assert "over" in answer.text

    async def test_the_games_messages_change_after_every_reply_window(self, chat):
        await to_question(chat, questions=9, seconds=120)
        for number in range(1, 10):
            await chat.wait(105)
            question = newest(chat, f"Question {number} of 9")
            assert "Nobody has answered yet" in question.text
            await chat.press("Ana", question, "the right one")
            await chat.wait(5 if number > 1 else 20)
        shown = [seen.text for seen in chat.posted() if "Question 9 of 9" in seen.text]
        assert "Nobody has answered yet" not in shown[0], "changed more than 15 minutes after the command"

    @pytest.mark.parametrize("how", ["busy", "broken"])
    async def test_a_platform_that_is_away_for_a_moment_gets_the_message_later_and_once(self, chat, how):
        chat.fail_posts(how, times=2)
        await chat.say("Ana", "quiz start", questions=1)
        await chat.wait(4.5)
        starts = [seen for seen in chat.posted() if "first question" in seen.text.casefold()]
        assert len(starts) == 1
        assert chat.posted()[0] == starts[0], "and what follows comes after it"

    @pytest.mark.parametrize("how", ["forbidden", "gone", "uninstalled"])
    async def test_a_lost_channel_ends_the_game_and_leaves_nobody_stuck(self, chat, how):
        question = await to_question(chat)
        await chat.press("Ana", question, "the right one")
        chat.fail_posts(how, times=1)
        await chat.wait(30)
        again = await chat.say("Ana", "quiz start", questions=1)
        assert "Here we go" in again.text

    async def test_two_communities_never_mix(self, chat):
        question = await to_question(chat)
        await chat.press("Ana", question, "the right one")
        await chat.wait(60)
        assert "Ana" in (await chat.say("Ben", "quiz scores", scope="community")).text
        other = await chat.say("Ben", "quiz scores", channel="other/general", scope="community")
        assert "Ana" not in other.text
        assert not any("Ana" in seen.text for seen in chat.posted("other/general"))

    async def test_what_a_player_calls_themselves_pings_nobody(self, chat):
        who = "@everyone <@123> <!channel> *x*"
        await chat.say(who, "quiz start", questions=1)
        await chat.wait(5.5)
        await chat.press(who, newest(chat, "Question 1 of"), "the right one")
        await chat.wait(60)
        assert "everyone" in newest(chat, "Final").text
        assert chat.pings() == []

    @pytest.mark.parametrize("card", MAXIMAL_CARDS, ids=lambda card: f"{card.kind}-{card.title[:12]}")
    def test_every_maximal_card_passes_the_limit_linter(self, chat, card):
        assert chat.problems_of(card) == []

    @pytest.mark.parametrize("language", list(Language))
    def test_the_fallback_text_holds_the_question_and_its_options(self, chat, language):
        card = next(c for c in MAXIMAL_CARDS if c.kind == "question" and c.language is language)
        fallback = chat.fallback_of(card)
        for part in card.spoken().splitlines():
            for word in part.split():
                assert word.strip("*_~`<>@|[]#:") in fallback
