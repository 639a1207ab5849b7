"""What the server of tests/forks.py imports, once, for all the processes that it forks."""

import gc
from importlib import import_module

gc.disable()
for name in ("bot.app", "tests.program", "tests.scheduler.doomed"):
    import_module(name)
gc.freeze()
gc.enable()
