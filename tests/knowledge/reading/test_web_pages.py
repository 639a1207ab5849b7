"""Pages as offices put them up: menus and cards round the notice, Word's own markup inside."""

from datetime import date

from knowledge.notices import Notice
from knowledge.reading.files import read_file

TEXT = "请各地于5月12日前将名单报送省教师发展中心，逾期不再受理，其他事项按照往年的办法执行。"
TITLE = "关于举办2026年安徽省乡村教师研修班的通知"


def notice_in(page: str) -> Notice:
    [notice] = read_file("n.html", f"<meta charset=utf-8>{page}".encode()).notices
    return notice


def test_a_page_laid_out_in_tables_is_read_from_its_title_to_its_end() -> None:
    notice = notice_in(
        f"<title>{TITLE}-安徽省教师教育网</title><body><table><tr><td><a href=/>首页</a>|通知公告"
        f"<tr><td><table><tr><td>培训通知<tr><td><b>{TITLE}</b><tr><td>作者：培训部　发布时间："
        f"2026-04-02 09:21　点击数：35<tr><td>皖师训〔2026〕14号<br>各市教育局：<br>{TEXT}<br>"
        f"一、费用<br>{TEXT}<tr><td>上一篇：关于名单的通知<tr><td>相关阅读<ul><li>旧闻</ul></table></table>"
        "<p>版权所有：教师教育网"
    )

    assert (notice.title, notice.number) == (TITLE, "皖师训〔2026〕14号")
    assert (notice.issued, notice.addressees) == (date(2026, 4, 2), "各市教育局")
    assert list(notice.texts()) == ["", TEXT, "费用", TEXT]


def test_title_and_day_may_stand_beside_the_article() -> None:
    notice = notice_in(
        f"<title>宁夏教师发展中心 - 详情</title><body><div><div class=t>{TITLE}</div><div><span>"
        f"2026-05-06</span> 来源：教师发展中心</div><div class=x><p>各校：</p><p>{TEXT * 4}</p>"
        f"<p>【会议日程】</p><p>{TEXT}</p><p>编辑：小安</p></div></div>"
    )

    assert (notice.title, notice.issued) == (TITLE, date(2026, 5, 6))
    assert [section.heading for section in notice.sections] == ["", "会议日程"]
    assert "编辑：小安" not in notice.texts()


def test_the_card_of_a_file_says_number_and_day() -> None:
    notice = notice_in(
        "<body><div>您现在的位置：首页&gt;通知</div><table><tr><td>索引号：<td>HN-32<td>发文机关：<td>"
        "海南省教育厅<tr><td>文号：<td>琼教师〔2026〕5号<td>成文日期：<td>2026年2月10日</table>"
        f"<h2>{TITLE}</h2><p>各市：</p><p>{TEXT}</p><h3>概况</h3><dl><dt>对象<dd>校长90人</dl>"
        "<p>附件下载：</p>"
    )

    assert (notice.number, notice.issued) == ("琼教师〔2026〕5号", date(2026, 2, 10))
    assert not any(section.tables for section in notice.sections)
    assert notice.sections[1].paragraphs[0] == "对象：校长90人"
    assert not any(section.number for section in notice.sections)


def test_a_number_apart_from_its_heading_belongs_to_it() -> None:
    numbered = notice_in(
        f"<body><p>各校：</p><p><![if !supportLists]><b>一、</b><![endif]><b>对象</b></p>"
        f"<p>{TEXT}</p><p>二、</p><p><b>时间</b></p><p>{TEXT}</p>"
    )
    counted = notice_in(
        f"<body><p>各校：</p><p>01</p><p><b>对象</b></p><p>{TEXT}</p><p>02</p><p>时间</p><p>{TEXT}</p>"
    )

    for notice, numbers in ((numbered, ["一、", "二、"]), (counted, ["1.", "2."])):
        assert [section.number for section in notice.sections] == numbers
        assert [section.heading for section in notice.sections] == ["对象", "时间"]


def test_a_list_in_a_list_stands_below_its_item() -> None:
    notice = notice_in(
        f"<body><p>{TEXT}</p><ol><li>审核<ol type=a><li>市县初审；<li>省里复审。</ol><li>学习</ol>"
    )

    [first, second] = notice.sections[1:]
    assert [child.number for child in first.children] == ["a)", "b)"]
    assert second.number == "2."


def test_the_name_of_the_site_is_no_title() -> None:
    notice = notice_in(
        f"<title>安徽省教师教育网_通知公告_{TITLE}</title><body><h1>安徽省教师教育网</h1><p>首页</p>"
        f"<p>{TITLE}</p><p>来源：省教师中心</p><p>各校：</p><p>{TEXT}</p><p>安徽省教师中心</p>"
        "<p>2026年5月6日</p>"
    )

    assert (notice.title, notice.issuers) == (TITLE, ("安徽省教师中心",))
    assert list(notice.texts()) == ["", TEXT]
