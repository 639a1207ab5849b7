"""Where a fact stands, and for whom it holds: the two things every answer is checked by."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """What is cited under an answer. Empty strings where the document does not say."""

    title: str
    number: str = ""  # 文号 as printed, e.g. 教师厅〔2015〕2号
    section: str = ""  # path of headings, e.g. 附件2 一、（二）
    issued: date | None = None
    text: str = ""  # the words of the document the fact was taken from


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom a fact holds. An empty set means no limit: a national notice has no province."""

    provinces: frozenset[str] = field(default_factory=frozenset)  # short names: 云南, 江西
    years: frozenset[int] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)  # 学员, 组长, 指导教师, 省级专家, …
    stage: str = ""  # 分散研修, 集中研修, 创课, …
    programme: str = ""  # title of the programme
    schools: frozenset[str] = field(
        default_factory=frozenset
    )  # 小学, 初中, 高中, 幼儿园, 中职, 特教
