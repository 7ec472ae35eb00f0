"""What a command imports is what its user waits for."""

import subprocess
import sys

import pytest

HEAVY = (
    "discord",
    "slack_bolt",
    "slack_sdk",
    "sqlalchemy",
    "aiohttp",
    "apscheduler",
    "alembic",
    "structlog",
    "asyncio",
)


def imported(*arguments):
    """The modules that a run of the command line imports."""
    code = (
        "import sys\nfrom bot.cli import main\n"
        f"sys.argv = ['lalabot', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [("--help",), ("run", "--help"), ("fact",), ("fact", "--topic", "music")])
def test_help_and_fact_import_no_client_and_no_database(arguments):
    assert not imported(*arguments) & set(HEAVY)
