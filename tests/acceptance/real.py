"""The real process, and a page of the room as a client: what a browser would see, without one."""

import asyncio
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp

from bot.storage.tables import to_micros


class Bot:
    """``lalabot run`` on a database of its own; the port is kept over restarts."""

    def __init__(self, folder: Path, **environ):
        self.folder = folder
        self.port = "0"
        self.environ = {
            **os.environ,
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/lalabot.db",
            "LALABOT_LOG": "json",
            **environ,
        }
        self.process = None

    def start(self):
        with (self.folder / "log.jsonl").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                env=self.environ | {"LALABOT_PORT": self.port},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        assert found, (self.folder / "log.jsonl").read_text()
        self.port = found[1]
        return self

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def kill(self):
        """As hard as it gets."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=20)
        self.process.stdout.close()
        return code

    def bring_dailies_due(self, *, in_s):
        """While it is down: the stored instants are brought forward, for nobody wants to wait for noon. Answers when they are due."""
        due = datetime.now(UTC) + timedelta(seconds=in_s)
        with closing(sqlite3.connect(self.folder / "lalabot.db")) as connection:
            connection.execute("UPDATE dailies SET next_run_at = ?", (to_micros(due),))
            connection.commit()
        return due

    def log(self):
        return [
            json.loads(line) for line in (self.folder / "log.jsonl").read_text().splitlines() if line.startswith("{")
        ]


@dataclass
class Page:
    """One player's tab; ``messages`` are those of the room, by their number, ``private`` what was said to this player."""

    bot: Bot
    player: str
    room: str = "lobby"
    messages: dict = field(default_factory=dict)
    private: list = field(default_factory=list)
    is_in: bool = False
    """The room has been shown as it is."""

    async def open(self):
        self.session = aiohttp.ClientSession()
        self.socket = await self.session.ws_connect(
            f"{self.bot.address}/room/{self.room}/live?player={self.player}&lang=en",
            headers={"Origin": self.bot.address},
        )
        self.changed = asyncio.Event()
        self.reader = asyncio.create_task(self._read())
        await self.until(lambda: self.is_in)
        return self

    async def close(self):
        self.reader.cancel()
        await asyncio.gather(self.reader, return_exceptions=True)
        await self.socket.close()
        await self.session.close()

    async def _read(self):
        async for frame in self.socket:
            self._take(json.loads(frame.data))
            self.changed.set()

    def _take(self, data):
        match data["type"]:
            case "snapshot":
                self.messages = {message["id"]: message for message in data["messages"]}
                self.is_in = True
            case "put":
                self.messages[data["message"]["id"]] = data["message"]
            case "private":
                self.private.append(json.dumps(data["card"], ensure_ascii=False))

    async def say(self, text):
        await self.socket.send_json({"type": "say", "id": uuid.uuid4().hex, "text": text})

    async def press(self, button):
        await self.socket.send_json({"type": "press", "id": uuid.uuid4().hex, "button": button})

    def texts(self):
        return [json.dumps(message, ensure_ascii=False) for _, message in sorted(self.messages.items())]

    def count(self, wanted):
        return sum(wanted in text for text in self.texts())

    async def until(self, met, timeout_s=20.0):
        """Waits for something to be seen."""
        async with asyncio.timeout(timeout_s):
            while not (found := met()):
                self.changed.clear()
                await self.changed.wait()
        return found

    async def sees(self, wanted, timeout_s=20.0):
        return await self.until(
            lambda: next((text for text in reversed(self.texts()) if wanted in text), None), timeout_s
        )

    async def hears(self, wanted, timeout_s=20.0):
        return await self.until(lambda: next((text for text in self.private if wanted in text), None), timeout_s)


def buttons_of(text):
    """The ids of the answer buttons in a message, in their order."""
    return list(dict.fromkeys(re.findall(r"v1:answer:\w+:\d+:\d", text)))
