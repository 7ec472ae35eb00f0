"""The README is true, or it is mended in the same commit."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from functools import reduce
from pathlib import Path

from bot.domain.errors import Refused
from bot.domain.game import Phase, Round, decide, evolve
from bot.domain.moves import Advance, CastVote, CloseRound, MarkShown, Resume, Stop, Vote
from tests.factories import NOON, a_game, player
from tests.generators.readme import MOVES, README, rendered

ROOT = README.parent


def test_the_tables_and_the_diagram_are_those_of_the_code():
    text = README.read_text(encoding="utf-8")
    assert rendered(text) == text, "run: python -m tests.generators.readme"


def test_the_diagram_shows_what_the_rules_do():
    commands = (
        Advance(),
        MarkShown(1, NOON),
        CastVote(Vote.HINT, player("Ana"), decisive=True),
        CastVote(Vote.SKIP, player("Ana"), decisive=True),
        CloseRound(1, ()),
        Resume(),
        Stop(),
    )
    seen = set()
    for phase in set(Phase) - {Phase.ENDED}:
        for unanswered in (0, 2):
            for questions in (1, 5):
                started = phase is not Phase.STARTING
                current = Round(1, NOON, NOON + timedelta(seconds=20)) if started else None
                game = replace(a_game(questions=questions), phase=phase, unanswered=unanswered, round=current)
                for command in commands:
                    decision = decide(game, command, NOON)
                    if not isinstance(decision, Refused):
                        seen.add((phase, type(command).__name__, reduce(evolve, decision, game).phase))
    assert seen == MOVES


def test_every_command_of_the_command_line_is_told():
    text = README.read_text(encoding="utf-8")
    help_text = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    for name in re.findall(r"^  (\w+)  ", help_text, re.M):
        assert f"`{name}" in text, name


def test_every_file_that_the_readme_points_to_exists():
    for target in re.findall(r"\]\((?!http)([^)#]+)\)|src=\"(?!http)([^\"]+)\"", README.read_text(encoding="utf-8")):
        assert (ROOT / "".join(target)).exists(), target


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for page in (README, ROOT / "seeds" / "README.md"):
        assert set(re.findall(r"`make ([a-z-]+)`", page.read_text(encoding="utf-8"))) <= targets, Path(page).name
