"""Kinds of school a text speaks of: 小学, 初中, 高中, 幼儿园, 中职, 特教."""

from knowledge.chinese.named import named_in, table_of

_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (  # the longer name first: it holds the shorter
    ("初[一二三]|[七八九]年级", ("初中",)),
    ("高[一二三](?![级等])", ("高中",)),
    ("[一二三四五六]年级", ("小学",)),
    ("中小学(?=教师(?:继续教育|发展|培训|研修)[网中院])", ()),  # who runs it
    ("中小学", ("小学", "初中", "高中")),
    ("义务教育", ("小学", "初中")),
    ("九年一贯制", ("小学", "初中")),
    ("高级中学|高中|高考", ("高中",)),
    ("初级中学|初中", ("初中",)),
    ("中学", ("初中", "高中")),
    ("小学|村小|教学点", ("小学",)),
    ("幼儿园|幼儿教师|幼师|园长|学前教育|幼教|保育", ("幼儿园",)),
    ("中等职业|中职|职业学校|职教|职高", ("中职",)),
    ("特殊教育|特教", ("特教",)),
)
_NAMES = table_of(_KINDS)


def schools_in(text: str) -> frozenset[str]:
    """The kinds that a text in normal form names; empty where it names none."""
    return named_in(text, _NAMES)
