"""Names that stay while wording changes: progress and reminders hang on them."""

import hashlib
import re
from collections.abc import Sequence

from knowledge.chinese.normal import normal
from knowledge.chinese.regions import PROVINCES

# Words that every schedule has in its title; what is left tells one programme from another.
_COMMON = re.compile(
    r"(?:19|20)\d{2}年?度?|省|(?:维吾尔|壮族|回族)?自治区|全省|教师|全员|远程|网络|研修|培训|各|角色|工作(?!坊)|任务|进度|时间"
    r"|安排表?|日程表?|一览表?|清单|教育(?:厅|局|部|委员会)|教委|办公(?:厅|室)|财政(?:厅|局|部)|组织|开展"
    r"|举办|印发|实施|方案|计划|项目|国家级|国培|各?阶段|职责|分工|要求|关于|做好|通知|[的与和及级表各]|[^\w]"
)
_LONGEST = 12  # characters of what is left that go into the code


def own_words(title: str) -> str:
    """What tells a title from that of any other schedule: 高中."""
    return re.sub("|".join(PROVINCES), "", _COMMON.sub("", normal(title)))


def programme_code(title: str, province: str, years: Sequence[int]) -> str:
    """shandong-2015-gaozhong: province, year, and what the title has of its own."""
    named = (
        _pinyin(own_words(title)[:_LONGEST])
        or hashlib.sha256(normal(title).encode()).hexdigest()[:6]
    )
    return "-".join([_pinyin(province) or "quanguo", *map(str, years[:1]), named])


def _pinyin(text: str) -> str:
    from pypinyin import lazy_pinyin  # 0.2 s: only where a programme is named anew

    return re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(text)).lower())


def task_code(programme: str, stage: str, role: str, title: str, occurrence: int = 1) -> str:
    """Ten characters made of programme, stage, role and title; the detail has no part in it."""
    plain = "|".join(_bare(part) for part in (programme, stage, role, title))
    digest = hashlib.sha256(plain.encode()).hexdigest()[:10]
    return digest if occurrence == 1 else f"{digest}-{occurrence}"


def _bare(text: str) -> str:
    return re.sub(r"[^\w-]", "", normal(text))
