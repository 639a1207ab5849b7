"""One schedule in several formats gives one programme."""

from datetime import date

from knowledge.documents import Document
from knowledge.programme.values import Programme
from knowledge.reading.files import read_file
from tests.knowledge.reading import samples


def programme_in(document: Document) -> Programme:
    [programme] = document.programmes
    return programme


def test_word_and_web_page_and_workbook_give_the_same_programme() -> None:
    rows = samples.SCHEDULE
    word = read_file("n.docx", samples.word(samples.GUIZHOU, rows))
    page = read_file("n.html", samples.web_page(samples.GUIZHOU, rows))
    book = read_file("n.xlsx", samples.workbook(samples.SCHEDULE_TITLE, rows, "A1:F1", "C2:F2"))

    assert programme_in(word) == programme_in(page)
    assert programme_in(word).stages == programme_in(book).stages
    assert programme_in(word).code == programme_in(book).code
    assert word.notices == page.notices


def test_roles_and_stages_are_read_from_the_table() -> None:
    programme = programme_in(read_file("n.docx", samples.word(samples.GUIZHOU, samples.SCHEDULE)))
    first, second = programme.stages

    assert programme.title == samples.SCHEDULE_TITLE
    assert programme.roles == ("参训学员", "班主任", "学科导师", "县级管理员")
    assert (programme.province, programme.years) == ("贵州", (2026,))
    assert programme.source.number == "黔教办师函〔2026〕37号"
    assert (first.name, first.starts, first.ends) == (
        "线上研修",
        date(2026, 6, 15),
        date(2026, 8, 20),
    )
    assert len(first.tasks) + len(second.tasks) == 11
    assert [(task.title, task.due) for task in first.tasks if task.due] == [
        ("课程学习", date(2026, 7, 31)),
        ("督促学习", date(2026, 8, 10)),
    ]
    assert [amount.text for amount in second.tasks[1].amounts] == ["1篇", "不少于1500字"]


def test_roles_may_stand_in_rows() -> None:
    page = samples.ZHEJIANG_PAGE.encode("gb18030")
    programme = programme_in(read_file("n.html", page))

    assert programme.roles == ("参训教师", "学校管理员", "培训机构")
    assert [(stage.name, len(stage.tasks)) for stage in programme.stages] == [
        ("自主选课", 4),
        ("集中培训", 5),
    ]
    assert (programme.stages[1].starts, programme.stages[1].ends) == (
        date(2026, 5, 1),
        date(2026, 6, 30),
    )


def test_stages_may_stand_in_columns_and_roles_may_be_six() -> None:
    roles = ["学员", "组长", "班主任", "指导教师", "市级专家", "省级专家"]
    rows = [["角色", "线上研修（3月1日-4月30日）", "跟岗研修（5月8日-5月19日）"]]
    rows += [
        [role, f"1.学习。完成{at}学时。", "1.跟岗。听课不少于3节。"]
        for at, role in enumerate(roles, 6)
    ]
    book = samples.workbook("2027年广西中小学教师研修职责表", rows, "A1:C1")
    programme = programme_in(read_file("n.xlsx", book))

    assert programme.roles == tuple(roles)
    assert [(stage.name, stage.starts) for stage in programme.stages] == [
        ("线上研修", date(2027, 3, 1)),
        ("跟岗研修", date(2027, 5, 8)),
    ]
    assert [task.amounts[0].value for task in programme.stages[0].tasks] == [6, 7, 8, 9, 10, 11]


def test_a_flattened_line_of_three_roles_is_read() -> None:
    line = (
        "2026年吉林省初中教师网络研修任务表 阶段 时间 主要任务 学员 坊主 省级专家 "
        "启动阶段 3月1日-3月20日 1.注册。3月10日前登录平台。 2.测评。完成1次能力测评。 "
        "1.建坊。建1个工作坊,成员不少于50人。 1.培训。培训坊主两次。 "
        "研修阶段 3月21日-6月底 ○ 1.选学。学满80学时。 "
        "○ 1.带学。每月1期简报。 ○ 2.研讨。组织2次研讨。 "
        "△ 1.巡坊。每人联系5个工作坊。"
    )
    programme = programme_in(read_file("n.txt", line.encode()))

    assert programme.roles == ("学员", "坊主", "省级专家")
    assert [(stage.name, len(stage.tasks)) for stage in programme.stages] == [
        ("启动阶段", 4),
        ("研修阶段", 4),
    ]
    assert programme.stages[0].tasks[0].due == date(2026, 3, 10)
    assert programme.province == "吉林"


def test_an_ordinary_table_is_no_programme() -> None:
    rows = [["时间", "课程", "主讲教师", "地点"], ["7月1日", "师德", "王敏", "报告厅"]]
    document = read_file("n.xlsx", samples.workbook("课程表", rows))

    assert document.programmes == ()
    assert document.notices[0].sections[0].tables[0].header == ("时间", "课程", "主讲教师", "地点")
