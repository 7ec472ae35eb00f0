"""A database that cannot be used is refused in one line that says what to do."""

import asyncio
import os
import subprocess
import sys

import pytest

from bot.domain.errors import StorageError
from bot.storage.opening import open_store
from tests.clocks import FakeClock

HOLD = """
import asyncio, sys
from bot.storage.opening import open_store
from tests.clocks import FakeClock

async def hold():
    store = await open_store(sys.argv[1], FakeClock())
    print("open", flush=True)
    await asyncio.to_thread(sys.stdin.read)  # until it is killed, or the test is gone

asyncio.run(hold())
"""
OPEN = """
import asyncio, os, sys
from bot.domain.errors import StorageError
from bot.storage.opening import open_store
from tests.clocks import FakeClock

async def opened(address):
    try:
        await (await open_store(address, FakeClock())).close()
    except StorageError as error:
        print(error)

asyncio.run(opened("sqlite+aiosqlite://"))  # imports what root alone may read
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
asyncio.run(opened(sys.argv[1]))
"""


async def refusal(address):
    with pytest.raises(StorageError) as refused:
        await open_store(address, FakeClock())
    text = str(refused.value)
    assert "\n" not in text
    return text


def at(path):
    return f"sqlite+aiosqlite:///{path}"


async def test_a_file_that_is_no_database(tmp_path):
    path = tmp_path / "lalabot.db"
    path.write_bytes(b"this is no database at all" * 100)
    text = await refusal(at(path))
    assert str(path) in text
    assert "Put a backup in its place" in text
    assert path.read_bytes() == b"this is no database at all" * 100


async def test_a_database_that_is_damaged(tmp_path):
    path = tmp_path / "lalabot.db"
    await (await open_store(at(path), FakeClock())).close()
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    assert "Put a backup in its place" in await refusal(at(path))


async def test_a_folder(tmp_path):
    assert "is a folder: name a file" in await refusal(at(tmp_path))


async def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    assert "cannot be created" in await refusal(at(tmp_path / "file" / "lalabot.db"))


async def test_an_address_of_no_database(tmp_path):
    assert "no database's address" in await refusal("nonsense")
    assert "mysql" in await refusal("mysql://localhost/x")
    assert "sqlite+aiosqlite" in await refusal(f"sqlite:///{tmp_path}/x.db")


async def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path):
    pytest.importorskip("asyncpg")
    text = await refusal(f"postgresql+asyncpg://lalabot:secret@/lalabot?host={tmp_path}")
    assert "secret" not in text
    assert "the server answers" in text


async def test_a_refused_database_can_be_opened_once_it_is_mended(tmp_path):
    path = tmp_path / "lalabot.db"
    path.write_text("broken " * 1000)
    await refusal(at(path))
    path.unlink()
    await (await open_store(at(path), FakeClock())).close()


async def test_a_missing_folder_is_made(tmp_path):
    path = tmp_path / "a" / "b" / "lalabot.db"
    await (await open_store(at(path), FakeClock())).close()
    assert path.exists()


async def test_a_file_without_rights(tmp_path):
    """As somebody who is not root, whom no rights bind."""
    path = tmp_path / "lalabot.db"
    await (await open_store(at(path), FakeClock())).close()
    path.chmod(0o400)
    (tmp_path / "lalabot.db.lock").chmod(0o666)
    let_in(tmp_path)
    done = await run(OPEN, at(path))
    assert done.count("\n") == 1
    assert "cannot be used" in done
    assert "rights" in done


def let_in(folder):
    """Others may look into the test's folder and those of the test run around it, which were made for the one user."""
    for one in (folder, *folder.parents):
        if one.stat().st_uid != os.geteuid() or one.stat().st_mode & 0o005 == 0o005:
            return
        one.chmod(0o755)


async def test_a_folder_without_rights(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    let_in(tmp_path)
    done = await run(OPEN, at(closed / "lalabot.db"))
    assert done.count("\n") == 1
    assert "rights" in done


async def run(program, *arguments):
    command = (sys.executable, "-c", program, *arguments)
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode()


async def test_a_second_process_is_refused_and_the_lock_goes_with_its_holder(tmp_path):
    address = at(tmp_path / "lalabot.db")
    command = (sys.executable, "-c", HOLD, address)
    holder = await asyncio.create_subprocess_exec(*command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert await holder.stdout.readline() == b"open\n"
    text = await refusal(address)
    assert f"in use by another lalabot (process {holder.pid})" in text
    (tmp_path / "other.db").symlink_to(tmp_path / "lalabot.db")
    assert "in use" in await refusal(at(tmp_path / "other.db")), "by whatever name"
    holder.kill()
    await holder.wait()
    await (await open_store(address, FakeClock())).close()


async def test_one_process_opens_a_file_once_at_a_time(tmp_path):
    address = at(tmp_path / "lalabot.db")
    store = await open_store(address, FakeClock())
    assert "in use" in await refusal(address)
    await store.close()
    await store.close()
    with pytest.raises(StorageError, match="closed"):
        await store.begin().__aenter__()
    await (await open_store(address, FakeClock())).close()
