"""Roles as people call them. The canonical names are those that programmes use."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

ALIASES: dict[str, tuple[str, ...]] = {
    "学员": ("参训教师", "参训学员", "参训老师", "普通学员", "参加研修的教师"),
    "组长": ("研修组长", "研修组组长", "小组长", "学习组长"),
    "指导教师": ("辅导教师", "指导老师", "辅导老师", "导师", "学科指导教师"),
    "省级专家": ("省专家", "学科专家", "课程专家", "专家团队", "专家"),
}


_BASES = {alias: name for name, aliases in ALIASES.items() for alias in aliases}


def _called(name: str) -> list[str]:
    """首席教师（学员） goes by both names."""
    return [name, *filter(None, re.split(r"[()（）]", name))]


@dataclass(frozen=True, slots=True)
class RoleMention:
    role: str
    begin: int
    stop: int


class Roles:
    """The role names of the loaded programmes, with the usual aliases of those that have them."""

    def __init__(self, names: Iterable[str]) -> None:
        known = dict.fromkeys([*names, *ALIASES])
        self._names = tuple(known)
        self._canonical = {part: name for name in known for part in _called(name)}
        self._canonical |= {name: name for name in known}
        for name, aliases in ALIASES.items():
            for alias in aliases:
                self._canonical.setdefault(alias, name)
        longest_first = sorted(self._canonical, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)))

    def canonical(self, name: str) -> str:
        return self._canonical.get(name, name)

    def kin(self, roles: Iterable[str]) -> frozenset[str]:
        """Those whom the same words may mean: 专家 the 送培专家 of one programme, too."""
        return frozenset(kin for role in roles for kin in self._kin(role))

    def _kin(self, role: str) -> set[str]:
        words = {role, self._base(role), *ALIASES.get(self._base(role), ())}
        return {role} | {
            name
            for name in self._names
            for part in _called(name)
            if self._base(part) == self._base(role) or part.endswith(tuple(words))
        }

    def _base(self, role: str) -> str:
        return _BASES.get(role, role)

    def mentions(self, text: str) -> list[RoleMention]:
        return [
            RoleMention(self._canonical[hit[0]], *hit.span())
            for hit in self._pattern.finditer(text)
        ]
