"""Invented notices of several provinces, and the same schedule in several formats."""

import io
from collections.abc import Sequence

import openpyxl
from docx import Document as new_word

GUIZHOU = """贵州省教育厅办公室文件
黔教办师函〔2026〕37号
贵州省教育厅办公室关于组织实施2026年乡村教师
信息技术应用能力提升培训的通知
各市（州）教育局，贵安新区教育局，各有关高校：
为深入推进教师队伍建设，经研究，决定组织实施本次培训。现将有关事项通知如下。
一、培训对象
全省乡村中小学在职教师，共计1200名，其中小学800名、初中400名。
二、培训时间
（一）线上研修。2026年6月15日至8月20日，每人须完成不少于60学时的在线课程。
（二）集中培训。9月12日-9月13日，地点为贵阳市观山湖区贵州师范学院。
三、有关要求
1.各地要高度重视，按时组织报名，报名截止时间为6月5日17:00前。
2.参训教师须提交研修总结1篇，不少于1500字。
（1）总结用A4纸打印。
（2）电子版发至邮箱。
① 邮件标题写明单位。
四、联系方式
联系人：王敏，电话：0851-85280000；报名网址：https://px.gzedu.example.cn/2026 。
附件：1．研修任务安排表
2．报名回执
贵州省教育厅办公室
2026年5月18日
附件1
2026年贵州省乡村教师信息技术应用能力提升培训任务安排表"""

HUBEI_AMENDING = """            湖北省教师管理与培训中心
        关于2026年中小学名师工作室集中研修
            报到时间调整的补充通知
        （鄂师培〔2026〕第45号）

各市、州、直管市、神农架林区教育局，各名师工作室：

    原定于2026年7月8日报到的名师工作室集中研修（见《关于举办2026年
中小学名师工作室集中研修的通知》，鄂师培〔2026〕31号），因承办院校校舍
维修，现就有关安排调整如下：

    一、报到时间由7月8日改为7月15日（星期三）14:00—18:00，地点不
变，仍为武汉市洪山区华中师范大学桂苑宾馆。

    二、研修时长不变，仍为7天，共50学时，7月22日上午返程。往返交通费
回单位报销，食宿费每人每天320元，由专项经费支付。

    三、已购车票的学员请于7月3日前与班主任联系，逾期不予办理。其他事
项仍按鄂师培〔2026〕31号文件执行，与本通知不一致的，以本通知为准。

    联系人：陈  静   027-67860000

                            湖北省教师管理与培训中心
                                二〇二六年六月二十四日
"""

ZHEJIANG_PAGE = """<!DOCTYPE html><html><head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>浙江省教育厅关于公布2026年中小学教师专业发展培训安排的公告 - 浙江教育网</title>
<meta name="PubDate" content="2026-03-12 10:20"><script>"不是正文"</script></head><body>
<div id="header"><ul><li><a href="/">首页</a></li><li><a href="/x">政务公开</a></li></ul></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; 通知公告</div>
<div class="wrap"><div class="main-con">
<h1>浙江省教育厅关于公布2026年中小学教师<br>专业发展培训安排的公告</h1>
<div class="info">发布日期：2026-03-12 来源：浙江省教育厅 浏览次数：<span id="cc"></span></div>
<div class="share">分享到：微信 微博</div>
<div class="TRS_Editor"><p>&emsp;&emsp;浙教师公告〔2026〕3号</p>
<p>&emsp;&emsp;为做好2026年度培训工作，现将安排公告如下。</p>
<p><strong>&emsp;&emsp;一、报名时间</strong></p>
<p>&emsp;&emsp;4月1日9:00至4月20日17:00，逾期不再受理。</p>
<p><strong>&emsp;&emsp;二、培训学分</strong></p>
<p>&emsp;&emsp;每位教师五年内累计不少于360学分，其中2026年不少于60学分。</p>
<p>三、任务分工</p><p style="text-align:center">2026年省级培训各阶段任务分工表</p>
<table border=1><tr><th>阶段</th><th>时间</th><th>角色</th><th>主要任务</th></tr>
<tr><td rowspan=3>自主选课</td><td rowspan=3>4月1日-4月20日</td>
<td>参训教师</td><td>1.选课。在平台选2门以上课程。<br>2.确认。4月18日前确认参训信息。</td></tr>
<tr><td>学校管理员</td><td>1.审核。于4月19日前完成审核。</td></tr>
<tr><td>培训机构</td><td>1.发布课程。每门课程配1份教学计划。</td></tr>
<tr><td rowspan=3>集中培训</td><td rowspan=3>5月上旬至6月底</td>
<td>参训教师</td><td>1.参加培训。每天签到两次。<br>
2.结业考核。提交1篇2000字以上的案例。</td></tr>
<tr><td>学校管理员</td><td>1.督促。每周查看1次进度。</td></tr>
<tr><td>培训机构</td><td>1.组织教学。每班不超过50人。<br>2.评价。6月28日前上报成绩。</td></tr></table>
<p>四、咨询电话：0571-88000000，<a href="http://px.zjedu.example.cn/reg">报名入口</a>。</p></div>
<div class="related"><h3>相关推荐</h3><ul><li><a href=1>别的新闻</a></li></ul></div></div></div>
<div id="footer">版权所有 浙ICP备000号</div></body></html>"""

