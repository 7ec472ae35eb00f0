"""The house: every module has its ring, and every vendor its one home."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PURE = {"asyncio", "random", "time", "os", "socket", "threading", "subprocess", "secrets"}


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_the_import_contracts_hold():
    lint_imports = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    done = subprocess.run([lint_imports], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", sorted((ROOT / "bot" / "domain").rglob("*.py")), ids=lambda path: path.stem)
def test_the_rules_know_no_clock_no_chance_and_no_vendor(path):
    for name in imports_of(path):
        root = name.split(".")[0]
        assert root not in PURE
        assert root in sys.stdlib_module_names or name.startswith("bot.domain") or root in {"rapidfuzz", "tzdata"}


def test_the_project_stands_alone():
    """Nothing in it refers to what may stand beside it, but for the checks that are skipped by name where it is missing."""
    for path in [
        *(ROOT / "bot").rglob("*.py"),
        *(ROOT / "adapters").rglob("*.py"),
        ROOT / "README.md",
        ROOT / "Makefile",
    ]:
        assert "../shared" not in path.read_text(encoding="utf-8"), path


def test_the_top_level_holds_what_it_should():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    top = {name.split("/")[0] for name in listed if not name.startswith(".")}
    assert top <= {
        "pyproject.toml", "README.md", "seeds", "bot", "adapters", "data", "tests", "docker-compose.yml",
        "Makefile", "LICENSE", "Dockerfile", "requirements.lock",
    }  # fmt: skip
