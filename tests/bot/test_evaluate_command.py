"""`yanxiu evaluate`: a file of questions in, what is right and what is not out."""

import json
from pathlib import Path

import pytest

from tests.bot.conftest import Yanxiu

QUESTIONS = [
    {"id": "a", "category": "card", "question": "云南什么时候报到", "must": ["25号"]},
    {"id": "b", "category": "card", "question": "云南什么时候报到", "must": ["8月"]},
    {"id": "c", "category": "sample", "question": "青溪读书班哪天报到", "must": ["5月8日"]},
]
NOTICE = "青溪市教育局关于举办2016年读书班的通知\n\n各校：\n一、报到时间\n2016年5月8日报到。\n"


@pytest.fixture
def folder(bare_environment: Path) -> Path:
    rows = "\n".join(json.dumps(row) for row in QUESTIONS)
    (bare_environment / "questions.jsonl").write_text(rows, encoding="utf-8")
    (bare_environment / "读书班.txt").write_text(NOTICE, encoding="utf-8")
    return bare_environment


def test_report_names_each_miss_and_the_shares(yanxiu: Yanxiu, folder: Path) -> None:
    ran = yanxiu("evaluate", "questions.jsonl", "--notices", "读书班.txt")

    assert ran.code == 0
    assert "b  云南什么时候报到" in ran.out
    assert "没有说 8月" in ran.out
    assert "sample       1/1 = 1.000" in ran.out
    assert ran.out.endswith("答错却很肯定 1/3 = 0.333\n答对 2/3 = 0.667\n")
    assert not (folder / "var").exists()


def test_json_report_can_be_read_by_a_program(yanxiu: Yanxiu, folder: Path) -> None:
    row = json.loads(yanxiu("evaluate", "questions.jsonl", "--json").out)

    assert (row["total"], row["right"], row["wrong_but_sure"]) == (3, 1, 1)
    assert [miss["id"] for miss in row["misses"]] == ["b", "c"]


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("none.jsonl", None, "读不了"),
        ("bad.jsonl", b"{oops\n", "第1行"),
        ("bad.yaml", b"- questions:\n    card:\n      - must: [x]\n", "第3行"),
        ("bytes.jsonl", b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_unreadable_questions_are_refused_in_one_line(
    yanxiu: Yanxiu, folder: Path, name: str, content: bytes | None, word: str
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)

    ran = yanxiu("evaluate", name)

    assert (ran.code, ran.out, len(ran.err.splitlines())) == (1, "", 1)
    assert word in ran.err
