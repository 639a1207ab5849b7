"""What a file was understood to hold, for the person who has to check it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from knowledge.documents import Document
from knowledge.entries import Entry
from knowledge.notices import Notice, Section
from knowledge.programme.values import Programme, Stage

DEEPEST = 3  # levels of headings in the outline


def summary(document: Document) -> str:
    return "\n".join(_lines(document))


def _lines(document: Document) -> Iterator[str]:
    yield f"{document.name}：{counts(document)}"
    for notice in document.notices:
        yield from _notice_lines(notice)
    for programme in document.programmes:
        yield from _programme_lines(programme)
    yield from _listed("已有答复的问题", map(_entry_line, document.entries))
    yield from _listed(
        "没有人回答的问题",
        (f"· 第 {question.line} 行：{question.text}" for question in document.open_questions),
    )
    yield from _listed(
        "请核对",
        (f"! {f'第 {d.line} 行：' if d.line else ''}{d.text}" for d in document.doubts),
    )


def changed(lines: Sequence[str]) -> str:
    """What an import changes of tasks that people have already."""
    return "\n".join(_listed("任务安排的变化", lines))


def _listed(title: str, found: Iterable[str]) -> Iterator[str]:
    lines = list(found)
    if lines:
        yield f"  {title}（{len(lines)}）"
        yield from (f"    {line}" for line in lines)


def _entry_line(entry: Entry) -> str:
    replaced = f"（原为{entry.replaces}）" if entry.replaces else ""
    return f"· {entry.question} → {short(entry.answer)}{replaced}"


def counts(document: Document) -> str:
    tasks = sum(len(stage.tasks) for one in document.programmes for stage in one.stages)
    found = (
        (len(document.notices), "份通知"),
        (len(document.programmes), "个任务安排表"),
        (tasks, "项任务"),
        (len(document.entries), "个已有答复的问题"),
        (len(document.open_questions), "个没有人回答的问题"),
        (len(document.doubts), "处请核对"),
    )
    return "，".join(f"{number} {what}" for number, what in found if number) or "没有认出内容"


def _notice_lines(notice: Notice) -> Iterator[str]:
    yield f"  通知《{notice.title}》"
    head = (
        ("文号", notice.number),
        ("发文", "、".join(notice.issuers)),
        ("日期", notice.issued.isoformat() if notice.issued else ""),
        ("主送", notice.addressees),
        ("省份", notice.province),
        ("年份", "、".join(map(str, notice.years))),
        ("链接", " ".join(notice.links)),
        ("调整", "、".join(notice.amends)),
    )
    yield from (f"    {name}：{value}" for name, value in head if value)
    yield from outline(notice.sections)


def outline(sections: Sequence[Section], depth: int = 1) -> Iterator[str]:
    for section in sections:
        if section.number or section.heading:
            yield f"{'  ' * (depth + 1)}{section.number} {section.heading}".rstrip()
        if depth < DEEPEST:
            yield from outline(section.children, depth + 1)


def _programme_lines(programme: Programme) -> Iterator[str]:
    yield f"  任务安排《{programme.title}》（{programme.code}）"
    for stage in programme.stages:
        by_role = Counter(task.role for task in stage.tasks)
        numbers = " ".join(f"{role} {number}" for role, number in by_role.items())
        yield f"    {stage.name} {stage.starts} 至 {stage.ends}（{stage.when}）：{numbers}"
        if stage.reading:
            yield f"      {stage.reading}"


def short(text: str, length: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length] + "…"


def as_json(document: Document) -> dict[str, Any]:
    return {
        "file": document.name,
        "notices": [_notice_json(notice) for notice in document.notices],
        "programmes": [
            {
                "code": programme.code,
                "title": programme.title,
                "stages": [_stage_json(stage) for stage in programme.stages],
            }
            for programme in document.programmes
        ],
        "entries": [
            {"question": entry.question, "answer": entry.answer, "replaces": entry.replaces}
            for entry in document.entries
        ],
        "open_questions": [
            {"line": question.line, "text": question.text} for question in document.open_questions
        ],
        "doubts": [{"line": doubt.line, "text": doubt.text} for doubt in document.doubts],
    }


def _notice_json(notice: Notice) -> dict[str, Any]:
    return {
        "title": notice.title,
        "number": notice.number,
        "issuers": list(notice.issuers),
        "issued": notice.issued.isoformat() if notice.issued else None,
        "addressees": notice.addressees,
        "province": notice.province,
        "years": list(notice.years),
        "links": list(notice.links),
        "amends": list(notice.amends),
        "outline": [line.strip() for line in outline(notice.sections)],
    }


def _stage_json(stage: Stage) -> dict[str, Any]:
    return {
        "name": stage.name,
        "starts": stage.starts.isoformat(),
        "ends": stage.ends.isoformat(),
        "when": stage.when,
        "reading": stage.reading,
        "tasks": dict(Counter(task.role for task in stage.tasks)),
    }
