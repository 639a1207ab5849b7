"""A real `yanxiu run --demo` in a process of its own, to be killed or asked to stop."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.cli import main
from tests.forks import forks
from tests.phone import PATIENCE, STEP


@asynccontextmanager
async def demonstration(folder: Path) -> AsyncIterator[tuple[BaseProcess, str]]:
    """The process and its address; killed at the end if it still runs."""
    said = folder / "said.txt"
    said.unlink(missing_ok=True)
    process = forks().Process(target=run, args=(folder, said))
    process.start()
    try:
        yield process, await asyncio.to_thread(address_in, said, process)
    finally:
        process.kill()
        process.join()


def run(folder: Path, said: Path) -> None:
    os.chdir(folder)
    os.environ["PORT"] = "0"
    with said.open("w", buffering=1) as sys.stdout, open(os.devnull, "w") as sys.stderr:
        main(["run", "--demo"])


def address_in(said: Path, process: BaseProcess) -> str:
    for _ in range(int(PATIENCE / STEP)):
        line = said.read_text() if said.exists() else ""
        if line.endswith("\n"):
            return line[line.index("http") :].strip().rstrip("/")
        assert process.is_alive()
        time.sleep(STEP)
    raise AssertionError("the program did not start")
