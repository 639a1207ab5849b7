"""Everything that is known, cut into passages: notices, entries and programmes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.answering.aliases import sites_in
from knowledge.answering.cells import units_of, with_unit
from knowledge.answering.kinds import asked_for
from knowledge.answering.own_words import abbreviations
from knowledge.answering.passages import Passage
from knowledge.answering.pieces import pieces_of
from knowledge.answering.question_words import Kind
from knowledge.chinese.normal import normal, simplified
from knowledge.chinese.schools import schools_in
from knowledge.documents import Document
from knowledge.entries import Entry
from knowledge.notices import Notice, Section, Table
from knowledge.programme.labels import one_line
from knowledge.programme.values import Programme, Stage, Task, due_of
from knowledge.sources import Scope, Source

_SAYS_MORE = re.compile(r"(?:地点|地址|学时|课时|方式|承办|平台)[^：；]{0,4}：")  # than a task
_SAYS_SOMETHING = 10  # characters; a longer heading is a sentence of its own
_LONGEST_ROW = 160
_LONGEST_LINE = 80
_OF_A_PLACE = re.compile(
    r"\s*(?:[\u4e00-\u9fff]{0,4}地[点址]|[\u4e00-\u9fff]{0,4}时间[、和及与]地点)"
)
_LONGEST_INTRO = 60  # characters of a line before a list, and of what it introduces
ISSUE_WORDS = "印发 发布 发文 下发 出台 发的 发出 落款 文号 通知 文件"
STAGE_WORDS = "阶段 时间 开始 结束 截止 起止 日期 进行 安排 到期"
DUE_WORDS = "截止 期限 最晚 最迟 提交 完成 结束"


def passages_of(document: Document) -> Iterator[Passage]:
    for entry in document.entries:
        yield _of_entry(entry)
    for notice in document.notices:
        for passage in _of_notice(notice):
            if passage.kind != "row" or not _is_told_by_tasks(passage, document.programmes):
                yield passage
    around = normal(" ".join(_called(notice) for notice in document.notices))
    for programme in document.programmes:
        quoted = not document.name.endswith((".yaml", ".yml"))
        for passage in _of_programme(programme, around):
            yield passage if quoted else replace(passage, quoted=False)


def _is_told_by_tasks(row: Passage, programmes: Sequence[Programme]) -> bool:
    """Whether the tasks of a programme say what the row says: they say it one by one."""
    if _SAYS_MORE.search(row.text):
        return False
    label = normal(one_line(row.label))
    return any(
        (label == normal(task.role) or label.startswith(normal(stage.name)))
        and normal(task.title) in row.own
        for programme in programmes
        for stage in programme.stages
        for task in stage.tasks
    )


def _of_entry(entry: Entry) -> Passage:
    asked = tuple(normal(phrasing) for phrasing in (entry.question, *entry.phrasings))
    return Passage(
        kind="entry",
        text=simplified(entry.answer),
        own=normal(f"{entry.question}\n{entry.answer}"),
        source=entry.source,
        scope=entry.scope,
        context=normal(" ".join((*entry.phrasings, entry.scope.programme, entry.scope.stage))),
        title=normal(entry.source.title) if entry.source.number else "",
        label=simplified(entry.question),
        asked=asked,
        refused=tuple(map(normal, entry.not_for)),
        kinds=_kinds(asked),
        entry=entry,
    )


def _kinds(asked: Sequence[str]) -> frozenset[Kind]:
    """What the phrasings ask for; those without a question word say nothing about it."""
    found = frozenset(asked_for(phrasing).kind for phrasing in asked)
    return found - {Kind.OPEN} or found


def _of_notice(notice: Notice) -> Iterator[Passage]:
    years = notice.years or ((notice.issued.year,) if notice.issued else ())
    scope = Scope(
        provinces=frozenset([notice.province] if notice.province else []),
        years=frozenset(years),
        schools=schools_in(normal(notice.title)),
    )
    source = Source(title=notice.title, number=notice.number, issued=notice.issued)
    base = Passage(
        kind="clause",
        text="",
        own="",
        source=source,
        scope=scope,
        title=normal(_called(notice)),
        about=normal(" ".join(_opening(notice))),
        notice=notice,
    )
    yield from _head(notice, base)
    for section in notice.sections:
        opens = section is notice.sections[0] and bool(_opening(notice))
        for passage in _of_section(section, (), base):
            of_opening = opens and passage.kind == "clause"
            yield replace(passage, kind="preamble") if of_opening else passage


def _opening(notice: Notice) -> tuple[str, ...]:
    """The paragraphs before the first heading, where there are headings."""
    first, *others = notice.sections or (None,)
    opens = first and others and not (first.heading or first.number)
    return first.paragraphs if first and opens else ()


def _called(notice: Notice) -> str:
    return " ".join((notice.title, *notice.issuers, *abbreviations(notice), *sites_in(notice)))


def _head(notice: Notice, base: Passage) -> Iterator[Passage]:
    if not notice.issued:
        return
    day = f"{notice.issued.year}年{notice.issued.month}月{notice.issued.day}日"
    issuers = " ".join(notice.issuers)
    text = simplified(f"{issuers or '发文单位'}于{day}印发《{notice.title}》{notice.number}。")
    own = normal(f"{text}\n{ISSUE_WORDS}")
    yield replace(base, kind="head", text=text, own=own, label="发文")


def _of_section(section: Section, path: Sequence[Section], base: Passage) -> Iterator[Passage]:
    path = (*path, section)
    headings = normal(" ".join(_names(part) for part in path))
    here = replace(base, source=replace(base.source, section=_place(path)), label=_heading(path))
    if len(section.heading) >= _SAYS_SOMETHING:
        yield replace(
            here, text=simplified(section.heading), own=normal(section.heading), context=headings
        )
    for paragraph in section.paragraphs[:-1] if _introduces(section) else section.paragraphs:
        yield from pieces_of(paragraph, headings, here)
    for table in section.tables:
        yield from _of_table(table, headings, here)
    yield from _whole(section, headings, here)
    at = _place_told(section)
    for child in section.children:
        intro = section.paragraphs[-1] if _introduces(section) else ""
        for passage in _of_section(child, path, base):
            if passage.kind == "clause":
                passage = _introduced(replace(passage, around=passage.around or at), intro)
            yield passage


def _place_told(section: Section) -> str:
    """1. 时间：…  2. 地点：… in a list: the days are those at that place."""
    told = [" ".join((child.heading, *child.paragraphs)) for child in section.children]
    return normal(" ".join(text for text in told if _OF_A_PLACE.match(text)))


def _introduced(passage: Passage, intro: str) -> Passage:
    """作业抄袭的 says nothing without 有下列情形之一的，考核为不合格： before it."""
    if not intro or len(intro) > _LONGEST_INTRO or len(passage.text) > _LONGEST_INTRO:
        return passage
    return replace(passage, text=f"{simplified(intro)}{passage.text}")


def _whole(section: Section, headings: str, here: Passage) -> Iterator[Passage]:
    """The section as one passage, for questions that ask for all of it."""
    listed = [*section.paragraphs, *(f"{child.number}{_said(child)}" for child in section.children)]
    introduced = bool(section.heading or _introduces(section))
    if introduced and any(listed):
        text = simplified("\n".join(listed))
        yield replace(here, kind="section", text=text, own=headings, context=normal(text))
        if _introduces(section):  # a list answers what its first line announces
            yield replace(here, text=text, own=normal(text), context=headings)


def _said(section: Section) -> str:
    """What a part of a list says in a line: its heading, with what stands below if short."""
    first = section.paragraphs[0] if section.paragraphs else ""
    if section.heading and first and len(section.heading) + len(first) <= _LONGEST_LINE:
        return f"{section.heading}：{first}"
    return section.heading or first


def _names(section: Section) -> str:
    """What the parts below a section are about: its heading and the line that introduces them."""
    return f"{section.heading} {section.paragraphs[-1] if _introduces(section) else ''}"


def _introduces(section: Section) -> bool:
    """有下列情形之一的： before a list."""
    last = section.paragraphs[-1] if section.paragraphs else ""
    return bool(section.children) and last.rstrip().endswith(("：", ":"))


def _place(path: Sequence[Section]) -> str:
    printed = [part.number for part in path if part.number]
    numbers = " ".join(  # 7.1 says its 7 itself
        number
        for number, below in zip(printed, [*printed[1:], ""], strict=False)
        if not below.startswith(f"{number.rstrip('.')}.")
    )
    return simplified(f"{numbers} {_heading(path)}".strip())


def _heading(path: Sequence[Section]) -> str:
    return simplified(next((part.heading for part in reversed(path) if part.heading), ""))


def _of_table(table: Table, headings: str, here: Passage) -> Iterator[Passage]:
    context = f"{headings} {normal(table.caption)} {normal(' '.join(table.header))}"
    units = units_of(table.header, f"{here.label} {table.caption}")
    for row in table.rows:
        cells = [
            f"{head}：{with_unit(cell, unit)}" if head and head != cell else cell
            for head, cell, unit in zip(table.header, row, units, strict=False)
            if cell
        ]
        text = simplified("；".join(dict.fromkeys(cells)))
        label = simplified(next((cell for cell in row if cell), ""))
        said = cells[1:] if len(text) > _LONGEST_ROW and len(cells) > 1 else [text]
        for part in map(simplified, said):
            shown = part if said == [text] else f"{one_line(label)}；{part}"
            yield replace(
                here, kind="row", text=shown, own=normal(shown), context=context, label=label
            )


def _of_programme(programme: Programme, around: str) -> Iterator[Passage]:
    title = f"{normal(programme.title)} {around}"
    provinces = frozenset([programme.province] if programme.province else [])
    common = Scope(
        provinces=provinces,
        years=frozenset(programme.years),
        programme=programme.title,
        schools=schools_in(normal(programme.title)) or schools_in(normal(programme.source.title)),
    )
    for stage in programme.stages:
        scope = replace(common, stage=stage.name)
        source = replace(programme.source, section=simplified(stage.name))
        text = simplified(f"{stage.name}：{stage.when}")
        yield Passage(
            kind="stage",
            text=text,
            own=normal(f"{text}\n{STAGE_WORDS}"),
            source=source,
            scope=scope,
            title=title,
            label=simplified(stage.name),
            stage=stage,
        )
        for task in stage.tasks:
            yield _of_task(task, stage, replace(scope, roles=frozenset([task.role])), source, title)


def _of_task(task: Task, stage: Stage, scope: Scope, source: Source, title: str) -> Passage:
    due = due_of(task, stage)
    text = simplified(f"{task.title}：{task.detail}" if task.detail else task.title)
    label = simplified(f"{task.role}·{stage.name}")
    return Passage(
        kind="task",
        text=text,
        own=normal(f"{text} {task.due_text}"),
        source=replace(source, section=simplified(f"{stage.name} · {task.role} {task.position}.")),
        scope=scope,
        context=normal(f"{task.role} {stage.name} {due.month}月{due.day}日 {DUE_WORDS}"),
        title=title,
        label=label,
        task=task,
        stage=stage,
    )
