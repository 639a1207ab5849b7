"""Which stage it is now, how long it lasts, and what comes next."""

import re
from collections.abc import Sequence
from datetime import date

from knowledge.answering.wording import day
from knowledge.chinese.normal import simplified
from knowledge.programme.values import Programme, Stage

_WHEN = r"(?:几号|哪一?天|什么时候|啥时候|何时|多久|几天|多少天)"
ASKS_STAGE = re.compile(
    r"(?:哪个|什么|哪一个?|第几个?)阶段|(?:现在|当前|目前|属于|处于|到了?|在)(?:哪|第几)一?个?(?:步|环节)"
    r"|阶段是?(?:哪个|哪一个|什么)(?=$|[?？了啊呢呀])"
    rf"|(?:现在|当前|目前|眼下|正在|下一?个?|这个?)[^,，?？]{{0,4}}阶段[^,，?？]{{0,6}}{_WHEN}"
)
_ASKS_NEXT = re.compile(r"下一?个?阶段")


def stages_said(text: str, programmes: Sequence[Programme], today: date) -> list[str]:
    """A sentence for each programme that is not over; for the last one where all are."""
    running = [each for each in programmes if any(s.ends >= today for s in each.stages)]
    asks_next = bool(_ASKS_NEXT.search(text))
    return [_said(each.stages, today, asks_next=asks_next) for each in running or programmes]


def _said(stages: Sequence[Stage], today: date, *, asks_next: bool) -> str:
    now = [stage for stage in stages if stage.starts <= today <= stage.ends]
    ahead = [stage for stage in stages if stage.starts > today]
    if now and not (asks_next and ahead):
        names = "、".join(f"{simplified(s.name)}（{simplified(s.when)}）" for s in now)
        left = (max(stage.ends for stage in now) - today).days
        return f"现在是{names}阶段，{f'还有{left}天结束' if left else '今天结束'}。"
    if ahead:
        following = min(ahead, key=lambda stage: stage.starts)
        begins = f"下一阶段是{simplified(following.name)}，{day(following.starts)}开始。"
        return begins if now else f"现在不在任何阶段，{begins}"
    return f"这个研修已于{day(max(stage.ends for stage in stages))}结束。"
