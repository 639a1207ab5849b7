"""Later notices change a programme: days, amounts, tasks that are called off. Only what is plain
is taken over; the rest is for somebody to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.names import bare_name
from knowledge.notices import Notice
from knowledge.programme.amending_days import was
from knowledge.programme.amending_stages import with_stage_moved
from knowledge.programme.amending_tasks import with_amount, with_due, without
from knowledge.programme.change_sentences import (
    Cancelled,
    NewAmount,
    NewDay,
    Otherwise,
    Restated,
    Said,
    said_in,
)
from knowledge.programme.deadlines import deadlines_of
from knowledge.programme.naming import (
    Meant,
    cancelled_by,
    for_some,
    meant_by,
    names_something_of,
)
from knowledge.programme.values import Programme

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Amended:
    """`left`: what the notice says and the programme does not follow, in its words."""

    programme: Programme
    left: tuple[str, ...]


def amended(programmes: Sequence[Programme], notices: Sequence[Notice]) -> list[Programme]:
    """The programmes as later notices have left them; the older notice first, the newest wins."""
    changed = list(programmes)
    for notice in _in_order(notices):
        changed = [_after(one, notice).programme if _of(notice, one) else one for one in changed]
    return changed


def left_to_check(
    programmes: Sequence[Programme], notices: Sequence[Notice], notice: Notice
) -> list[str]:
    """What this notice, one of the `notices`, changes in words that are followed nowhere."""
    earlier = [one for one in notices if (one.number, one.title) != (notice.number, notice.title)]
    left: list[tuple[str, ...]] = []
    for programme in programmes:
        if not _of(notice, programme):
            continue
        for one in _in_order([*earlier, notice]):
            if _of(one, programme):
                done = _after(programme, one)
                programme = done.programme
                left += [done.left] if one is notice else []
    nowhere = [words for words in (left[0] if left else ()) if all(words in each for each in left)]
    whole = [one for one in nowhere if not any(one in each and one != each for each in nowhere)]
    return [
        f"通知还提到：{_short(words)}，任务表里没有改，请核对" for words in dict.fromkeys(whole)
    ]


def _in_order(notices: Sequence[Notice]) -> list[Notice]:
    return sorted(
        (one for one in notices if one.amends), key=lambda notice: notice.issued or date.min
    )


def _of(notice: Notice, programme: Programme) -> bool:
    source = programme.source
    names = {bare_name(text) for text in (source.number, source.title, programme.title) if text}
    return any(bare_name(amends) in names for amends in notice.amends)


def _after(programme: Programme, notice: Notice) -> Amended:
    left: list[str] = []
    topic = ""
    for said in said_in(notice):
        topic = _topic(said, programme) or ("" if isinstance(said, Restated) else topic)
        meant = meant_by(topic, programme)
        if isinstance(said, Restated):
            if _is_news(said, meant):
                left.append(said.words.text)
            continue
        done = _applied(programme, said, meant, notice)
        if done:
            programme = done
        elif _is_of_tasks(said, programme):
            left.append(said.words.text)
    return Amended(programme, tuple(left))


def _topic(said: Said, programme: Programme) -> str:
    """The last clause that names anything; 字数由… goes on with what was spoken of before."""
    clauses = reversed(said.words.clauses)
    return next((clause for clause in clauses if meant_by(clause, programme).named), "")


def _applied(programme: Programme, said: Said, meant: Meant, notice: Notice) -> Programme | None:
    """None where it is not plain what is meant."""
    if for_some(said.words, programme):
        return None
    one = meant.tasks[0] if len(meant.tasks) == 1 else None
    match said:
        case NewDay() if meant.stage:
            return with_stage_moved(programme, meant.stage, said, notice)
        case NewDay() if one:
            return with_due(programme, one, said, notice)
        case NewAmount() if one:
            return with_amount(programme, one, said, notice)
        case Cancelled(what=what):
            things = cancelled_by(what, programme)
            plain = all(len(thing) == 1 for thing in things)
            return without(programme, [thing[0][1] for thing in things]) if plain else None
        case _:
            return None


def _is_news(said: Restated, meant: Meant) -> bool:
    """A day for a task or a stage that is none of those it has."""
    if meant.stage:
        known: tuple[date, ...] = (meant.stage.starts, meant.stage.ends)
    elif len(meant.tasks) == 1:
        stage, task = meant.tasks[0]
        known = (*deadlines_of(task, stage), stage.starts, stage.ends)
    else:
        return False
    return not all(was(day, *known) for day in said.days)


def _is_of_tasks(said: Said, programme: Programme) -> bool:
    """A new fee or telephone number is nothing that a list of tasks could follow."""
    match said:
        case NewAmount() | Otherwise():
            new = any(word in said.words.text for word in ("新增", "增加", "增设"))
            return new or names_something_of("".join(said.words.clauses), programme)
        case _:
            return True


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
