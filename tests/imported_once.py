"""What the server of tests/forks.py imports, once, for all the processes that it forks."""

import gc
from importlib import import_module

from sqlalchemy.orm import configure_mappers

from knowledge.chinese.general import general_chinese

gc.disable()
for name in ("bot.app", "tests.program", "tests.scheduler.doomed"):
    import_module(name)
configure_mappers()
general_chinese()
gc.freeze()
gc.enable()
