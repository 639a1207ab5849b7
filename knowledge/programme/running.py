"""Programmes that still run come before those that are over."""

from collections.abc import Iterable
from datetime import date

from knowledge.programme.values import Programme


def is_over(programme: Programme, today: date) -> bool:
    return max(stage.ends for stage in programme.stages) < today


def running_first(programmes: Iterable[Programme], today: date) -> list[Programme]:
    return sorted(programmes, key=lambda one: is_over(one, today))
