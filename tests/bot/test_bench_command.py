"""`yanxiu bench answers`: engines side by side on the same questions."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from bot.benchmarks.answers import Measured, Missing, measure, table
from bot.benchmarks.corpora import Corpus, corpora_in
from bot.benchmarks.engines import ENGINES, NotInstalled, _installed
from tests.bot.conftest import Yanxiu

DOCUMENTS = ["学员于五月八日报到。", "住宿费由培训经费列支。", "每位教师提交一份作业。"]
QUERIES = [
    {"id": 0, "text": "什么时候报到", "rel": [10], "split": "test"},
    {"id": 1, "text": "作业交几份", "rel": [12], "split": "test"},
    {"id": 2, "text": "住宿费谁出", "rel": [11], "split": "test"},
    {"id": 3, "text": "不算这个", "rel": [10], "split": "dev"},
]
NOISY = [{"id": 2, "kind": "trad", "text": "住宿費誰出", "rel": [11]}]


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(map(json.dumps, rows)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = [{"id": 10 + place, "text": text} for place, text in enumerate(DOCUMENTS)]
    write(tmp_path / "small.docs.jsonl.gz", documents)
    write(tmp_path / "small.queries.jsonl.gz", QUERIES)
    write(tmp_path / "small.noisy.jsonl.gz", NOISY)
    return tmp_path


@pytest.fixture
def corpus(folder: Path) -> Corpus:
    [corpus] = corpora_in(folder)
    return corpus


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_that_is_there_finds_the_plain_cases(corpus: Corpus, engine: str) -> None:
    match measure(engine, corpus):
        case Measured(hit=hit, change=change):
            assert hit == 1.0
            assert set(change) == {"trad"}
        case Missing(library=library):
            assert library in ("bm25s", "tantivy")


def test_ours_reads_traditional_as_simplified(corpus: Corpus) -> None:
    row = measure("yanxiu", corpus)

    assert isinstance(row, Measured)
    assert row.change == {"trad": 0.0}


def test_engine_that_is_not_installed_says_so(corpus: Corpus) -> None:
    with pytest.raises(NotInstalled, match="no_such_engine"):
        _installed("no_such_engine")
    assert "not installed (tantivy)" in "\n".join(table(corpus, [Missing("t", "tantivy")]))


def test_times_are_compared_with_ours(corpus: Corpus) -> None:
    rows = [Measured("a", 0.5, 2.0, 1.0, {"trad": 0.0}), Measured("b", 0.4, 1.0, 1.0, {"trad": -5})]

    lines = list(table(corpus, rows))

    assert "1.00" in lines[2]
    assert "0.50" in lines[3]
    assert lines[3].endswith("-5.0")


def test_fewer_rows_keep_those_that_can_be_compared(folder: Path) -> None:
    [corpus] = corpora_in(folder, rows=1)

    assert [query.id for query in corpus.queries] == [2]
    assert [query.id for query in corpus.noisy["trad"]] == [2]


def test_command_prints_the_table(yanxiu: Yanxiu, folder: Path) -> None:
    ran = yanxiu("bench", "answers", "--data", str(folder), "--engine", "yanxiu")

    assert ran.code == 0
    assert "small: 3 documents, 3 queries" in ran.out
    assert "yanxiu" in ran.out


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["--data", "nowhere"], 1, "nowhere"),
        (["--data", ".", "--engine", "x"], 2, "yanxiu"),
        (["--data", ".", "--rows", "0"], 2, "rows"),
    ],
)
def test_mistakes_are_said_plainly(
    yanxiu: Yanxiu, arguments: list[str], code: int, word: str
) -> None:
    ran = yanxiu("bench", "answers", *arguments)

    assert (ran.code, ran.out) == (code, "")
    assert word in ran.err


def test_broken_file_is_refused(yanxiu: Yanxiu, folder: Path) -> None:
    (folder / "small.queries.jsonl.gz").write_bytes(b"no gzip")

    ran = yanxiu("bench", "answers", "--data", str(folder))

    assert (ran.code, len(ran.err.splitlines())) == (1, 1)
