"""Public questions with the documents that answer them: NAME.docs, .queries and .noisy.jsonl.gz."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.refusal import Refused


@dataclass(frozen=True, slots=True)
class Query:
    id: int
    text: str
    right: frozenset[int]  # places in `documents`


@dataclass(frozen=True, slots=True)
class Corpus:
    name: str
    documents: tuple[str, ...]
    queries: tuple[Query, ...]  # those of the split `test`
    noisy: dict[str, tuple[Query, ...]] = field(default_factory=dict)  # by kind of disturbance


def corpora_in(folder: Path, rows: int | None = None) -> Iterator[Corpus]:
    """`rows`: no more than so many queries."""
    files = sorted(folder.glob("*.docs.jsonl.gz"))
    if not files:
        raise Refused(f"{folder}：没有 NAME.docs.jsonl.gz")
    for path in files:
        name = path.name.removesuffix(".docs.jsonl.gz")
        try:
            yield _corpus(name, folder, rows)
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise Refused(f"{folder}：{name} 读不了（{error}）") from None


def _corpus(name: str, folder: Path, rows: int | None) -> Corpus:
    documents = _rows(folder / f"{name}.docs.jsonl.gz")
    places = {row["id"]: place for place, row in enumerate(documents)}
    disturbed = folder / f"{name}.noisy.jsonl.gz"
    noisy = _rows(disturbed) if disturbed.exists() else []
    also_noisy = {row["id"] for row in noisy}
    queries = [row for row in _rows(folder / f"{name}.queries.jsonl.gz") if row["split"] == "test"]
    if rows is not None:  # those that come disturbed as well go first, to be compared with
        queries = sorted(queries, key=lambda row: row["id"] not in also_noisy)[:rows]
    chosen = {row["id"] for row in queries}
    kinds: dict[str, list[Query]] = {}
    for row in noisy:
        if row["id"] in chosen:
            kinds.setdefault(row["kind"], []).append(_query(row, places))
    return Corpus(
        name,
        tuple(row["text"] for row in documents),
        tuple(_query(row, places) for row in queries),
        {kind: tuple(found) for kind, found in kinds.items()},
    )


def _query(row: dict[str, Any], places: dict[Any, int]) -> Query:
    return Query(
        row["id"], row["text"], frozenset(places[one] for one in row["rel"] if one in places)
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
