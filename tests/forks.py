"""Processes of their own that start at once: forked from one that has imported the program."""

import multiprocessing
from multiprocessing.context import ForkServerContext


def forks() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.imported_once"])
    return context
