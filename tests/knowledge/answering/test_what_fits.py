"""A figure of the asked kind may still tell something else: what is counted by, the other end."""

import pytest

from knowledge.answering.figures import figures
from knowledge.answering.fitting import fits
from knowledge.answering.kinds import asked_for
from knowledge.answering.passages import Passage
from knowledge.sources import Source


def passage(text: str) -> Passage:
    return Passage("clause", text, text, Source("某通知"))


@pytest.mark.parametrize(
    ("question", "told", "beside_it"),
    [
        ("能请几天", "请假累计不超过2天。", "每缺勤半天扣3分。"),
        ("能请几天", "病假可请3天。", "每迟交1天扣2分。"),
        ("几点报到", "5月10日14:30前到宾馆报到。", "5月10日到宾馆报到。"),
        ("几点集合", "早上7点在南门集合。", "集合地点在南门，研修6学时。"),
        ("什么时候开始", "12月1日起选课。", "12月5日前选课。"),
        ("什么时候开始", "12月1日至5日选课。", "12月5日前选课。"),
        ("什么时候截止", "12月5日前选课。", "12月1日起选课。"),
        ("多少学分", "合格者计2学分。", "每节课40分钟，记入学分银行。"),
        ("多少分算合格", "满60分为合格。", "考试时长90分钟。"),
        ("初始密码是多少", "初始密码为身份证后六位。", "初始密码请及时修改。"),
        ("在什么地方集合", "在县实验中学集合。", "登录研修平台报名。"),
        ("班主任叫什么", "班主任：李一帆。", "班主任由学校安排。"),
        ("带队的是哪位", "带队组长：李一帆。", "由县教研室派人带队。"),
        ("活动是周几", "每月第二周周四活动。", "2026年5月活动。"),
        ("在哪个大学培训", "在荆楚师范大学培训。", "名额由省项目办下达到各县培训。"),
        ("住哪家酒店", "入住荆楚宾馆。", "住宿由承办院校安排。"),
        ("在哪几所学校跟岗", "在襄城实验小学跟岗。", "跟岗学校应指定导师。"),
        ("在哪上课", "上课地点：立教楼。", "食宿由上课地点统一安排。"),
        ("普通话要几级", "普通话达到二级甲等。", "须提交普通话证书。"),
        ("要什么条件", "具有中级职称，教龄满8年。", "各地要通知到每位教师。"),
        ("忘了密码找谁", "忘记密码的由管理员重置。", "登录研修平台学习。"),
        ("去哪里面授", "在荆楚宾馆面授。", "须在面授报到前学完，由基地准备材料。"),
        ("什么时候报到", "5月10日报到。", "承办单位于开班前15日报送方案。"),
        ("报到是哪几天", "5月10日至12日报到。", "5月20日前报到。"),
        ("专家是哪几位", "专家：李一帆、王二喜。", "以本地教师为主，加上专家。"),
        ("什么时候报名", "报名于5月6日截止。", "面向2024年9月1日以来新任职的校长报名。"),
        ("缺勤超过总学时的多少不给结业", "缺勤达总学时六分之一的不予结业。", "总学时60学时。"),
    ],
)
def test_what_tells_the_thing_asked_fits_better(question: str, told: str, beside_it: str) -> None:
    asked = asked_for(question)

    assert fits(asked, passage(told)) == 1.0
    assert fits(asked, passage(beside_it)) < 1.0


@pytest.mark.parametrize(
    ("question", "text", "figure"),
    [
        ("能请几天", "每缺勤半天扣3分，累计请假不超过2天。", "不超过2天"),
        ("几点报到", "学员于5月10日14:30前报到。", "5月10日14:30前"),
        ("几点上课", "5月11日开班，早上8:30上课。", "早上8:30"),
        ("什么时候截止", "12月1日起选课，12月5日前选完。", "12月5日前"),
        ("什么时候开始", "12月5日前报名，12月8日起选课。", "12月8日起"),
        ("什么时候截止", "6月1日启动，7月2日至9日评审，7月20日前上报。", "7月20日前"),
        ("几个学分", "每节45分钟，共计3学分。", "3学分"),
        ("一晚补多少钱", "单住的补差价，每晚120元。", "每晚120元"),
        ("坐几路公交", "乘213路车到第2站下。", "213路"),
        ("培训几天", "每批20天，结束后10日内上传。", "20天"),
        ("培训几天", "开班前一天报到，为期8天。", "8天"),
        ("几天内上传", "为期20天，结束后10日内上传。", "10日内"),
    ],
)
def test_figure_that_tells_it_comes_first(question: str, text: str, figure: str) -> None:
    assert figures(asked_for(question), passage(text), [])[0].text == figure


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("每缺勤半天扣3分", [True]),
        ("每满3年可再报", [True]),
        ("每带1名学员补600元", [True]),
        ("每省推荐6人", [False]),
        ("每坊12人", [False]),
    ],
)
def test_figure_that_something_is_counted_by_is_told_apart(text: str, basis: list[bool]) -> None:
    unit = next(unit for unit in ("天", "年", "名", "人") if unit in text)
    asked = asked_for(f"几{unit}")

    assert [each.basis for each in figures(asked, passage(text), [])] == basis


def test_clause_that_allows_or_forbids_is_nearer_to_what_is_asked() -> None:
    asked = asked_for("手机能学吗")

    assert fits(asked, passage("可用手机学习。")) > fits(asked, passage("首次登录绑定手机号。"))
