"""Every day by which something of a task is due: 9月20日前…，9月30日前… are two."""

import re
from datetime import date

from knowledge.chinese.dates import DateMention, find_dates
from knowledge.chinese.numerals import folded
from knowledge.programme.values import Stage, Task, due_of

_REMARK = re.compile(r"（[^）]*）")  # （原为8月10日，按…改为8月25日）
_HANDED_IN = re.compile(r"(?:完成|提交|上传|上报|报送|截止|交)")
_LEADS_TO_IT = re.compile(r"(?:截[止至]|最[晚迟]|期限)(?:时间|日期|日)?[为是于到至:]?$")
_TAKES_PLACE = re.compile(
    r"[^,。;]{0,6}(?:完成|提交|上传|上报|参加|开展|组织|进行|举办|召开|登录|报名)"
)


def deadlines_of(task: Task, stage: Stage) -> tuple[date, ...]:
    """The first deadline and those that `due_text` names after it; else the end of the stage."""
    first = due_of(task, stage)
    if task.due is None:
        return (first,)
    named = find_dates(_REMARK.sub("", task.due_text), year=first.year)
    later = {day for mention in named if (day := mention.end or mention.start) and day > first}
    return (first, *sorted(later))


def next_due(task: Task, stage: Stage, today: date) -> date:
    """The deadline that lies ahead, today included; when all have passed, the last."""
    days = deadlines_of(task, stage)
    return next((day for day in days if day >= today), days[-1])


def deadline_in(text: str, stage: Stage) -> tuple[date | None, str]:
    """The first of the task's own deadlines, and the words of all of them."""
    mentions = [each for each in _days_in(text, stage) if _is_deadline(text, each, stage)]
    within = [each for each in mentions if each.end and stage.starts <= each.end <= stage.ends]
    chosen = within or mentions
    days = [each.end for each in chosen if each.end]
    return min(days, default=None), "、".join(dict.fromkeys(each.text for each in chosen))


def deadline_written(text: str, stage: Stage) -> date | None:
    """The day in words that are known to be a deadline: 8月15日, 7月1日-10日."""
    days = [each.end for each in _days_in(text, stage) if each.end]
    within = [day for day in days if stage.starts <= day <= stage.ends]
    return min(within or days, default=None)


def _days_in(text: str, stage: Stage) -> list[DateMention]:
    """Without a printed year a day may be of either year that the stage lies in."""
    years = dict.fromkeys((stage.starts.year, stage.ends.year))
    return [each for year in years for each in find_dates(text, year=year) if each.end]


def _is_deadline(text: str, mention: DateMention, stage: Stage) -> bool:
    if mention.relation == "前":
        return True
    after = folded(text[mention.stop : mention.stop + 12])
    if mention.start == mention.end:
        before = folded(text[max(0, mention.begin - 8) : mention.begin])
        return bool(_HANDED_IN.match(after) or _LEADS_TO_IT.search(before))
    return _lies_within(mention, stage) and bool(_TAKES_PLACE.match(after))


def _lies_within(mention: DateMention, stage: Stage) -> bool:
    """A span of its own inside the stage: 8月10日-15日参加集中培训."""
    start, end = mention.start, mention.end
    inside = start and end and stage.starts <= start and end <= stage.ends
    return bool(inside) and (start, end) != (stage.starts, stage.ends)