YUNNAN = """云 南 省 教 育 厅 文 件

云教师〔2025〕18号                                签发人：李某

云南省教育厅　云南省财政厅关于印发《云南省“国培计划（2025）”实施方案》的通知

各州、市教育体育局、财政局：

　　现将实施方案印发给你们，请认真贯彻执行。

　　附件：云南省“国培计划（2025）”实施方案

云南省教育厅　　　云南省财政厅
2025年6月9日

（此件主动公开）

附件

云南省“国培计划（2025）”实施方案

　　为落实教育部要求，制定本方案。

　　一、总体要求

　　（一）目标任务。2025年培训教师3.2万人次，其中乡村教师占比不低于80%。

　　（二）基本原则。
　　1.坚持公益性。所有项目不收取培训费。
　　2.坚持实效性。

　　二、名师名校长培养

　　第一条　培养周期为3年。

　　三、经费保障

　　1.学员往返交通费由所在单位承担。2.每人每天400元。

抄送：教育部教师工作司。
云南省教育厅办公室        2025年6月9日印发
"""

GUIDE = """# 四川省2026年“省培计划”教师培训常见问题解答

发布单位：四川省教师发展中心    发布时间：2026年5月6日

## 报到时能提前一天入住吗？
可以，但提前入住的费用自理，每晚180元。

## 问：请假怎么办
答：请假超过总学时的1/5不予结业。

**Q：结业证什么时候发？**

A：结业后30个工作日内。

问：能换班吗
答：
"""

QUESTIONS = """『壹』 2024年河北省国培计划线上培训几月份结束
线上部分到11月30日结束,逾期学习时长不计入。
『贰』 国培的研修日志每篇多少字啊
亲,研修日志每篇不少于500字,共写3篇。
满意请采纳哦,谢谢!
『叁』 湖南国培计划跟岗实践从哪天开始
原先说6月1日,后来改到6月10日了。
『肆』 谁有国培优秀作业的范文
同求,我也想要一份,发我邮箱谢谢
『伍』 继续教育学时怎么换算
1学分等于10学时。你可以登录官网查看
记得给个五星好评~
『陆』 国培计划有什么意义吗?
没听说过。
『柒』 置换研修算不算学历
以前有人说是国家承认的。
不算,只发结业证书。
"""

SCHEDULE_TITLE = "2026年贵州省乡村教师信息技术应用能力提升培训任务安排表"
SCHEDULE = [
    ["时间", "阶段", "任务与职责", "任务与职责", "任务与职责", "任务与职责"],
    ["时间", "阶段", "参训学员", "班主任", "学科导师", "县级管理员"],
    [
        "6月15日-8月20日",
        "线上研修",
        "* 1.课程学习。完成60学时在线课程，7月31日前完成一半。\n○ 2.交流研讨：发帖不少于5篇。",
        "* 1.班级管理。每周发布1期班级简报。\n2.督促学习。8月10日前电话提醒未达标学员。",
        "△ 1.在线答疑。至少回答20个问题。",
        "1.数据监测。每两周上报1次进度。",
    ],
    [
        "9月12日-9月13日",
        "集中培训",
        "* 1.现场学习。参加2天集中培训。\n* 2.成果提交。提交1篇不少于1500字的研修总结。",
        "1.考勤管理。每天点名两次。",
        "△ 1.专题讲座。主讲1场专题讲座。",
        "1.后勤保障。于9月10日前落实住宿。",
    ],
]


def word(text: str, rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word file; equal cells of the head are merged as people merge them."""
    document = new_word()
    for line in text.splitlines():
        document.add_paragraph(line)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                table.cell(at, column).text = cell
        for corners, cell in (((0, 2, 0, 5), rows[0][2]), ((0, 0, 1, 0), rows[0][0])):
            top, left, bottom, right = corners
            table.cell(top, left).merge(table.cell(bottom, right)).text = cell
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def workbook(title: str, rows: Sequence[Sequence[str]], *merged: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title])
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def web_page(text: str, rows: Sequence[Sequence[str]]) -> bytes:
    cells = [[cell.replace("\n", "<br>") for cell in row] for row in rows]
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines())
    return (
        "<html><head><meta charset=utf-8><title>通知公告</title></head><body>"
        "<div class=nav><a href=/>首页</a></div>"
        f"<div class=content>{paragraphs}<table>{table}</table></div>"
        "<div class=footer>版权所有</div></body></html>"
    ).encode()
