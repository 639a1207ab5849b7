"""A later notice moves the days of a programme: 集中研讨由8月22日至23日，调整为9月17日至18日."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.chinese.dates import DateMention, find_dates
from knowledge.chinese.normal import normal
from knowledge.names import bare_name
from knowledge.notices import Notice
from knowledge.programme.values import Programme, Stage, Task

_SENTENCE = re.compile(r"[^。；;\n]+")
_CHANGE = re.compile(r"(?:调整|改|变更|更正|延期|推迟|提前|顺延|修改|延长|延)(?:为|到|至|成)")


@dataclass(frozen=True, slots=True)
class Move:
    """One sentence of a notice that puts a new day or span in the place of an old one."""

    sentence: str
    old: DateMention | None  # None where the sentence names only the new one
    new: DateMention
    notice: Notice

    @property
    def said(self) -> str:
        old = f"原为{self.old.text}，" if self.old else ""
        return f"{old}按{self.notice.number or self.notice.title}改为{self.new.text}"


def amended(programmes: Sequence[Programme], notices: Sequence[Notice]) -> list[Programme]:
    """The programmes as later notices have left them; the older notice first, the newest wins."""
    in_order = sorted(notices, key=lambda notice: notice.issued or date.min)
    changed = list(programmes)
    for notice in in_order:
        moves = list(_moves(notice)) if notice.amends else []
        if moves:
            changed = [
                _moved(programme, moves) if _concerns(notice, programme) else programme
                for programme in changed
            ]
    return changed


def _concerns(notice: Notice, programme: Programme) -> bool:
    source = programme.source
    names = {bare_name(text) for text in (source.number, source.title, programme.title) if text}
    return any(bare_name(amends) in names for amends in notice.amends)


def _moves(notice: Notice) -> Iterator[Move]:
    year = notice.years[0] if notice.years else notice.issued.year if notice.issued else None
    for text in notice.texts():
        for hit in _SENTENCE.finditer(text):
            turn = _CHANGE.search(hit[0])
            dates = find_dates(hit[0], year=year) if turn else []
            new = [day for day in dates if turn and day.begin >= turn.end() - 1]
            old = [day for day in dates if turn and day.stop <= turn.start()]
            if new:
                yield Move(hit[0], old[-1] if old else None, new[0], notice)


def _moved(programme: Programme, moves: Sequence[Move]) -> Programme:
    return replace(
        programme, stages=tuple(_stage_moved(stage, moves) for stage in programme.stages)
    )


def _stage_moved(stage: Stage, moves: Sequence[Move]) -> Stage:
    for move in moves:
        starts, ends = move.new.start, move.new.end
        if bare_name(stage.name) in bare_name(move.sentence) and _was(
            move, stage.ends, stage.starts
        ):
            stage = replace(
                stage,
                starts=starts or stage.starts,
                ends=ends or stage.ends,
                when=move.new.text,
                reading=move.said,
            )
    return replace(stage, tasks=tuple(_task_moved(task, moves) for task in stage.tasks))


def _task_moved(task: Task, moves: Sequence[Move]) -> Task:
    """A task's own deadline moves where the sentence names the old day and speaks of the task."""
    for move in moves:
        last = move.new.end or move.new.start
        if task.due and last and move.old and _was(move, task.due) and _speaks_of(move, task):
            task = replace(task, due=last, due_text=f"{move.new.text}（{move.said}）")
    return task


def _was(move: Move, *days: date) -> bool:
    """Whether the old day that the sentence names is one of these, as far as it is printed."""
    if move.old is None:
        return True
    printed = [moment for moment in (move.old.first, move.old.last) if moment.month]
    return any(
        (moment.month, moment.day) in {(day.month, day.day), (day.month, None)}
        for moment in printed
        for day in days
    )


def _speaks_of(move: Move, task: Task) -> bool:
    sentence, words = normal(move.sentence), normal(f"{task.title}{task.detail}")
    pairs = {words[i : i + 2] for i in range(len(words) - 1) if words[i : i + 2].isalpha()}
    return sum(pair in sentence for pair in pairs) >= 2
