"""How often, which ones by name, in which room, how many working days: one invented class."""

from datetime import date

import pytest

from knowledge.answering.library import Library
from knowledge.answering.ordinals import same_ordinal
from knowledge.answering.verdicts import Answer, Asker
from knowledge.chinese.amounts import find_amounts
from knowledge.chinese.rates import find_rates
from knowledge.documents import Document
from knowledge.notices import Notice, Section, Table

ASKER = Asker(today=date(2026, 3, 3), province="甘肃")

CLASS = Notice(
    title="甘肃省2026年乡村科学教师研修班通知",
    number="甘师训〔2026〕6号",
    issued=date(2026, 2, 2),
    province="甘肃",
    years=(2026,),
    sections=(
        Section(
            "一、",
            "日程",
            (
                "面授研讨（一）3月16日至20日，面授研讨（二）7月6日至10日。",
                "教室在实验楼，分组见下表：",
            ),
            tables=(
                Table(
                    ("班次", "学段", "教室"),
                    (("甲班", "小学", "实验楼201"), ("乙班", "初中", "实验楼305")),
                ),
            ),
        ),
        Section(
            "二、",
            "教学管理",
            (
                "班主任每旬向各县反馈一次出勤情况。",
                "读书报告在收到后7个工作日内批阅。",
                "每人只能兼任一个学习小组的组长。",
                "每校同一学段限报2人。",
            ),
        ),
        Section(
            "三、",
            "课程",
            (
                "必修课为《科学探究》《实验安全》《课程标准解读》三门。",
                "专题课可在开班后更换1次。",
            ),
        ),
        Section("五、", "报到材料", ("学员报到时携带身份证和任职文件各1份。",)),
        Section("四、", "用餐", ("培训当天提供午餐，标准为每人35元。",)),
    ),
)
CHANGE = Notice(
    title="关于调整甘肃省2026年乡村科学教师研修班有关安排的通知",
    number="甘师训〔2026〕8号",
    issued=date(2026, 2, 20),
    province="甘肃",
    years=(2026,),
    sections=(
        Section("一、", "日程", ("面授研讨（一）由3月16日至20日推迟至3月23日至27日举行。",)),
        Section("二、", "用餐", ("午餐标准由每人35元提为每人38元。",)),
        Section("三、", "健康", ("除原通知所列材料外，报到时还须提交体检表1份。",)),
    ),
    amends=("甘师训〔2026〕6号",),
)


@pytest.fixture(scope="module")
def notices() -> Library:
    return Library([Document("class", notices=(CLASS, CHANGE))])


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("班主任多久反馈一回出勤情况", "每旬"),
        ("读书报告交了以后最多几天批完", "7个工作日"),
        ("必修课都有哪几门", "《实验安全》"),
        ("初中的在哪间教室上课", "305"),
        ("我能同时当两个小组的组长吗", "一个学习小组"),
        ("一个学校同一学段能报三个老师吗", "2人"),
        ("首次面授研讨改到哪天了", "3月23日"),
        ("中午那顿饭标准多少钱", "38元"),
    ],
)
def test_everyday_words_find_what_the_notice_prints(
    notices: Library, question: str, told: str
) -> None:
    verdict = notices.ask(question, ASKER)

    assert isinstance(verdict, Answer)
    assert told in verdict.text


@pytest.mark.parametrize("question", ["报到要带哪些材料", "报到带什么"])
def test_list_is_told_with_what_a_later_notice_adds(notices: Library, question: str) -> None:
    text = notices.ask(question, ASKER).text

    assert "任职文件" in text
    assert "体检表" in text


def test_names_that_are_nowhere_listed_are_not_made_up(notices: Library) -> None:
    assert not isinstance(notices.ask("专题课都有哪几门", ASKER), Answer)


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("每两周汇报一次进度", "每两周汇报一次"),
        ("班车每40分钟一班", "每40分钟一班"),
        ("考勤每半天1次", "每半天1次"),
        ("每周五下午17:00前报送动态1期", "每周五下午17:00前报送动态1期"),
        ("按月报送名单", "按月"),
        ("每天补助80元", ""),
        ("每人每年不少于72学时", ""),
    ],
)
def test_how_often_is_told_apart_from_prices_and_sums(text: str, rate: str) -> None:
    assert [each.text for each in find_rates(text)] == ([rate] if rate else [])


def test_one_behind_a_verb_that_ends_in_ren_is_counted() -> None:
    assert [each.unit for each in find_amounts("只能担任一个工作坊的坊主")] == ["个工作坊"]
    assert find_amounts("任一个都可以") == []


@pytest.mark.parametrize(
    ("word", "printed"),
    [("第一次", "面授(一)"), ("第2期", "第二期"), ("第十二批", "第12批"), ("第一轮", "首轮")],
)
def test_ordinals_are_printed_in_several_ways(word: str, printed: str) -> None:
    pattern = same_ordinal(word)

    assert pattern
    assert pattern.search(printed)
    assert not pattern.search("面授(三)")
