"""Dates as notices print them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.chinese.dates import find_dates

Days = tuple[str, date | None, date | None]


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "printed", "start", "end"),
    [
        ("于2015年4月7日印发", "2015年4月7日", "2015-04-07", "2015-04-07"),
        ("4月7日", "4月7日", "2015-04-07", "2015-04-07"),
        ("10月17-18日集中", "10月17-18日", "2015-10-17", "2015-10-18"),
        ("9月12日-9月13日", "9月12日-9月13日", "2015-09-12", "2015-09-13"),
        ("2026年6月15日至8月20日", "2026年6月15日至8月20日", "2026-06-15", "2026-08-20"),
        ("7月下旬-9月30日", "7月下旬-9月30日", "2015-07-21", "2015-09-30"),
        ("5月上旬至6月底", "5月上旬至6月底", "2015-05-01", "2015-06-30"),
        ("3月中旬", "3月中旬", "2015-03-11", "2015-03-20"),
        ("2月底", "2月底", "2015-02-28", "2015-02-28"),
        ("11月1日-1月底", "11月1日-1月底", "2015-11-01", "2016-01-31"),
        ("2015年12月至次年2月", "2015年12月至次年2月", "2015-12-01", "2016-02-29"),
        ("2015.4.7", "2015.4.7", "2015-04-07", "2015-04-07"),
        ("2015-04-07", "2015-04-07", "2015-04-07", "2015-04-07"),
        ("2015.4.7-4.10", "2015.4.7-4.10", "2015-04-07", "2015-04-10"),
        ("7.20-9.30", "7.20-9.30", "2015-07-20", "2015-09-30"),
        ("二〇一五年四月七日", "二〇一五年四月七日", "2015-04-07", "2015-04-07"),
        ("１０月１７日", "１０月１７日", "2015-10-17", "2015-10-17"),
        ("10月17、18日", "10月17、18日", "2015-10-17", "2015-10-18"),
        ("7月10日14:00―18:00", "7月10日14:00―18:00", "2015-07-10", "2015-07-10"),
        ("10月11日15:00—21:00报到", "10月11日15:00—21:00", "2015-10-11", "2015-10-11"),
        ("10月21日—30日", "10月21日—30日", "2015-10-21", "2015-10-30"),
        ("11月―2016年4月", "11月―2016年4月", "2015-11-01", "2016-04-30"),
        ("12月31日至次日12:00", "12月31日至次日12:00", "2015-12-31", "2016-01-01"),
        ("10月12日（周一）上午8:30报到", "10月12日（周一）上午8:30", "2015-10-12", "2015-10-12"),
    ],
)
def test_a_date_is_read_as_printed(text: str, printed: str, start: str, end: str) -> None:
    [mention] = find_dates(text, year=2015)

    assert mention.text == printed
    assert text[mention.begin : mention.stop] == printed
    assert (mention.start, mention.end) == (d(start), d(end))


@pytest.mark.parametrize("dash", list("-–—―‒~～〜－−"))
def test_a_span_is_read_with_every_dash(dash: str) -> None:
    spans = [f"6月17日{dash}7月6日", f"6月17日 {dash} 7月6日", f"6月17日{dash}{dash}7月6日"]
    for span in spans:
        [mention] = find_dates(span, year=2015)
        assert (mention.text, mention.end) == (span, date(2015, 7, 6))


def test_the_next_day_is_the_one_after_the_day_said_before() -> None:
    mentions = find_dates("10月31日报到，次日开班。次日之前请登录。", year=2015)

    assert [mention.end for mention in mentions] == [date(2015, 10, 31), date(2015, 11, 1)]


@pytest.mark.parametrize(
    ("text", "printed", "end"),
    [
        ("8月15日前提交", "8月15日前", "2015-08-15"),
        ("並於8月1日前上傳", "8月1日前", "2015-08-01"),
        ("即日起至10月8日", "即日起至10月8日", "2015-10-08"),
        ("截至9月30日", "截至9月30日", "2015-09-30"),
        ("报名3月20日截止", "3月20日截止", "2015-03-20"),
    ],
)
def test_a_deadline_has_an_end_and_no_start(text: str, printed: str, end: str) -> None:
    [mention] = find_dates(text, year=2015)

    assert (mention.text, mention.relation) == (printed, "前")
    assert (mention.start, mention.end) == (None, d(end))


def test_a_beginning_has_a_start_and_no_end() -> None:
    [mention] = find_dates("從10月下旬開始,為期100天", year=2010)

    assert (mention.start, mention.end, mention.vague) == (d("2010-10-21"), None, True)


def test_a_day_without_month_or_year_is_kept_but_not_guessed() -> None:
    first, second = find_dates("以前說是8號報到,後面又改到25號了")

    assert (first.text, first.first.day, first.start) == ("8號", 8, None)
    assert (second.text, second.first.day, second.start) == ("25號", 25, None)


def test_an_end_before_its_start_is_read_as_the_year_that_can_be_meant() -> None:
    [mention] = find_dates("2015年11月1日-2006年1月底")

    assert (mention.start, mention.end) == (d("2015-11-01"), d("2016-01-31"))
    assert mention.reading == "原文写2006年1月底，按2016年1月底理解"


def test_a_year_holds_until_the_sentence_ends() -> None:
    first, second, third = find_dates("2026年7月1日开班，7月10日结束。8月1日返校")

    assert (first.start, second.start) == (d("2026-07-01"), d("2026-07-10"))
    assert third.start is None


@pytest.mark.parametrize(
    "text",
    [
        "教師廳〔2015〕2號",
        "3号楼报到",
        "2号口进校",
        "在3号厅签到",
        "5号栋入住",
        "第5号文件",
        "2-3年周期",
        "4-6个月",
        "5个工作日内",
        "13月45日",
        "上午8:30",
        "3日内答复",
        "分2-3次进行",
    ],
)
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert find_dates(text, year=2015) == []


@given(
    st.text(alphabet="0123456789年月日号上中下旬底初前至到-—.:（）()二〇一十 、。7", max_size=60)
)
def test_no_text_breaks_the_reading(text: str) -> None:
    stop = 0
    for mention in find_dates(text, year=2024):
        assert mention.text == text[mention.begin : mention.stop]
        assert mention.begin >= stop
        stop = mention.stop


@given(st.dates(min_value=date(1901, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_comes_back_from_every_form(day: date) -> None:
    forms = (
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
    )

    assert [find_dates(form)[0].start for form in forms] == [day] * 3
