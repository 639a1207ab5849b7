"""Whether a passage holds the kind of thing that a question asks for: a day, a place, a person."""

import re

from knowledge.answering.days import days_told, is_other_edge
from knowledge.answering.figures import CHANGED, amounts_asked, held, is_basis
from knowledge.answering.hours import is_other_hour
from knowledge.answering.kinds import Asked
from knowledge.answering.not_the_rule import is_looked_back
from knowledge.answering.passages import Passage, amounts_of, clocks_of, dates_of
from knowledge.answering.question_words import FIGURE_KINDS, Kind
from knowledge.chinese.normal import normal
from knowledge.chinese.prefectures import PREFECTURES
from knowledge.chinese.rates import find_rates

_LOOSE = {Kind.WHAT, Kind.HOW, Kind.TASKS, Kind.WHO}  # asked for in each other's words
_WORDY_TIME = re.compile(  # a time told without a date
    r"(?:结束|完成|开始|报到|开班|开课|开学|培训|研修|申报|通过|印发|评审|结业|考核)(?:之?后|以后|之?前|以前)"
    r"|(?:周|星期|礼拜)[一二三四五六日天]|[上下]午|\d{1,2}[:：]\d{2}|期间|年内|月内|天内|日内|过程中|学期|学年|当天|随时|[年月]底|[年月]初"
)
_FREE = re.compile(
    r"不[再另]?(?:收|交|缴|需交|需缴)|免[收交缴除费]|自理|报销|列支|(?:费|经费|资金|支出|开支|由)[^。；]{0,20}承担|承担[^，。；]{0,8}(?:费|支出|开支)"
)  # what money is asked for
_SPOT = re.compile(
    r"(?:地点|地址)[^，。；]{0,8}?(?:[为是在:：]|设|定于)|[在于到赴](?!\d)[^，。；]{2,24}(?:举行|举办|进行|培训|报到|集中|学习|研修|召开|开展|签到)(?!前|后|时|期间|当)"
    r"|赴[\u4e00-\u9fff]{2,8}|大学|学院|师大|酒店|宾馆|(?:会议|交流|活动|培训|教育|研修)中心(?![^，。；]{0,6}(?:批准|审核|负责|备案|组织|同意|：|电话|统一|制定|下达))|校区|(?<![由各])(?<!跟岗)(?<!实践)(?<!培训)(?<!实训)(?<!校外)基地(?![园校学幼])|\d+号(?![文令])"
    r"|[\u4e00-\u9fff]{2}(?<![的中各及县镇村])(?:中学|小学|幼儿园|实验学校)(?![语数英物化生政史地音体美科信教校班组段园骨高])"
)
_SAYS_WHERE = re.compile(r"地点|地址")
_LEFT_OPEN = re.compile(r"地[点址][^。；]{0,12}(?:另行|待定|后续)")
_SCHOOLS = {"大学", "学院", "高校", "院校", "学校", "幼儿园"}
_PLACE = re.compile(
    rf"{_SPOT.pattern}|[在于](?!\d|开班|结业|规定|培训|研修|[每各上下])[^，。；]{{2,24}}(?:完成|提交|登录|上传)"
    r"|(?:上传|提交|报送|发送|寄送?|发|交)(?:到|至|给|往)"
    r"|(?:通过|使用|登录)[^，。；]{2,16}(?:系统|小程序|公众号|邮箱|app)|网址|https?:|www\.|平台|网站"
)
_UNIVERSITY = re.compile(r"大学|学院|师大|师专|高等专科学校|教育中心|发展中心|培训中心")
_SCHOOL = re.compile(
    rf"{_UNIVERSITY.pattern}|(?:实验|外国语|附属|职业|中心|特殊教育|师范|高级|中等|党|一贯制|技工|聋)学校"
    r"|(?!基地|所在|派出|乡村|农村|城市|优质|示范|每所|参训|各地|普通|民办|公办|[与和及的在到])[\u4e00-\u9fff]{2}"
    r"(?:中学|小学|幼儿园|[一二三四五六七八九十]中|附[中小])(?![语数英物化生政史地音体美科信教校班组段园骨高])"
)
_KINDERGARTEN = re.compile(
    r"(?!基地|跟岗|所在|派出|乡村|农村|城市|优质|示范|每所|参训|各地|普通|民办|公办|[与和及的在到])[\u4e00-\u9fff]{2}(?:幼儿园|附幼)(?![教园骨])"
)
_CITY = re.compile("|".join(filter(None, " ".join(PREFECTURES.values()).split())) + "|[省市县]城")
_INN = re.compile(
    r"(?<!住宿)(?<!入住)(?<!下榻)(?<!所住)(?<!指定)(?<!协议)(?<!统一)(?<!安排)(?:酒店|宾馆|饭店|招待所|公寓|会议中心|交流中心|专家楼|培训楼|山庄|度假村)"
)
_SITE = re.compile(r"[网台]|系统|小程序|公众号|app|https?:|www\.", re.I)
_ROOM = re.compile(
    r"教室|会议室|报告厅|会议厅|礼堂|机房|多功能厅|活动室|\d{1,4}室|[楼栋幢座]\s*[a-z]?\d{3,4}(?!\d)",
    re.I,
)
_KINDS_OF_PLACE = {
    **dict.fromkeys(("大学", "学院", "高校", "院校"), _UNIVERSITY),
    "学校": _SCHOOL,
    "幼儿园": _KINDERGARTEN,
    **dict.fromkeys(("酒店", "宾馆"), _INN),
    **dict.fromkeys(("教室", "会议室", "报告厅", "机房", "房间", "办公室"), _ROOM),
    **dict.fromkeys("楼层栋幢", re.compile("[楼层栋幢座]")),
    "城市": _CITY,
    **dict.fromkeys(("平台", "网站", "系统", "小程序", "app"), _SITE),
}
_MAY = re.compile(
    r"可以?(?!推广|复制|持续|操作|借鉴|示范)[^能行]|不(?:列入|纳入|属于|在[^，。；]{0,10}(?:范围|之列))|不得|不予|不可|不能|不再|允许|禁止|严禁|不(?:安排|提供|接受|支持)|均可|无需|不必"
)
_LEVEL = re.compile(
    r"[一二三四五六特初中高省市国县校优良\da-eA-E]级|[一二三甲乙丙优]等|优秀|良好|合格"
)
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天]")
_QUALIFIES = re.compile(
    r"具有|具备|职称|教龄|年龄|学历|资格|水平|(?:满|不少于|不低于)\d|[周满]岁|年以上|在编|在岗"
)
_SAYS_WHOM = re.compile(
    r"对象|条件|要求|资格|范围|面向|备注|说明|是否|[：；](?:[是否有无√×])(?:；|$)"
)
_CONDITIONS = re.compile(r"条件|对象|资格|范围")
_REACHED_BY = (
    ("邮箱", re.compile(r"@")),
    ("微信", re.compile(r"微信")),
    ("群", re.compile(r"群[号：:为是]?\s*\D{0,4}\d{5,}")),
    ("网址", re.compile(r"https?:|www\.|\.(?:com|cn|net)")),
    ("电话", re.compile(r"\d{3,4}-\d{7,8}|1\d{10}|[48]00-?\d{3}|\d{7,8}")),
)
_OUTCOME = re.compile(
    r"取消|不予|不得|不计|延长|延期|通报|视为|按[^，。]{0,12}(?:处理|认定)|核减|扣|暂停|退[学回训]|重[修新]|补[考测训修学]|后果|责任"
)
_ANY_UNIT = {"", "个", "步", "段", "项", "类", "种", "条", "轮", "次", "级"}
_OF_TROUBLE = {Kind.HOW, Kind.OPEN, Kind.WHETHER, Kind.WHAT, Kind.WHO}
_TASKS = re.compile(r"任务|要求|职责|提交|上传|完成|撰写|作业|参加|携带")
_HELP = re.compile(
    r"热线|技术|客服|联系|咨询|故障|无法|系统|电话|管理员|班主任|重置|找回|不了|不成功|重新|密码|补"
)
_CONTACT = re.compile(r"\d{3,4}-\d{7,8}|1\d{10}|[48]00-?\d{3}|@|https?:|www\.|群[号：:]?\s*\d{5,}")
_CODE = re.compile(r"[A-Za-z\d@#]{4,}|身份证|手机号|工号|后[四六八]位|生日|相同|一致")
_NEW_CELL = re.compile(r"(?:调整|变更|修改|更正)后[^；：]{0,6}：")  # of a table of changes
_NAMED = re.compile(r"(?:联系人|负责人|班主任|组长|主任|专家)[^，。；]{0,6}[：:]|\d{7,8}|1\d{10}")
_PERSON = re.compile(
    r"由|负责|组织|牵头|主办|承办|承担|面向|对象|联系人|局|厅|部门|机构|教师|校长|学员|专家|中心|院校|高校|学校|单位|老师|团队|园[所长]?|自[理费]|县|个人"
)
# What a passage without the asked kind of thing is still worth.
NO_HELP = 0.5  # something does not work, and nobody to turn to
NAMES_NO_PLACE = 0.9  # 地点另行通知
NO_SUCH_PLACE = 0.4  # 哪个大学, and no university
NO_CONTACT, NO_PLACE, NO_PERSON = 0.5, 0.5, 0.7
NO_NAME = 0.4  # 哪位, and nobody is named
NO_TASK, NO_OUTCOME = 0.7, 0.88
NO_CODE = 0.65  # 密码是多少, and it is not there
SAYS_IF = 0.9  # 能不能, and something is allowed or not
NO_CONDITION = 0.5  # 能不能报, and a row of places and days
SAYS_NO_YES = 0.85  # whether: a clause may say it
NO_NEW_DAY = 0.5  # 改到哪天, and no day there
NO_CLOCK = 0.5  # 几点, and no time of the day there
OTHER_EDGE = 0.8  # 什么时候开始, and only an end is told
BASIS_ONLY = 0.75  # 请几天, and only 每缺勤半天扣3分 is told
TOLD_WITHOUT_DAY = 0.7  # 几号, and only 培训结束后
TOLD_OTHERWISE = 0.75  # 培训结束后, 不收费用
MONTH_ONLY, UNCHANGED, END_OF_STAGE = 0.75, 0.85, 0.9
NO_DAY_OF_STAGE = 0.6  # its days are not printed: we only reckon with some
NO_DAY, NO_FIGURE = 0.35, 0.3
ENTRY_NO_FIGURE, OTHER_UNIT, WRONG_UNIT = 0.4, 0.6, 0.75
ENTRY_OPEN, ENTRY_LOOSE, ENTRY_OTHER = 0.9, 0.8, 0.6


