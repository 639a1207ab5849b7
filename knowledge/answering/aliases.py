"""What notices call their groups and sites: 师德宣讲员班（甲班）, A01 骨干研修, “江汉研修云”."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from knowledge.answering.framing import word_set
from knowledge.chinese.normal import normal
from knowledge.chinese.words import Cutter
from knowledge.notices import Notice, Section, Table

_SHORT = r"(?:[甲乙丙丁戊a-d]|[一二三四五六]|\d|第[一二三四五六七八九十\d]{1,2})[班组类期批]"
_NAMED = rf"(?P<full>[\u3400-\u9fff]{{2,12}}[班组类])\((?P<short>{_SHORT})\)"
_MEANT = rf"(?P<first>{_SHORT})\((?P<whom>[\u3400-\u9fff、]{{2,12}})\)"
_LISTED = rf"(?P<item>{_SHORT})[:：](?P<group>[\u3400-\u9fff]{{2,10}}班)(?=[。；;，,]|$)"
_ALIAS = re.compile(f"{_NAMED}|{_MEANT}|{_LISTED}", re.M)
_CODE = re.compile(r"(?=[a-z\d-]*\d)[a-z][a-z\d-]{1,5}")
_CODED = re.compile(rf"({_CODE.pattern})[\s:：]*([\u3400-\u9fff“”\"]{{2,24}})")
_TURN = re.compile(r"第[一二三四五六\d][批期组轮]")
_HEADED = re.compile(
    rf"^([\u3400-\u9fff]{{2,12}})\(({_CODE.pattern})\)$", re.M
)  # 企业实践项目(A04)
_LEADS_IN = re.compile(r"[分和与及为设括含、]")  # 研修营分德育教师班（甲班）和…
_NAME_OF_SITE = r"[^“”「」\"，。；、（(\s]{2,12}"
_SITE = re.compile(  # 登录“川教师研修网”, “天山云课堂”小程序, 登录秦教研修平台(…)
    rf"(?:登[录陆]|通过|依托|使用|上传至?|平台为)[“「\"]({_NAME_OF_SITE})[”」\"]"
    rf"|[“「\"]({_NAME_OF_SITE})[”」\"](?:平台|系统|网站|小程序|公众号|app|[（(](?:https?:|www|[a-z.]+\.))"
    rf"|(?:登[录陆]|平台为|上传至?)({_NAME_OF_SITE}(?:平台|网|系统))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Aliases:
    """`groups`: words that tell a group -> what it is called; `sites`: names of platforms."""

    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sites: frozenset[str] = frozenset()


def sites_in(notice: Notice) -> tuple[str, ...]:
    """The names of the sites that the notice sends people to, as printed."""
    text = "\n".join(notice.texts())
    return tuple(dict.fromkeys(next(filter(None, hit.groups())) for hit in _SITE.finditer(text)))


def aliases_of(notices: Iterable[Notice], cutter: Cutter) -> Aliases:
    groups: dict[str, set[str]] = defaultdict(set)
    sites: set[str] = set()
    for notice in notices:
        sites.update(normal(site) for site in sites_in(notice))
        text = normal("\n".join(notice.texts()))
        pairs = [*_pairs(text), *((hit[1], hit[2]) for hit in _HEADED.finditer(text))]
        for table in _tables(notice.sections):
            pairs += _coded(table) or _turns(table)
        for word, short in _told_by(pairs, cutter):
            groups[word].add(short)
    return Aliases(
        {word: tuple(sorted(shorts)) for word, shorts in groups.items()}, frozenset(sites)
    )


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for hit in _ALIAS.finditer(text):
        full = hit["full"] or hit["whom"] or hit["group"]
        yield _LEADS_IN.split(full)[-1], hit["short"] or hit["first"] or hit["item"]


def _tables(sections: Iterable[Section]) -> Iterator[Table]:
    for section in sections:
        yield from section.tables
        yield from _tables(section.children)


def _coded(table: Table) -> list[tuple[str, str]]:
    """代号 A01 and its name beside it, or in one cell: A01专业带头人研修."""
    pairs = []
    for row in table.rows:
        first, *others = [normal(cell) for cell in row] or [""]
        if others and _CODE.fullmatch(first) and not others[0][:1].isdigit():
            pairs.append((others[0], first))
        elif hit := _CODED.fullmatch(first):
            pairs.append((hit[2], hit[1]))
    return pairs


def _turns(table: Table) -> list[tuple[str, str]]:
    """Which batch each row belongs to, where the days are told of the batches elsewhere."""
    told = [
        (normal(row[0]), hit[0])
        for row in table.rows
        for cell in row[1:]
        if (hit := _TURN.fullmatch(normal(cell)))
    ]
    return told if len({turn for _, turn in told}) > 1 else []


def _told_by(pairs: list[tuple[str, str]], cutter: Cutter) -> Iterator[tuple[str, str]]:
    """The words of a group's name that no other group's has."""
    shorts: dict[str, set[str]] = defaultdict(set)
    for full, short in pairs:
        for word in {full, *cutter.parts(full), *cutter.words(full)}:
            if len(word) > 1 and word not in {*word_set("generic"), "项目"}:
                shorts[word].add(short)
    yield from ((word, told.pop()) for word, told in shorts.items() if len(told) == 1)
