"""Runs a coroutine to its end from a command."""

from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run_now(work: Coroutine[Any, Any, T]) -> T:
    import asyncio  # not free, and `ask` mostly needs none of it

    return asyncio.run(work)
