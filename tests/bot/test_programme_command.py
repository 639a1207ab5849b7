"""`yanxiu programme …` and `yanxiu reminders`."""

import json
from pathlib import Path

import pytest

from tests.bot.conftest import Yanxiu

pytestmark = pytest.mark.usefixtures("with_database")

PLAN = """
title: 2016年青溪县校本研修安排
years: [2016]
stages:
  - name: 读书
    when: 2016年3月1日-3月31日
    tasks:
      学员:
        - title: 读书
          detail: 写800字笔记。
"""


def test_show_has_the_agreed_shape(yanxiu: Yanxiu) -> None:
    rows = json.loads(yanxiu("programme", "show", "--json").out)

    assert len(rows) == 53
    assert list(rows[0]) == [
        *("programme", "stage", "starts", "ends", "role", "title", "detail", "marks"),
        *("due", "due_text"),
    ]
    assert (rows[0]["starts"], rows[0]["role"]) == ("2015-07-21", "学员")


def test_show_takes_other_names_of_a_role_and_a_day(yanxiu: Yanxiu) -> None:
    ran = yanxiu("programme", "show", "--role", "研修组长", "--on", "2015-10-18", "--json")

    rows = json.loads(ran.out)
    assert {(row["stage"], row["role"]) for row in rows} == {("集中研修", "组长")}


def test_nothing_to_show_is_said(yanxiu: Yanxiu) -> None:
    assert yanxiu("programme", "show", "--on", "2020-01-01").out == "没有这样的任务。\n"


def test_draft_can_be_checked_and_a_newer_notice_says_what_it_changes(
    yanxiu: Yanxiu, bare_environment: Path
) -> None:
    notice = bare_environment / "安排.md"
    notice.write_text(
        "# 2016年青溪县校本研修安排\n\n"
        "| 时间 | 阶段 | 学员 | 组长 |\n| --- | --- | --- | --- |\n"
        "| 2016年3月1日-3月31日 | 读书 | 1.读书。写800字笔记。 | 1.组织。组织交流1次。 |\n",
        encoding="utf-8",
    )

    drafted = yanxiu("programme", "draft", "安排.md")

    assert drafted.code == 0
    assert "读书" in drafted.out
    (bare_environment / "安排.yaml").write_text(drafted.out, encoding="utf-8")
    assert yanxiu("programme", "check", "安排.yaml").out == "没有发现问题。\n"

    yanxiu("programme", "load", "安排.yaml")
    newer = notice.read_text(encoding="utf-8").replace("3月31日", "3月28日")
    notice.write_text(newer.replace("读书。写", "读好书。写"), encoding="utf-8")

    imported = yanxiu("notices", "import", "安排.md", "--dry-run").out.splitlines()

    assert imported[-3:] == [
        "  任务安排的变化（2）",
        "    阶段改期 · 读书 3月1日至3月31日→3月1日至3月28日（2项任务随之改期）",
        "    改标题 · 读书 学员：读书→读好书",
    ]


def test_loaded_programme_is_shown_and_reminded_of(yanxiu: Yanxiu, bare_environment: Path) -> None:
    (bare_environment / "安排.yaml").write_text(PLAN, encoding="utf-8")

    first, *_ = said = yanxiu("programme", "load", "安排.yaml").out.splitlines()
    assert (first, said[-1][:4]) == ("新增 · 读书 3月1日至3月31日：1项任务", "已载入：")
    assert yanxiu("programme", "load", "安排.yaml").out.startswith("已存在")

    shown = json.loads(yanxiu("programme", "show", "--on", "2016-03-15", "--json").out)
    assert [(row["role"], row["title"], row["due"]) for row in shown] == [
        ("学员", "读书", "2016-03-31")
    ]
    ran = yanxiu("reminders", "--from", "2016-03-31", "--to", "2016-03-31", "--json")
    assert [row["kind"] for row in json.loads(ran.out)] == ["due_today"]


