"""`python -m bot` is `yanxiu`."""

from bot.cli import main

main()
