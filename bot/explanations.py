"""How an answer came about, as lines to read and as JSON."""

from collections.abc import Iterator
from typing import Any

from knowledge.answering.explaining import Considered, Explanation
from knowledge.answering.questions import Question
from knowledge.answering.scoping import Wanted

ASKED = {  # kinds of question
    "when": "什么时候",
    "how long": "多久",
    "how many": "多少",
    "how much": "多少钱",
    "ratio": "比例",
    "where": "在哪里",
    "who": "谁",
    "whether": "是不是",
    "which of two": "二选一",
    "how to reach": "怎么联系",
    "what to do": "做什么",
    "how": "怎么办",
    "what": "是什么",
    "open": "没有问词",
}


def lines(explained: Explanation) -> Iterator[str]:
    read = explained.reading
    repaired = explained.verdict.read_as
    yield f"读作：{read.text}" + (f"（{repaired}）" if repaired else "")
    unit = f"，单位 {read.asked.unit}" if read.asked.unit else ""
    yield f"  问的是：{ASKED[read.asked.kind.value]}{unit}"
    if explained.weights:
        words = "，".join(f"{word} {weight:.1f}" for word, weight in explained.weights)
        yield f"  要覆盖的词：{words}"
    if read.guesses:
        yield f"  问句里的说法：{'、'.join(read.guesses)}"
    yield f"范围：{_scope_line(explained.scope)}"
    for number, each in enumerate(explained.candidates, start=1):
        yield from _candidate_lines(number, each)
    yield f"结论：{explained.why}"


def _scope_line(scope: Wanted) -> str:
    parts = (
        "、".join(sorted(scope.provinces)),
        "、".join(f"{year}年" for year in sorted(scope.years)),
        "、".join(sorted(scope.roles)),
        "、".join(sorted(scope.stages)),
    )
    return "；".join(filter(None, parts)) or "不限"


def _candidate_lines(number: int, each: Considered) -> Iterator[str]:
    out = f"  ✗ 不合{each.excluded}" if each.excluded else ""
    figure = f"  数：{each.figure}" if each.figure else ""
    yield (
        f"{number}. {each.score:.2f}  覆盖 {each.cover:.2f}  合问法 {each.fit:.2f}"
        f"{figure}  [{each.kind}]{out}"
    )
    yield f"   {' '.join(each.text.split())[:80]}"
    hits = [f"{hit.word}（{hit.where} {hit.share:.2f}）" for hit in each.hits if hit.share]
    missed = [hit.word for hit in each.hits if not hit.share]
    lacking = f"；没有：{'、'.join(missed)}" if missed else ""
    yield f"   有：{'、'.join(hits) or '无'}{lacking}"


def as_json(explained: Explanation) -> dict[str, Any]:
    return {
        "reading": _reading(explained.reading, explained),
        "scope": {
            "provinces": sorted(explained.scope.provinces),
            "years": sorted(explained.scope.years),
            "roles": sorted(explained.scope.roles),
            "stages": sorted(explained.scope.stages),
        },
        "candidates": [_candidate(each) for each in explained.candidates],
        "why": explained.why,
    }


def _reading(read: Question, explained: Explanation) -> dict[str, Any]:
    return {
        "text": read.text,
        "repairs": explained.verdict.read_as,
        "kind": read.asked.kind.value,
        "unit": read.asked.unit,
        "terms": [{"word": word, "weight": round(weight, 3)} for word, weight in explained.weights],
        "guesses": list(read.guesses),
        "provinces": list(read.provinces),
        "years": list(read.years),
        "roles": list(read.roles),
        "stages": list(read.stages),
    }


def _candidate(each: Considered) -> dict[str, Any]:
    return {
        "text": each.text,
        "kind": each.kind,
        "source": each.source,
        "score": round(each.score, 3),
        "cover": round(each.cover, 3),
        "fit": round(each.fit, 3),
        "figure": each.figure,
        "hits": [
            {"word": hit.word, "share": round(hit.share, 3), "where": hit.where}
            for hit in each.hits
        ],
        "excluded": each.excluded,
    }
