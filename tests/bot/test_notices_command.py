"""`yanxiu notices …`: files in, checked, listed and taken back."""

import json
from pathlib import Path

import pytest

from tests.bot.conftest import Yanxiu

NOTICE = """青溪省教育厅办公室关于举办2016年小学教师送教下乡培训的通知
青教办〔2016〕7号

各市教育局：
现将有关事项通知如下。
一、培训时间
2016年5月9日至5月13日。5月8日报到。
二、培训地点
青溪师范学院。

青溪省教育厅办公室
2016年4月11日
"""


PLAN = """# 2016年青溪县乡村教师研修安排

青教办〔2016〕9号

| 时间 | 阶段 | 学员 | 组长 |
| --- | --- | --- | --- |
| 2016年3月1日-31日 | 读书 | 1.笔记。3月20日前交笔记4篇。 2.汇报课。上课1节。 | 1.组织。交流1次。 |
"""
CHANGE = """青溪县教育局关于调整2016年乡村教师研修有关安排的通知
青教办〔2016〕12号

各学校：
现对青教办〔2016〕9号文件有关安排作如下调整：
一、小学音乐读书报到时间改为3月3日。
二、笔记由4篇减为3篇，提交时间改为3月25日前。
三、取消汇报课。
四、新增要求：每位学员须提交反思1篇。
五、咨询电话改为0571-99990000。

青溪县教育局
2016年2月20日
"""


@pytest.fixture
def notice(bare_environment: Path) -> str:
    (bare_environment / "送教.txt").write_text(NOTICE, encoding="utf-8")
    return "送教.txt"


def test_import_says_what_was_understood(yanxiu: Yanxiu, notice: str) -> None:
    ran = yanxiu("notices", "import", notice)

    assert ran.code == 0
    assert "青教办〔2016〕7号" in ran.out
    assert "一、 培训时间" in ran.out
    assert "2016-04-11" in ran.out
    assert "已导入，编号 1" in ran.out


def test_same_file_twice_is_stored_once(yanxiu: Yanxiu, notice: str) -> None:
    yanxiu("notices", "import", notice)

    ran = yanxiu("notices", "import", notice)

    assert "已存在，未重复导入" in ran.out
    assert len(json.loads(yanxiu("notices", "list", "--json").out)) == 1


def test_imported_notice_answers_questions(yanxiu: Yanxiu, notice: str) -> None:
    yanxiu("notices", "import", notice)

    ran = yanxiu("ask", "小学教师送教下乡培训什么时候报到", "--json")

    row = json.loads(ran.out)
    assert row["outcome"] == "answered"
    assert "5月8日" in row["answer"]


def test_withdrawn_notice_answers_no_more(yanxiu: Yanxiu, notice: str) -> None:
    yanxiu("notices", "import", notice)

    assert yanxiu("notices", "withdraw", "1").code == 0

    assert yanxiu("notices", "list").out == "还没有导入文件。\n"
    row = json.loads(yanxiu("ask", "小学教师送教下乡培训什么时候报到", "--json").out)
    assert "5月8日" not in row["answer"]
    again = yanxiu("notices", "withdraw", "1")
    assert (again.code, again.err) == (1, "编号 1 的文件已经撤回过了\n")


def test_dry_run_changes_nothing(yanxiu: Yanxiu, notice: str, bare_environment: Path) -> None:
    ran = yanxiu("notices", "import", notice, "--dry-run", "--json")

    [row] = json.loads(ran.out)
    assert (row["status"], row["notices"][0]["number"]) == ("dry-run", "青教办〔2016〕7号")
    assert not (bare_environment / "var").exists()


def test_what_a_supplement_changes_is_listed_before_and_what_is_not_plain_is_left_to_check(
    yanxiu: Yanxiu, bare_environment: Path
) -> None:
    (bare_environment / "安排.md").write_text(PLAN)
    (bare_environment / "调整.txt").write_text(CHANGE)
    yanxiu("notices", "import", "安排.md")

    tried = yanxiu("notices", "import", "调整.txt", "--dry-run").out.splitlines()
    done = yanxiu("notices", "import", "调整.txt").out.splitlines()

    assert tried[-4:] == done[-4:]
    assert tried[-4:] == [
        "  任务安排的变化（3）",
        "    改期 · 读书 学员：笔记 3月20日→3月25日",
        "    改数量 · 读书 学员：笔记 4篇→3篇",
        "    删除 · 读书 学员：汇报课",
    ]
    assert [line.strip() for line in done if "通知还提到" in line] == [
        "! 通知还提到：小学音乐读书报到时间改为3月3日，任务表里没有改，请核对",
        "! 通知还提到：新增要求：每位学员须提交反思1篇，任务表里没有改，请核对",
    ]
    shown = json.loads(yanxiu("programme", "show", "--on", "2016-03-02", "--json").out)
    assert [(row["title"], row["due"]) for row in shown] == [
        ("笔记", "2016-03-25"),
        ("组织", "2016-03-31"),
    ]


def test_a_loaded_day_that_a_later_notice_overrules_is_named(
    yanxiu: Yanxiu, bare_environment: Path
) -> None:
    (bare_environment / "安排.md").write_text(PLAN)
    (bare_environment / "调整.txt").write_text(CHANGE)
    yanxiu("notices", "import", "安排.md", "调整.txt")
    drafted = yanxiu("programme", "draft", "安排.md").out
    (bare_environment / "安排.yaml").write_text(drafted.replace("2016-03-20", "2016-03-28"))

    loaded = yanxiu("programme", "load", "安排.yaml").out

    assert "仍按后来的通知 · 改期 · 读书 学员：笔记 3月28日→3月25日" in loaded


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空.txt", b""),
        ("程序.exe", b"MZ\x00\x01"),
        ("假的.docx", b"\x00\x01\x02 not a zip"),
        ("图.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
        ("没有.txt", None),
    ],
)
def test_one_refused_file_refuses_all(
    yanxiu: Yanxiu, notice: str, bare_environment: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (bare_environment / name).write_bytes(content)

    ran = yanxiu("notices", "import", notice, name)

    assert (ran.code, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert name in ran.err
    assert not (bare_environment / "var").exists()


def test_show_tells_all_of_one_file(yanxiu: Yanxiu, notice: str) -> None:
    yanxiu("notices", "import", notice, "--region", "青溪")

    shown = json.loads(yanxiu("notices", "show", "1", "--json").out)

    assert (shown["id"], shown["state"], shown["region"]) == (1, "current", "青溪")
    assert shown["notices"][0]["issued"] == "2016-04-11"
    assert "二、 培训地点" in yanxiu("notices", "show", "1").out


@pytest.mark.parametrize("verb", ["show", "withdraw"])
def test_unknown_number_is_refused(yanxiu: Yanxiu, verb: str) -> None:
    ran = yanxiu("notices", verb, "9")

    assert (ran.code, ran.err) == (1, "没有编号 9 的文件\n")
