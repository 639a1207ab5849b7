"""Golden questions that an import must not make worse: the bundled ones, and those kept here."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.documents_at_hand import SQLITE_FILE, with_bundled
from bot.evaluating import question_sets
from knowledge import bundled
from knowledge.answering.library import Library
from knowledge.documents import Document
from knowledge.evaluation import GoldenQuestion, Result, evaluated
from knowledge.question_files import as_json_line

MUST_HAVES = Path(bundled.__file__).with_name("golden") / "must-haves.yaml"
SHOWN = 10


def file_beside(database_url: str) -> Path:
    """golden.jsonl beside the database file, or in var/ where the database is a server."""
    file = SQLITE_FILE.fullmatch(database_url)
    return Path(file["path"]).with_name("golden.jsonl") if file else Path("var/golden.jsonl")


def golden_questions(database_url: str, today: date) -> list[GoldenQuestion]:
    kept = file_beside(database_url)
    paths = [MUST_HAVES, kept] if kept.exists() else [MUST_HAVES]
    return [
        question
        for path in paths
        for one in question_sets(path, today)
        for question in one.questions
    ]


def keep(database_url: str, results: Sequence[Result]) -> int:
    """Adds what is right to the file, once; says how many questions were added."""
    path = file_beside(database_url)
    lines = [as_json_line(result.question) for result in results if result.right]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        file.seek(0)
        there = set(file.read().splitlines())
        new = [line for line in dict.fromkeys(lines) if line not in there]
        file.writelines(f"{line}\n" for line in new)
    return len(new)


def made_worse(
    questions: Sequence[GoldenQuestion], before: Sequence[Document], after: Sequence[Document]
) -> list[Result]:
    """Those that are wrong after an import and were right before it."""
    missed = [each for each in evaluated(_library(after), questions) if not each.right]
    if not missed:
        return []
    earlier = evaluated(_library(before), [each.question for each in missed])
    return [now for now, then in zip(missed, earlier, strict=True) if then.right]


def _library(imported: Sequence[Document]) -> Library:
    return Library(with_bundled(imported))


def named(worse: Sequence[Result]) -> str:
    """One line for each question."""
    lines = [
        f"· {miss.turn.ask}：{'；'.join(miss.wrong)}"
        for result in worse
        for miss in result.misses[:1]
    ]
    more = [f"……共 {len(lines)} 个"] if len(lines) > SHOWN else []
    return "\n".join([*lines[:SHOWN], *more])
