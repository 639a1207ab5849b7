"""Processes of their own that start at once: forked from one that has imported the program."""

import multiprocessing
from multiprocessing.context import ForkServerContext

IMPORTED_ONCE = ["bot.app", "tests.program", "tests.scheduler.doomed"]


def forks() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(IMPORTED_ONCE)
    return context
