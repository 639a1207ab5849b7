"""`yanxiu bench mailing`: the limiters against a strict judge, and a small plan."""

import pytest

from bot.benchmarks import pacing
from bot.benchmarks.pacing import fast
from tests.bot.conftest import Yanxiu


def test_nobody_is_refused_at_twenty_eight_a_second() -> None:
    traffic = fast(pacing.ours(600))

    assert (traffic.accepted, traffic.refused) == (600, 0)
    assert traffic.most_in_a_second <= 30
    assert traffic.rate >= 27.9


def test_senders_in_turn_never_fill_a_second_together() -> None:
    traffic = fast(pacing.ours(400, senders=4))

    assert (traffic.accepted, traffic.refused) == (400, 0)
    assert traffic.most_in_a_second <= 30


def test_nothing_is_sent_while_telegram_wants_silence() -> None:
    traffic = fast(pacing.ours(120, halt_at=50))

    assert (traffic.accepted, traffic.refused, traffic.during_halts) == (120, 1, 0)


def test_a_plan_is_made_once_and_written_to_all(yanxiu: Yanxiu) -> None:
    ran = yanxiu(
        *("bench", "mailing", "--sends", "60", "--real", "0", "--digests", "12", "--deliver")
    )

    assert ran.code == 0, ran.err
    assert "plan: 12 digests of 4 people" in ran.out
    assert "plan again: 0 digests" in ran.out
    assert "write to all: 12 sent" in ran.out


@pytest.mark.parametrize("arguments", [["--sends", "1"], ["--digests", "-1"]])
def test_odd_numbers_are_refused(yanxiu: Yanxiu, arguments: list[str]) -> None:
    assert yanxiu("bench", "mailing", *arguments).code == 2
