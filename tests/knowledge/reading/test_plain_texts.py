"""Plain text as mail programs and typewriters set it: broken lines, columns of blanks."""

import pytest

from knowledge.notices import Notice
from knowledge.reading.files import read_file

BROKEN = """海南省教师发展中心
关于举办2025年乡村美术教师采风研修班与作品展评活动的通知
各市县教育局，各有关学校：
　　为提升乡村美术教师写生与创作能力，我中心决定于2025年8
月举办采风研修班。现将有关事项通知如下：
　　一、对象和时间
　　（一）2023年9月1日以后入职、尚未参加过省级美术类研修活动
的乡村教师，每市县3人，由教育局推荐，不接受个人报名，共
54人。
　　（二）研修共60学时，其中写生36学时、创作18学时、展评6学时
，分两段进行，两段之间间隔30天，期间在本校继续完成作品。
　　（三）报到时须携带：1. 身份证原件；2. 近两年作品照片5张；
3. 画具1套。
　　二、其他
　　请假须书面申请。
{table}
"""


def notice(text: str) -> Notice:
    [found] = read_file("n.txt", text.encode("gb18030")).notices
    return found


def test_lines_of_as_many_characters_are_joined() -> None:
    found = notice(BROKEN.format(table=""))
    _, first, second = found.sections
    whom, hours, things = first.children

    assert found.title.endswith("关于举办2025年乡村美术教师采风研修班与作品展评活动的通知")
    assert found.addressees == "各市县教育局，各有关学校"
    assert (whom.heading, hours.heading) == ("", "")
    assert whom.paragraphs[0].endswith("由教育局推荐，不接受个人报名，共54人。")
    assert "展评6学时，分两段进行" in hours.paragraphs[0]
    assert things.heading == "报到时须携带"
    assert [each.number for each in things.children] == ["1.", "2.", "3."]
    assert second.paragraphs == ("请假须书面申请。",)


@pytest.mark.parametrize(
    "rows",
    [
        ("市县        小计  小学  初中", "海口市      6     3     3", "三亚市      8     4     4"),
        ("市县\t小计\t小学\t初中", "海口市\t6\t3\t3", "三亚市\t8\t4\t4"),
        ("市县　小计　小学　初中", "海口市　6　3　3", "三亚市　8　4　4"),
        ("市县 小计 小学 初中", "海口市 6 3 3", "三亚市 8 4 4"),
        ("市县 | 小计 | 小学 | 初中", "海口市 | 6 | 3 | 3", "三亚市 | 8 | 4 | 4"),
        ("| 市县 | 小计 | 小学 | 初中 |", "| 海口市 | 6 | 3 | 3 |", "| 三亚市 | 8 | 4 | 4 |"),
    ],
)
def test_columns_of_blanks_are_a_table(rows: tuple[str, ...]) -> None:
    found = notice(BROKEN.format(table="附件\n名额表\n" + "\n".join(rows)))
    annex = found.sections[-1]
    [table] = annex.tables

    assert annex.heading == "名额表"
    assert table.header == ("市县", "小计", "小学", "初中")
    assert table.rows == (("海口市", "6", "3", "3"), ("三亚市", "8", "4", "4"))


@pytest.mark.parametrize(
    "lines",
    [
        ("联系人：陈  静  0898-6600", "邮  编：570100", "地  址：海口市"),
        ("请带身份证  水杯", "以及画具  纸张", "还有证书  照片"),
    ],
)
def test_blanks_in_a_line_are_no_table(lines: tuple[str, ...]) -> None:
    found = notice(BROKEN.format(table="\n".join(lines)))

    assert not any(section.tables for section in found.sections)


def test_a_word_set_apart_to_fill_its_column_is_one_cell() -> None:
    rows = "市县    小计    初中\n海口市    6    3\n三亚市    8    4\n合  计    14    7"
    [table] = notice(BROKEN.format(table=f"附件\n名额表\n{rows}")).sections[-1].tables

    assert table.rows[-1] == ("合计", "14", "7")


def test_numbers_may_be_set_in_full_width() -> None:
    found = notice(
        "教师进修学院关于二○二六年度研修的通知\n\n渝教研院〔２０２６〕８号\n\n各校：\n请照办。"
    )

    assert (found.number, found.years) == ("渝教研院〔2026〕8号", (2026,))


def test_tabs_hold_a_table_together_where_cells_are_empty() -> None:
    rows = "日期\t时间\t内容\n7月13日\t8:30\t开班式\n\t9:10\t讲座\n7月14日\t8:30\t"
    [table] = notice(BROKEN.format(table=f"附件\n日程\n{rows}")).sections[-1].tables

    assert table.rows[1:] == (("7月13日", "9:10", "讲座"), ("7月14日", "8:30", ""))


def test_a_line_that_ends_in_a_comma_goes_on_below() -> None:
    found = notice("关于研修的通知\n各校：\n1. 请假半天以内，\n   由组长批准。\n2. 手机静音。")

    assert found.sections[0].paragraphs == ("请假半天以内，由组长批准。",)