def test_an_edit_is_shown_before_it_takes_effect_and_can_be_taken_back(
    yanxiu: Yanxiu, bare_environment: Path
) -> None:
    file = bare_environment / "安排.yaml"
    edited = PLAN.replace("title: 读书\n", "title: 读教育名著\n").replace("800字", "1200字")
    edited += "          due_text: 3月20日前\n        - title: 交流\n"
    file.write_text(PLAN, encoding="utf-8")
    yanxiu("programme", "load", "安排.yaml")
    file.write_text(edited, encoding="utf-8")

    tried = yanxiu("programme", "load", "安排.yaml", "--dry-run").out.splitlines()

    assert tried == [
        "改标题 · 读书 学员：读书→读教育名著",
        "改期 · 读书 学员：读教育名著 3月31日→3月20日",
        "改数量 · 读书 学员：读教育名著 800字→1200字",
        "新增 · 读书 学员：交流（3月31日前）",
        "只是查看，没有载入。",
    ]
    last = ""
    for text in (edited, PLAN, edited):
        file.write_text(text, encoding="utf-8")
        last = yanxiu("programme", "load", "安排.yaml").out
    assert "读书→读教育名著" in last
    shown = yanxiu("programme", "show", "--on", "2016-03-15", "--json").out
    assert [row["title"] for row in json.loads(shown)] == ["读教育名著", "交流"]


def test_a_load_that_makes_a_golden_question_wrong_is_refused(
    yanxiu: Yanxiu, bare_environment: Path
) -> None:
    file = bare_environment / "安排.yaml"
    file.write_text(PLAN, encoding="utf-8")
    yanxiu("programme", "load", "安排.yaml")
    question = {"question": "2016年青溪县校本研修读书要写多少字", "must": ["800字"]}
    kept = bare_environment / "var" / "golden.jsonl"
    kept.write_text(f"{json.dumps(question)}\n", encoding="utf-8")
    file.write_text(PLAN.replace("800字", "1200字"), encoding="utf-8")

    refused = yanxiu("programme", "load", "安排.yaml")
    forced = yanxiu("programme", "load", "安排.yaml", "--force")

    assert (refused.code, forced.code) == (1, 0)
    assert "读书要写多少字" in refused.err
    assert "已载入" not in refused.out
    assert "已载入" in forced.out


def test_file_without_a_table_gives_no_draft(yanxiu: Yanxiu, bare_environment: Path) -> None:
    (bare_environment / "a.txt").write_text("各位老师：下周开会。", encoding="utf-8")

    ran = yanxiu("programme", "draft", "a.txt")

    assert (ran.code, ran.err) == (1, "a.txt：没有找到任务安排表\n")


@pytest.mark.parametrize(
    "content", [b"", b"title: [", b"\xff\xfe\x00", b"- 1\n- 2\n", b"title: x\nstages: 5\n"]
)
def test_check_names_what_is_wrong(yanxiu: Yanxiu, bare_environment: Path, content: bytes) -> None:
    (bare_environment / "a.yaml").write_bytes(content)

    ran = yanxiu("programme", "check", "a.yaml")

    assert ran.code == 1
    assert ran.err.startswith("a.yaml：")
    assert "Traceback" not in ran.err


def test_reminders_of_an_empty_roster_name_the_roles(yanxiu: Yanxiu) -> None:
    ran = yanxiu("reminders", "--from", "2015-09-30", "--to", "2015-09-30", "--json")

    rows = json.loads(ran.out)
    assert {row["person"] for row in rows} == {
        "（学员）", "（组长）", "（指导教师）", "（省级专家）",
    }  # fmt: skip
    assert set(rows[0]) == {"on", "person", "role", "title", "due", "kind"}
    assert all(row["due"] == row["on"] == "2015-09-30" for row in rows)
    assert "名单是空的" in ran.err


def test_days_without_reminders_are_said(yanxiu: Yanxiu) -> None:
    assert "没有提醒" in yanxiu("reminders", "--from", "2020-01-01", "--to", "2020-01-02").out


@pytest.mark.parametrize(
    "days", [("2015-09-30", "2015-09-01"), ("2015-01-01", "2035-01-01"), ("soon", "2015-09-01")]
)
def test_impossible_spans_are_wrong_usage(yanxiu: Yanxiu, days: tuple[str, str]) -> None:
    ran = yanxiu("reminders", "--from", days[0], "--to", days[1])

    assert (ran.code, ran.out) == (2, "")
