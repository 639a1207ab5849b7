"""What is said where nothing answers: what is missing, and what is there instead."""

from collections.abc import Sequence

from knowledge.answering.question_words import FIGURE_KINDS, Kind
from knowledge.answering.questions import Question
from knowledge.answering.ranking import Candidate
from knowledge.answering.scoping import Wanted, years_of
from knowledge.answering.thresholds import SURE

OTHERWISE = "可以换个说法再问，或请专家解答。"


def not_known(question: Question, candidates: Sequence[Candidate], limits: Wanted) -> str:
    """Never another province's figure, or another role's."""
    near = [each for each in candidates if each.score >= SURE]
    # Of this province, only another year: that is what is missing.
    near = [each for each in near if limits.is_of_province(each.passage)] or near
    said = (
        _only_elsewhere(near, limits)
        or _only_other_years(near, limits)
        or _only_others(near, limits)
    )
    if said:
        return said
    if question.asked.kind in FIGURE_KINDS and question.asked.kind is not Kind.WHEN:
        return f"没有查到通知里有这个数字的规定。{OTHERWISE}"
    return f"没有查到相关规定。{OTHERWISE}"


def _only_elsewhere(near: Sequence[Candidate], limits: Wanted) -> str:
    others = [each.passage for each in near if not limits.admits_province(each.passage)]
    there = "、".join(sorted({p for passage in others for p in passage.scope.provinces}))
    if not (there and limits.provinces):
        return ""
    asked = "、".join(sorted(limits.provinces))
    only = f"只有{there}的通知提到，不能套用"
    return f"{asked}的资料里没有查到（{only}）。建议向本省项目办确认。"


def _only_other_years(near: Sequence[Candidate], limits: Wanted) -> str:
    if not limits.years:
        return ""
    asked = _years(limits.years)
    others = {
        y for each in near if not limits.admits_year(each.passage) for y in years_of(each.passage)
    }
    if others:
        return f"没有查到{asked}的规定（现有资料是{_years(others)}的）。"
    return f"没有查到{asked}的资料，现有的说法未注明年份，不敢直接套用。" if near else ""


def _only_others(near: Sequence[Candidate], limits: Wanted) -> str:
    """那学员呢, behind what a leader has to do."""
    others = [each.passage for each in near if not limits.admits_role(each.passage)]
    whose = "、".join(sorted({role for passage in others for role in passage.scope.roles}))
    if not (whose and limits.roles) or len(others) < len(near):
        return ""
    asked = "、".join(sorted(limits.roles))
    return f"没有查到{asked}的这项规定（资料里只写了{whose}的）。{OTHERWISE}"


def _years(years: frozenset[int] | set[int]) -> str:
    return "、".join(f"{year}年" for year in sorted(years))
