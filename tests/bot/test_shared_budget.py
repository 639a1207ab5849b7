"""Replies and mail under one token: one budget, one halt."""

import pytest
from aiogram import Bot
from aiogram.methods import GetMe

from bot.shared_budget import SharedBudget
from scheduler.pacing import Pacer
from tests.bot.test_inbound import HELLO, MoodySession, slow_down
from tests.cast import Clock
from tests.handlers.wire import TOKEN
from tests.scheduler.delivering import Seconds


async def test_a_429_to_a_reply_halts_the_mail_and_the_next_reply_waits() -> None:
    clock = Clock()
    seconds = Seconds(clock)
    pacer = Pacer(seconds, seconds.sleep)
    session = MoodySession(slow_down(30))  # and a patient reply that sleeps on another clock
    session.middleware(SharedBudget(pacer))
    bot = Bot(TOKEN, session=session)
    start = clock()

    await bot(HELLO)

    assert (clock() - start).total_seconds() == pytest.approx(30.1)
    assert len(session.messages) == 1
    assert pacer.rate == pytest.approx(28 * 0.7)
    pacer.halt(30)
    assert not await pacer.slot(8)
    await bot(GetMe())  # writes to nobody
    assert pacer.halted_for == pytest.approx(30.1)