def fits(asked: Asked, passage: Passage) -> float:
    """0 to 1: whether the passage holds the kind of thing that is asked for."""
    if asked.trouble and asked.kind in _OF_TROUBLE and not _HELP.search(passage.text):
        return NO_HELP
    if passage.kinds:
        return _fits_entry(asked, passage)
    if asked.kind in FIGURE_KINDS:
        return _fits_figure(asked, passage)
    return _fits_clause(asked, passage)


def tells(asked: Asked, passage: Passage) -> bool:
    """Whether the very figure is there; a task also tells the end of its stage."""
    if asked.kind is Kind.WHEN and passage.task and not asked.clock and asked.edge in ("", "end"):
        return True
    return fits(asked, passage) == 1.0 and held(asked, passage)


def _fits_clause(asked: Asked, passage: Passage) -> float:
    text = passage.text
    match asked.kind:
        case Kind.CONTACT | Kind.WHERE | Kind.WHO:
            pattern, without = _looked_for(asked)
            left_open = _LEFT_OPEN if asked.unit in _SCHOOLS else _SAYS_WHERE
            if asked.kind is Kind.WHERE and left_open.search(text):
                without = NAMES_NO_PLACE
            return 1.0 if pattern.search(text) else without
        case Kind.TASKS if passage.task is None:
            return 1.0 if _TASKS.search(f"{passage.context} {text}") else NO_TASK
        case Kind.WHAT if asked.unit:
            return 1.0 if _is_named(asked.unit, passage) else NO_CODE
        case Kind.HOW | Kind.WHAT if asked.outcome:
            return 1.0 if _OUTCOME.search(text) else NO_OUTCOME
        case Kind.WHETHER:
            return _fits_whether(asked, passage)
    return 1.0


