"""`yanxiu ask`: one answer, or JSON lines in and out."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bot.conftest import Yanxiu

ROOT = Path(__file__).parent.parent.parent
ROW_KEYS = {"id", "outcome", "answer", "options", "sources", "read_as"}
HEAVY = (
    *("aiogram", "telegram", "apscheduler", "uvicorn", "starlette", "sqlalchemy"),
    *("docx", "pdfplumber", "openpyxl", "bs4", "lxml", "rich"),
)


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_answer_comes_first_then_its_source(yanxiu: Yanxiu) -> None:
    ran = yanxiu("ask", "云南什么时候报到")

    assert ran.code == 0
    assert ran.out.startswith("25号")
    assert "来源" in ran.out


def test_nothing_is_written_by_asking(yanxiu: Yanxiu, tmp_path: Path) -> None:
    yanxiu("ask", "云南什么时候报到")

    assert list(tmp_path.iterdir()) == []


def test_json_answer_has_the_agreed_shape(yanxiu: Yanxiu) -> None:
    ran = yanxiu("ask", "学员集中研修什么时候", "--region", "山东", "--json")

    [row] = lines(ran.out)
    assert set(row) == ROW_KEYS
    assert row["outcome"] == "answered"
    assert set(row["sources"][0]) == {"title", "number", "section", "issued"}


def test_batch_keeps_its_order_and_names_bad_lines(yanxiu: Yanxiu) -> None:
    given = "\n".join(
        [
            '\ufeff{"id": "a", "question": "云南什么时候报到"}',
            "{oops",
            "",
            '{"id": "b"}',
            '{"id": "c", "question": "食堂几点开门", "context": {"year": "2015"}}',
            '{"id": "d", "question": "x", "context": {"today": "soon"}}',
            '{"id": "e", "question": "什么\\ud800时候报到", "context": {"region": "云南"}}',
            '["f"]',
            '{"id": "g", "question": "y", "context": {"region": 5}}',
        ]
    )

    ran = yanxiu("ask", "--batch", "-", given=given.encode() + b"\n\xff\n")

    assert ran.code == 1
    assert [(row["id"], row["outcome"]) for row in lines(ran.out)] == [
        ("a", "answered"),
        ("c", "unknown"),
        ("e", "answered"),
    ]
    assert [line.split("：")[0] for line in ran.err.splitlines()[:-1]] == [
        f"第 {number} 行" for number in (2, 4, 6, 8, 9, 10)
    ]


def test_turns_of_one_conversation_carry_the_subject_on(yanxiu: Yanxiu) -> None:
    turns = [
        {"id": 1, "question": "江西国培什么时候开课", "conversation": "a"},
        {"id": 2, "question": "云南呢", "conversation": "b"},
        {"id": 3, "question": "云南呢", "conversation": "a"},
    ]

    given = "\n".join(map(json.dumps, turns)).encode()
    rows = lines(yanxiu("ask", "--batch", "-", given=given).out)

    assert "10月13" in rows[0]["answer"]
    assert "25号" in rows[2]["answer"]
    assert rows[1]["answer"] != rows[2]["answer"]


def test_batch_reads_a_file(yanxiu: Yanxiu, tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text(
        '{"question": "云南什么时候报到"}\n', encoding="utf-8"
    )

    ran = yanxiu("ask", "--batch", "questions.jsonl")

    assert (ran.code, lines(ran.out)[0]["id"]) == (0, None)


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["ask"], 2, "--batch"),
        (["ask", "x", "--batch", "-"], 2, "--batch"),
        (["ask", "x", "--today", "soon"], 2, "today"),
        (["ask", "x", "--year", "soon"], 2, "--year"),
        (["ask", "--batch", "none.jsonl"], 1, "none.jsonl"),
        (["ask", "--batch", "."], 1, "读不了"),
    ],
)
def test_mistakes_are_said_in_one_line(
    yanxiu: Yanxiu, arguments: list[str], code: int, word: str
) -> None:
    ran = yanxiu(*arguments)

    assert (ran.code, ran.out) == (code, "")
    assert word in ran.err
    assert "Traceback" not in ran.err


def start(*arguments: str, folder: Path, **more: Any) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **more,
    )


def test_asking_imports_nothing_of_the_bot(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from bot.cli import main\n"
        "try:\n    main(['ask', '云南什么时候报到'])\n"
        "except SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )

    assert run.stdout.decode().splitlines()[-1] == "[]"


def test_each_line_is_answered_before_the_next_is_given(tmp_path: Path) -> None:
    with start("ask", "--batch", "-", folder=tmp_path) as asking:
        assert asking.stdin
        assert asking.stdout
        for _ in range(2):
            asking.stdin.write('{"id": 1, "question": "云南什么时候报到"}\n'.encode())
            asking.stdin.flush()
            assert b'"id": 1' in asking.stdout.readline()
        asking.send_signal(signal.SIGINT)
        _, complaint = asking.communicate()

    assert b"Traceback" not in complaint


def test_reader_that_goes_away_is_no_trouble(tmp_path: Path) -> None:
    with start("ask", "--batch", "-", folder=tmp_path) as asking:
        assert asking.stdout
        asking.stdout.close()
        assert asking.stdin
        asking.stdin.write(b'{"question": "x"}\n')
        asking.stdin.close()
        assert asking.stderr
        complaint = asking.stderr.read()

    assert complaint == b""
