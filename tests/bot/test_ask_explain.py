"""`yanxiu ask --explain`: how an answer came about."""

import json
from typing import Any

from bot.explanations import ASKED
from knowledge.answering.question_words import Kind
from tests.bot.conftest import Yanxiu


def explained(yanxiu: Yanxiu, *arguments: str) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(yanxiu("ask", *arguments, "--explain", "--json").out)
    return row


def test_answer_comes_first_and_is_the_same(yanxiu: Yanxiu) -> None:
    plain = yanxiu("ask", "云南什么时候报到").out

    ran = yanxiu("ask", "云南什么时候报到", "--explain")

    assert ran.code == 0
    assert ran.out.startswith(plain)
    assert "范围：云南" in ran.out
    assert "直接回答" in ran.out


def test_reading_scope_and_candidates_are_told(yanxiu: Yanxiu) -> None:
    row = explained(yanxiu, "观课抱告要多少字", "--region", "山东", "--year", "2015")

    told = row["explain"]
    assert "报告" in told["reading"]["repairs"]
    assert (told["reading"]["kind"], told["reading"]["unit"]) == ("how many", "字")
    assert (told["scope"]["provinces"], told["scope"]["years"]) == (["山东"], [2015])
    best = told["candidates"][0]
    assert "800字" in best["figure"]
    assert {"share", "where", "word"} == set(best["hits"][0])
    assert best["score"] >= told["candidates"][1]["score"]


def test_what_the_scope_leaves_out_is_named(yanxiu: Yanxiu) -> None:
    row = explained(yanxiu, "湖北什么时候报到")

    assert row["outcome"] == "unknown"
    assert "省份" in {each["excluded"] for each in row["explain"]["candidates"]}
    assert "不" in row["explain"]["why"]


def test_what_comes_from_the_programme_says_so(yanxiu: Yanxiu) -> None:
    row = explained(yanxiu, "集中研修的任务是什么", "--role", "学员", "--region", "山东")

    assert row["outcome"] == "answered"
    assert "任务安排" in row["explain"]["why"]
    assert row["explain"]["reading"]["stages"] == ["集中研修"]


def test_turn_that_goes_on_is_explained_as_it_was_understood(yanxiu: Yanxiu) -> None:
    turns = [
        {"question": "江西国培什么时候开课", "conversation": "a"},
        {"question": "云南呢", "conversation": "a"},
    ]

    given = "\n".join(map(json.dumps, turns)).encode()
    rows = yanxiu("ask", "--batch", "-", "--explain", given=given).out.splitlines()

    told = json.loads(rows[1])["explain"]
    assert told["reading"]["provinces"] == ["云南"]
    assert "开课" in told["reading"]["text"]


def test_text_without_a_question_is_explained_too(yanxiu: Yanxiu) -> None:
    assert explained(yanxiu, "？？")["explain"]["candidates"] == []


def test_every_kind_of_question_has_a_name() -> None:
    assert {kind.value for kind in Kind} <= set(ASKED)
