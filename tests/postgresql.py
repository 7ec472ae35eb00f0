"""A PostgreSQL server for the tests: Debian's, in a folder of its own, reached by a socket, gone with the tests."""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

from bot.storage.opening import open_store

try:
    import asyncpg
except ImportError:
    asyncpg = None

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
_CUSTOM = "LOCALE_PROVIDER icu ICU_LOCALE 'en-US' TEMPLATE template0"
"""A locale whose order of words is not that of their bytes, as on many a real server."""


_TIDY_UP = 'cat; "$1" --pgdata="$2/data" --mode=immediate stop; rm -rf "$2"'
"""Once this process is gone, however it went: its end of the pipe goes with it."""


class NoServer(Exception):
    """Why there is none."""


class Server:
    def __init__(self, *, settings: str = _QUICK):
        self._folder = Path(tempfile.mkdtemp(prefix="lalabot-pg-"))
        self._as = _unprivileged()
        if self._as:
            os.chown(self._folder, self._as["user"], self._as["group"])
        self._settings = settings
        self._numbers = count(1)
        self._has_template = False

    def start(self):
        self._run("initdb", "--username=lalabot", "--auth=trust", "--encoding=UTF8", "--no-sync", "--locale=C")
        options = f"-k {self._folder} -c listen_addresses='' {self._settings}"
        self._run("pg_ctl", "--wait", f"--options={options}", f"--log={self._folder}/log", "start")
        command = ("/bin/sh", "-c", _TIDY_UP, "sh", _find("pg_ctl"), str(self._folder))
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._janitor = subprocess.Popen(
            command, **self._as, **quiet, cwd="/", stdin=subprocess.PIPE, start_new_session=True
        )
        return self

    def stop(self):
        self._janitor.stdin.close()
        self._janitor.wait()

    def address(self, database: str) -> str:
        return f"postgresql+asyncpg://lalabot@/{database}?host={self._folder}"

    async def empty_database(self) -> str:
        """The address of a new database without any table."""
        name = f"empty{next(self._numbers)}"
        await self._create(name, _CUSTOM)
        return self.address(name)

    async def new_database(self, clock) -> str:
        """The address of a new database at this program's schema."""
        if not self._has_template:
            await self._create("upgraded", _CUSTOM)
            await (await open_store(self.address("upgraded"), clock)).close()
            self._has_template = True
        name = f"test{next(self._numbers)}"
        await self._create(name, "TEMPLATE upgraded")
        return self.address(name)

    async def _create(self, name, how):
        connection = await asyncpg.connect(user="lalabot", database="postgres", host=str(self._folder))
        try:
            await connection.execute(f"CREATE DATABASE {name} {how}")
        finally:
            await connection.close()

    def _run(self, program, *arguments):
        path = _find(program)
        command = [path, f"--pgdata={self._folder}/data", *arguments]
        done = subprocess.run(
            command,
            **self._as,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        if done.returncode:
            raise NoServer(f"{program}: {done.stderr.decode(errors='replace').strip()}")


@cache
def shared_server() -> Server:
    """One for all tests of this run, each with databases of its own. Raises :class:`NoServer` where none can be had."""
    server = start_server()
    atexit.register(server.stop)
    return server


def start_server(**kwargs) -> Server:
    if asyncpg is None:
        raise NoServer("asyncpg is not installed")
    _find("initdb")
    server = Server(**kwargs)
    try:
        return server.start()
    except OSError as error:
        raise NoServer(str(error)) from error


def _find(program: str) -> str:
    found = shutil.which(program)
    for place in _PLACES:
        root = Path(place)
        for folder in sorted(Path(root.anchor).glob(str(root.relative_to(root.anchor))), reverse=True):
            found = found or shutil.which(program, path=folder)
    if not found:
        raise NoServer(f"{program} is not installed")
    return found


def _unprivileged() -> dict[str, object]:
    """Whom to run as: the server refuses to be root's."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise NoServer("there is no user to run it as")
