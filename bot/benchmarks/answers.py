"""`yanxiu bench answers`: our index beside other engines, on the same questions in one run."""

import multiprocessing
import os
import statistics
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from time import perf_counter

from bot.benchmarks.corpora import Corpus, Query
from bot.benchmarks.engines import ENGINES, NotInstalled, Search


@dataclass(frozen=True, slots=True)
class Measured:
    engine: str
    hit: float  # share of the test queries whose first document is right
    median_ms: float  # per question, cutting included
    build_s: float
    change: dict[str, float] = field(default_factory=dict)  # by disturbance, in points


@dataclass(frozen=True, slots=True)
class Missing:
    engine: str
    library: str


Row = Measured | Missing


def measured(corpus: Corpus, engines: Sequence[str] = ()) -> Iterator[Row]:
    """Each engine in a process of its own on one core, one after the other."""
    for name in engines or ENGINES:
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=spawn, initializer=_one_core) as alone:
            yield alone.submit(measure, name, corpus).result()


def _one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def measure(name: str, corpus: Corpus) -> Row:
    begin = perf_counter()
    try:
        search = ENGINES[name](corpus.documents)
    except NotInstalled as missing:
        return Missing(name, str(missing))
    build = perf_counter() - begin
    times: list[float] = []
    right = {query.id: _is_right(search, query, times) for query in corpus.queries}
    return Measured(
        name,
        statistics.fmean(right.values()) if right else 0.0,
        1000 * statistics.median(times) if times else 0.0,
        build,
        {kind: _change(search, queries, right) for kind, queries in corpus.noisy.items()},
    )


def _is_right(search: Search, query: Query, times: list[float]) -> bool:
    begin = perf_counter()
    found = search(query.text)
    times.append(perf_counter() - begin)
    return found in query.right


def _change(search: Search, disturbed: Sequence[Query], right: dict[int, bool]) -> float:
    """Against the same questions undisturbed, in points."""
    pairs = [(search(query.text) in query.right, right[query.id]) for query in disturbed]
    return 100 * statistics.fmean(now - clean for now, clean in pairs)


def table(corpus: Corpus, rows: Sequence[Row]) -> Iterator[str]:
    kinds = list(corpus.noisy)
    yield f"{corpus.name}: {len(corpus.documents)} documents, {len(corpus.queries)} queries"
    heads = "".join(f"{kind:>10}" for kind in kinds)
    yield f"{'engine':22}{'hit@1':>7}{'ms':>8}{'times':>7}{'build s':>9}{heads}"
    ours = next((row.median_ms for row in rows if isinstance(row, Measured)), 0.0)
    for row in rows:
        match row:
            case Missing(engine, library):
                yield f"{engine:22}not installed ({library})"
            case Measured(engine, hit, median, build, change):
                changes = "".join(f"{change[kind]:+10.1f}" for kind in kinds)
                ratio = median / ours if ours else 0.0
                yield f"{engine:22}{hit:7.3f}{median:8.3f}{ratio:7.2f}{build:9.2f}{changes}"
