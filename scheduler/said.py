"""What a reply came to: its parts, those that are meant for somebody, and the figures in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.chinese.normal import normal
from knowledge.chinese.subjects import subjects_in

LONGEST = 80
GUESS = re.compile(r"[没沒]有查到完全一[样樣]的")  # what follows answers another question

_SOURCE_LINE = re.compile(r"[原]?(?:来源|來源)：")
_NOTICE = re.compile(r"(?:来源|來源)：(《.*?》(?:（[^（）]*）)?)(?=，|；|$)")
_FRAME = re.compile(rf"{_SOURCE_LINE.pattern}|（已按|{GUESS.pattern}")
_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)")
_WAS_BEFORE = re.compile(r"（原为[^（）]*(?:（[^（）]*）[^（）]*)*）")
_BUREAU = re.compile("教育体育")  # 教育体育局 teaches no subject
_FIGURE = re.compile(r"\d+(?:[.:]\d+)?")


@dataclass(frozen=True, slots=True)
class Part:
    """One of several answers side by side, or the only one; `whole`: with the clause it has."""

    said: str
    whole: str

    @property
    def bare(self) -> str:
        """Without asides: 25号（原为8号） says 25."""
        return "".join(normal(_ASIDE.sub("", self.said)).split())

    @property
    def figures(self) -> frozenset[str]:
        return frozenset(_FIGURE.findall(self.bare))

    @property
    def shown(self) -> str:
        said = " ".join(_WAS_BEFORE.sub("", self.said).split()).removeprefix("· ")
        lead = said.partition("——")[0]
        said = lead if _FIGURE.search(lead) else said
        return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"


Parts = tuple[Part, ...]


def concerns(text: str, subject: str) -> bool:
    """Whether somebody of this subject is meant: nobody's is named, or theirs is, too."""
    named = subjects_in(_BUREAU.sub("", normal(text)))
    own = subjects_in(normal(subject))
    return not named or not subject or subject in text or bool(named & own)


def parts_of(text: str) -> Parts:
    lines = [line for line in text.splitlines() if line.strip() and not _FRAME.match(line)]
    if not lines:
        return ()
    if not lines[0].startswith("·"):
        return (Part(lines[0], "\n".join(lines)),)
    beside: list[list[str]] = []
    for line in lines:
        if line.startswith("·"):
            beside.append([line])
        else:
            beside[-1].append(line)
    return tuple(Part(text, text) for text in map("\n".join, beside))


def parts_for(text: str, subject: str) -> Parts:
    """Without what is said of other subjects only; "": of no known subject."""
    return tuple(part for part in parts_of(text) if concerns(part.whole, subject))


def source_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if _SOURCE_LINE.match(line)]


def notices_named(text: str) -> list[str]:
    """Those that hold, without their sections."""
    return [hit[1] for line in source_lines(text) if (hit := _NOTICE.match(line))]


def figures_of(parts: Sequence[Part]) -> frozenset[str]:
    return frozenset[str]().union(*(part.figures for part in parts))


def bare(parts: Sequence[Part]) -> str:
    return "".join(part.bare for part in parts)


def is_same(old: Sequence[Part], new: Sequence[Part]) -> bool:
    before, after = figures_of(old), figures_of(new)
    if before and after:
        beside = new[0].said.startswith("·")
        return before <= after if beside else before == after
    return bare(old) == bare(new)


def shortened(text: str) -> str:
    said = " ".join(" ".join(part.said for part in parts_of(text)).split())
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"
