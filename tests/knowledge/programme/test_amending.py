"""A later notice moves what a programme says; the rest stands."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.notices import Notice, Section
from knowledge.programme.amending import amended, left_to_check
from knowledge.programme.values import Amount, Programme, Stage, Task
from knowledge.sources import Source
from tests.knowledge.answering.known import SUMMER

EARLIER = replace(SUMMER, source=Source(SUMMER.title, number="甘师训〔2021〕3号"))


def notice(*sentences: str, amends: str = "甘师训〔2021〕3号") -> Notice:
    return Notice(
        title="关于调整研修时间的通知",
        number="甘师训〔2021〕9号",
        issued=date(2021, 9, 5),
        years=(2021,),
        sections=(Section("一、", "", sentences),),
        amends=(amends,),
    )


def test_stage_takes_its_new_days_and_says_what_they_were() -> None:
    change = notice("返岗实践由10月8日至11月15日，调整为10月20日至11月30日。")

    [programme] = amended([EARLIER], [change])

    stage = programme.stages[1]
    assert (stage.starts, stage.ends) == (date(2021, 10, 20), date(2021, 11, 30))
    assert "原为10月8日至11月15日" in stage.reading
    assert "甘师训〔2021〕9号" in stage.reading
    assert programme.stages[0] == EARLIER.stages[0]


def test_task_takes_its_new_deadline_where_the_sentence_speaks_of_it() -> None:
    change = notice("组长组织讨论的截止时间由9月20日调整为9月25日。")

    [programme] = amended([EARLIER], [change])

    assert programme.stages[0].tasks[1].due == date(2021, 9, 25)
    assert programme.stages[0].ends == date(2021, 9, 30)


def test_other_days_and_other_notices_change_nothing() -> None:
    elsewhere = notice("返岗实践由10月8日调整为10月20日。", amends="甘师训〔2020〕1号")
    another_day = notice("返岗实践报到由3月1日调整为3月5日。")

    assert amended([EARLIER], [elsewhere, another_day]) == [EARLIER]


def test_newest_change_wins() -> None:
    first = notice("返岗实践由10月8日至11月15日调整为10月20日至11月30日。")
    second = replace(
        notice("返岗实践由10月20日至11月30日调整为11月1日至12月10日。"), issued=date(2021, 10, 1)
    )

    [programme] = amended([EARLIER], [second, first])

    assert programme.stages[1].ends == date(2021, 12, 10)


RURAL = Programme(
    "hubei-2026",
    "湖北省乡村骨干教师能力提升项目",
    Source("湖北省乡村骨干教师能力提升项目", number="甘师训〔2021〕3号"),
    (
        Stage(
            "集中培训",
            date(2026, 12, 5),
            date(2026, 12, 15),
            "12月5日—12月15日",
            tasks=(
                Task(
                    "c1", "学员", 1, "教学设计", "12月10日前提交教学设计1份，不少于1500字。",
                    due=date(2026, 12, 10), due_text="12月10日前",
                    amounts=(Amount(1, "份", "1份"), Amount(1500, "字", "不少于1500字", "不少于")),
                ),
                Task(
                    "c2", "学员", 2, "研修日志", "撰写研修日志4篇。",
                    amounts=(Amount(4, "篇", "4篇"),),
                ),
                Task(
                    "c3", "组长", 1, "审核作业", "12月14日前审完本组教学设计。",
                    due=date(2026, 12, 14),
                ),
            ),
        ),
        Stage(
            "返岗实践",
            date(2026, 12, 26),
            date(2027, 1, 15),
            "12月26日—2027年1月15日",
            tasks=(
                Task("d1", "学员", 1, "汇报课", "返校上汇报课1节。"),
                Task(
                    "d2", "学员", 2, "总结", "1月10日前提交研修总结，不少于1000字。",
                    due=date(2027, 1, 10), due_text="1月10日前",
                ),
                Task("d3", "组长", 1, "汇总", "1月13日前汇总本组研修总结。", due=date(2027, 1, 13)),
            ),
        ),
    ),
    "湖北",
    (2026,),
)  # fmt: skip


def rural(*sentences: str) -> Notice:
    return replace(notice(*sentences), years=(2026,), issued=date(2026, 11, 22))


@pytest.mark.parametrize(
    "sentence",
    [
        "小学音乐集中培训报到时间改为12月7日14:00—18:00，报到地点改为武汉市光谷宾馆二楼。",
        "集中培训报到时间由12月5日改为12月7日。",
        "初中地理集中培训时间由12月5日至12月15日调整为12月8日至12月18日。",
        "黄石市学员，集中培训时间调整为12月8日至12月18日。",
        "二班集中培训时间调整为12月8日至12月18日。",
        "组长集中培训时间调整为12月8日至12月18日。",
        "集中培训时间改为12月7日。",
        "集中培训时间调整为12月8日至12月18日（小学音乐）。",
        "如遇大雪，集中培训时间调整为12月8日至12月18日。",
        "小学音乐教学设计提交时间由12月10日延长至12月16日。",
        "教学设计提交时间由12月9日延长至12月16日。",
        "作业提交时间延长至12月16日。",
        "研修日志由5篇减为3篇。",
        "取消小学音乐的汇报课。",
        "集中培训取消，改为线上进行。",
        "集中培训开班时间改为12月6日。",
        "集中培训延长至12月10日。",
        "集中培训推迟到12月下旬。",
        "教学设计提交时间改为第二批12月16日。",
        "集中培训推迟一周。",
        "审核作业截止时间由12月14日改为12月18日，其中地理组另行通知。",
        "所有学员的教学设计须在12月16日前提交。",
        "取消返岗实践。",
        "取消汇报课和闭幕式。",
        "新增要求：每位学员须提交教学反思1篇，12月20日前提交。",
    ],
)
def test_what_holds_for_some_or_is_not_plain_moves_nobody_and_is_left_to_check(
    sentence: str,
) -> None:
    change = rural(sentence)

    assert amended([RURAL], [change]) == [RURAL]
    [left] = left_to_check([RURAL], [change], change)
    assert left.startswith("通知还提到：")
    assert left.endswith("，任务表里没有改，请核对")


def test_a_heading_that_names_a_subject_says_for_whom_it_holds() -> None:
    paragraph = ("集中培训时间调整为12月8日至12月18日。",)
    change = replace(rural(), sections=(Section("一、", "小学音乐", paragraph),))

    assert amended([RURAL], [change]) == [RURAL]
    assert len(left_to_check([RURAL], [change], change)) == 1


def test_what_a_supplement_only_says_again_needs_no_check() -> None:
    change = rural(
        "集中培训于12月5日至15日在武汉举行。",
        "教学设计仍须在12月10日前提交。",
        "会务费由300元改为280元。",
    )

    assert amended([RURAL], [change]) == [RURAL]
    assert left_to_check([RURAL], [change], change) == []


def test_what_stands_under_a_heading_of_new_things_is_left_to_check() -> None:
    paragraphs = ("每位学员须提交教学反思1篇，12月20日前提交。", "其他事项仍按原通知执行。")
    change = replace(rural(), sections=(Section("四、", "新增要求", paragraphs),))

    [left] = left_to_check([RURAL], [change], change)

    assert "新增要求：每位学员须提交教学反思1篇" in left


def test_what_is_plain_is_taken_over_with_nothing_left_to_check() -> None:
    change = rural(
        "学员教学设计提交截止时间由12月10日延长至12月16日，字数要求由不少于1500字调整为不少于1200字。",
        "研修日志由4篇减为3篇，每篇字数不变。",
        "研修总结提交时间改为1月12日前。",
        "取消返岗实践阶段的汇报课。",
        "咨询电话改为027-99990000。",
    )

    [programme] = amended([RURAL], [change])

    first, second = programme.stages
    design, diary, check = first.tasks
    assert (design.due, check.due) == (date(2026, 12, 16), date(2026, 12, 14))
    assert design.detail == "12月16日前提交教学设计1份，不少于1200字。（按甘师训〔2021〕9号调整）"
    assert [amount.value for amount in (*design.amounts, *diary.amounts)] == [1, 1200, 3]
    assert diary.detail == "撰写研修日志3篇。（按甘师训〔2021〕9号调整）"
    assert [(task.title, task.due) for task in second.tasks] == [
        ("总结", date(2027, 1, 12)),
        ("汇总", date(2027, 1, 13)),
    ]
    assert left_to_check([RURAL], [change], change) == []
    assert amended([programme], [change]) == [programme]


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("经研究，决定将集中培训时间由12月5日至15日调整为12月8日至18日。", 8, 18),
        ("因承办院校场地原因，集中培训延长至12月20日。", 5, 20),
        ("集中培训原定12月5日至15日举行，现推迟到12月8日至18日。", 8, 18),
        ("教学设计改为12月9日前提交，集中培训时间相应延长至12月20日。", 5, 20),
        ("集中培训开始时间由12月5日改为12月6日。", 6, 15),
        ("各学科集中培训时间改为12月8日至18日。", 8, 18),
    ],
)
def test_a_stage_moves_where_the_sentence_speaks_of_all_of_it(
    sentence: str, first: int, last: int
) -> None:
    [programme] = amended([RURAL], [rural(sentence)])

    stage = programme.stages[0]
    assert (stage.starts, stage.ends) == (date(2026, 12, first), date(2026, 12, last))
