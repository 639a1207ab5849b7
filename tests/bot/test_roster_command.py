"""`yanxiu roster import` as a coordinator runs it."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.bot.conftest import Yanxiu

pytestmark = pytest.mark.usefixtures("with_database")

SHEET = """姓名,角色,研修组,学校,手机号
林晓,学员,第一组,一中,13812345678
陈波,组长,第一组,一中,13812345679
张三,保安,第一组,一中,
"""


def test_a_roster_is_tried_imported_and_imported_again(
    yanxiu: Yanxiu, bare_environment: Path
) -> None:
    file = bare_environment / "名单.csv"
    file.write_text(SHEET)

    tried = yanxiu("roster", "import", str(file), "--dry-run")
    first = yanxiu("roster", "import", str(file), "--json")
    again = yanxiu("roster", "import", str(file), "--json")

    assert "将加入 2 人" in tried.out
    assert "第4行（张三）：不认识角色“保安”" in tried.err
    assert (json.loads(first.out)["added"], json.loads(again.out)["same"]) == (2, 2)
    assert "1381234" not in tried.out + tried.err + first.out


def test_many_who_vanish_at_once_are_asked_about(yanxiu: Yanxiu, bare_environment: Path) -> None:
    file = bare_environment / "名单.csv"
    names = "甲乙丙丁戊己庚辛壬癸"
    file.write_text("姓名,研修组\n" + "".join(f"王{name},第一组\n" for name in names))
    yanxiu("roster", "import", str(file))
    file.write_text("姓名,研修组\n王甲,第一组\n")

    refused = yanxiu("roster", "import", str(file))
    sure = yanxiu("roster", "import", str(file), "--all-left")

    assert refused.code == 1
    assert "9 人不在名单上" in refused.err
    assert "停用 9 人" in sure.out


def test_an_unknown_programme_is_named_with_those_that_there_are(
    yanxiu: Yanxiu, bare_environment: Path
) -> None:
    file = bare_environment / "名单.csv"
    file.write_text(SHEET)

    refused = yanxiu("roster", "import", str(file), "--programme", "没有的")

    assert refused.code == 1
    assert "没有项目“没有的”。现有：" in refused.err


def test_a_programme_that_was_drafted_edited_and_loaded_is_still_one(
    yanxiu: Yanxiu, bare_environment: Path
) -> None:
    (bare_environment / "名单.csv").write_text(SHEET)
    (bare_environment / "安排.md").write_text(
        "# 2016年青溪县校本研修安排\n\n"
        "| 时间 | 阶段 | 学员 | 组长 |\n| --- | --- | --- | --- |\n"
        "| 2016年3月1日-3月31日 | 读书 | 1.读书。写800字笔记。 | 1.组织。组织交流1次。 |\n"
    )
    yanxiu("notices", "import", "安排.md")
    drafted = yanxiu("programme", "draft", "安排.md").out
    (bare_environment / "安排.yaml").write_text(drafted.replace("800字", "600字"))
    yanxiu("programme", "load", "安排.yaml")

    enrolled = yanxiu("roster", "import", "名单.csv", "--programme", "2016年青溪县校本研修安排")
    unknown = yanxiu("roster", "import", "名单.csv", "--programme", "没有的")

    assert (enrolled.code, enrolled.err.count("没有项目")) == (0, 0)
    assert unknown.err.count("2016年青溪县校本研修安排") == 1


def test_a_list_with_telephone_numbers_is_no_notice(yanxiu: Yanxiu, bare_environment: Path) -> None:
    """As a notice, everybody could ask for the numbers in it."""
    book = Workbook()
    assert book.active is not None
    for row in (["姓名", "手机号"], ["林晓", "13812345678"]):
        book.active.append(row)
    book.save(bare_environment / "名单.xlsx")

    refused = yanxiu("notices", "import", "名单.xlsx")

    assert refused.code == 1
    assert "不能当作通知" in refused.err