def _fits_whether(asked: Asked, passage: Passage) -> float:
    """A clause may say it, and who may is said under such a heading; a row has to name whom."""
    if asked.entry and _CONDITIONS.search(passage.context) and passage.kind != "row":
        return 1.0
    if asked.leave and _MAY.search(passage.text):
        return SAYS_IF
    if passage.kind == "row" and asked.entry:
        return SAYS_NO_YES if _SAYS_WHOM.search(passage.text) else NO_CONDITION
    return SAYS_NO_YES


def _is_named(what: str, passage: Passage) -> bool:
    """Whether a level, conditions or a code like a password are told."""
    match what:
        case "等级":
            return bool(_LEVEL.search(passage.text))
        case "条件":
            return bool(_QUALIFIES.search(passage.text) or _CONDITIONS.search(passage.context))
    return what in normal(passage.text) and bool(_CODE.search(passage.text))


def _looked_for(asked: Asked) -> tuple[re.Pattern[str], float]:
    """What has to stand there, and what a passage without it is worth."""
    match asked.kind:
        case Kind.CONTACT:
            return _ways_to_reach(asked), NO_CONTACT
        case Kind.WHERE:
            kind_of_place = _KINDS_OF_PLACE.get(asked.unit)
            return (
                (kind_of_place, NO_SUCH_PLACE)
                if kind_of_place
                else (_SPOT if asked.on_the_spot else _PLACE, NO_PLACE)
            )
    return (_NAMED, NO_NAME) if asked.name else (_PERSON, NO_PERSON)


def _ways_to_reach(asked: Asked) -> re.Pattern[str]:
    return next((way for by, way in _REACHED_BY if by in asked.unit), _CONTACT)


def _fits_figure(asked: Asked, passage: Passage) -> float:
    text = passage.text
    match asked.kind:
        case Kind.WHEN:
            return _fits_day(asked, passage)
        case Kind.DURATION if passage.kind == "stage":
            return 1.0
    if asked.often and find_rates(text):
        return 1.0
    if found := amounts_asked(asked, text):
        beside = (is_basis(text, b) or is_looked_back(asked, words) for words, b, _, _ in found)
        return BASIS_ONLY if all(beside) else 1.0
    return TOLD_OTHERWISE if _is_told_otherwise(asked, text) else NO_FIGURE


def _fits_day(asked: Asked, passage: Passage) -> float:
    text = passage.text
    if asked.clock and passage.kind != "stage":
        return 1.0 if clocks_of(text) and not is_other_hour(asked, text) else NO_CLOCK
    if passage.stage and not passage.task and passage.stage.reading and not passage.stage.when:
        return NO_DAY_OF_STAGE
    if asked.weekday and _WEEKDAY.search(text):
        return 1.0
    if days_told(text, who=asked.who) or passage.kind in ("stage", "head"):
        return _fits_date(asked, passage)
    if passage.task:
        return 1.0 if passage.task.due else END_OF_STAGE  # the end of its stage
    return _fits_words(asked, text)


def _fits_words(asked: Asked, text: str) -> float:
    """A passage without a date: a time may be told in words, as 培训结束后."""
    if asked.changed:
        return NO_NEW_DAY
    if asked.weekday or not _is_told_otherwise(asked, text):
        return NO_DAY
    return TOLD_WITHOUT_DAY if asked.by_day else TOLD_OTHERWISE


def _fits_date(asked: Asked, passage: Passage) -> float:
    """A passage with a date: whether it is told as the question wants it."""
    if is_other_edge(asked.edge, passage.text):
        return OTHER_EDGE
    if (asked.by_day or asked.weekday) and not _tells_a_day(passage):
        return MONTH_ONLY
    return 1.0 if not asked.changed or _says_change(passage.text) else UNCHANGED


def _says_change(text: str) -> bool:
    return bool(CHANGED.search(text) or _NEW_CELL.search(text))


def _tells_a_day(passage: Passage) -> bool:
    return bool(passage.stage) or any(
        each.first.day or each.first.part for each in dates_of(passage.text)
    )


def _is_told_otherwise(asked: Asked, text: str) -> bool:
    """A day told without a date (培训结束后), a price without a figure (不收费用)."""
    if asked.kind is Kind.WHEN:
        return bool(_WORDY_TIME.search(text))
    return asked.kind is Kind.MONEY and bool(_FREE.search(text))


def _fits_entry(asked: Asked, passage: Passage) -> float:
    """An entry says itself what it is asked for."""
    if asked.kind in FIGURE_KINDS and not held(asked, passage):
        if asked.unit in _ANY_UNIT and asked.kind is Kind.COUNT and amounts_of(passage.text):
            return OTHER_UNIT  # counted in other words: 几步, 四个阶段
        return TOLD_OTHERWISE if _is_told_otherwise(asked, passage.text) else ENTRY_NO_FIGURE
    if asked.name and not _NAMED.search(passage.text):
        return NO_NAME
    if asked.kind is Kind.OPEN or asked.kind in passage.kinds:
        wrong_unit = asked.unit and not amounts_asked(asked, passage.text)
        return WRONG_UNIT if wrong_unit else 1.0
    if asked.kind in FIGURE_KINDS or Kind.OPEN in passage.kinds:
        return ENTRY_OPEN
    return ENTRY_LOOSE if asked.kind in _LOOSE and passage.kinds & _LOOSE else ENTRY_OTHER
