"""What kind of thing a question asks for, read from its question words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.answering.edges import edge_in
from knowledge.answering.question_words import (
    ASKS_NAME_OF_PLACE,
    COMPILED,
    FIGURE_KINDS,
    LISTED,
    MONEY_UNITS,
    PEOPLE_LACK_A_NOUN,
    SPAN_UNITS,
    Kind,
    size_asked,
)

_ORDINAL = re.compile(r"第几[期批班组周轮次]|(?<!第)几(?:级几?等?|等)(?![\u4e00-\u9fff]?[人名])")
_TOTAL = re.compile(
    r"总(?![结体队理务评则归部站成分])|(?<!公)共(?=有?要?(?:多少|几))|一共|合计|共计|累计|加起来|加一[块起]"
)
_LISTED = re.compile(rf"(?<!第)哪[几两三四](?!位|名|天|日|年|月|个月|号|周)(?:{LISTED})")
_COUNTDOWN = re.compile(
    r"(?:还有|还剩|剩下?)(?:几|多少)天(?:截止|到期|结束)?|还有多久(?:截止|到期|结束)?"
    r"|(?:几|多少)天(?:截止|到期)(?=[^\u4e00-\u9fff]|$|了|啊|呀|呢)"
)
_SHARE = re.compile(r"几成|份额|比重|百分")  # 1:30 is none
_BY_DAY = re.compile(r"几[号日]|哪一?[天日]")
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)几")
_OUTCOME = re.compile(
    r"(?:会|要|得)(?:怎|咋|如何|被)|怎么(?:处理|处罚|办|罚|算)|后果|咋办|咋处理|(?:什么|啥)(?:处理|处罚|惩罚|影响|后果)"
)
_TROUBLE = re.compile(
    r"忘了|忘记|(?:找|问)谁(?![批审签盖同报申])|丢了|[传登打看点交进播放录载到]不(?:了|上|开|进|去|出来?)|没反应|失败|出错|报错|黑屏|闪退|卡住|卡顿|收不到|找不到|显示不"
)
_REACH = re.compile(
    r"(?P<by>电话|手机(?=号|[^,，。?？]?多少)|热线|邮箱|qq群?|微信群?|群号|网址|联系方式)(?:号码?)?[^,，。?？]{0,3}(?:发|给|告诉|多少|是|有|$|[?？。呢呀啊])"
)
_MAY_BE_CONTACT = {Kind.CONTACT, Kind.WHETHER, Kind.WHAT, Kind.WHO}
_OFTEN = re.compile(
    r"(?P<every>(?:每?隔|每)?(?:多久|多长时间|[几多]少?天|[几多]少?个?(?:周|星期|月|小时)))[^,，。?？]{0,8}"
    r"(?P<once>[一1](?P<unit>[次期篇份回趟班遍场节轮条]))"
    r"|(?P<rate>(?:每隔|每|隔)(?:多久|多长时间|[几多]少?天)|频率是?(?:多少|多高|什么)?)"
)
_PASSED = re.compile(
    r"(?:开始|结束|截止|到期|过期|开班|开课|完)了?(?:没有?|吗|么|没)(?=$|[?？啊呀呢])"
)
_WITHIN = re.compile(
    r"[天日月周长久](?:之|以)?内|最[晚迟]|提前|期限|[交报传]"
    r"|(?:几|多少)(?:天|个?工作日)(?:得|要|能|必须|就?得|之?内|就要)?(?:[批改审评看回答复反馈补处理办]{1,2}[完好出]|回复|答复|反馈|批[阅改]|审[核阅完])"
)
_LATELY = re.compile(r"近|过(?=[的了国省培训]|就)|年(?:之|以)?内|隔|重复|再")
_CLOCK = re.compile(r"几点|(?<!最)[早晚]上?(?:什么时候|多会儿?)|什么钟点|几时几分")
_HALF = re.compile(r"(?<!最)(?P<half>[早晚])(?:上|晨|间)?(?:最[早晚迟])?(?:是|要|得)?几点")
_DAILY = re.compile(r"每[天日]|天天")
_ON_THE_SPOT = re.compile(
    r"(?:在哪|去哪|哪里|哪儿)(?:培训|上课|考试|开班)|集中|面授|线下|现场|报到|地方|楼|层|[栋幢]|校区|酒店|宾馆|城市|集合|面试|上课|住"
)
_SAID_AS = {
    "名额": "名",
    "指标": "名",
    "人数": "人",
    "日": "天",
    "星期": "周",
    "趟": "次",
    "回": "次",
    "遍": "次",
    "月": "个月",
}
_TASKS_AND_DAYS = re.compile(
    r"(?:要|该|得|需要?|应该?)?(?:交|做|完成|提交|干)(?:些|哪些)?(?:什么|啥)[,，、](?=[^,，]{0,6}(?:几号|哪天|什么时候|何时|啥时候))"
)
_CODE = re.compile(
    r"(?P<code>密码|(?!起码|[多编]少)[\u4e00-\u9fff]码|[账帐学班]号|口令|代号|编号|会议号)是?(?:多少|几|什么|啥)"
)
_NUMBER_OF_NOTICE = re.compile(r"(?<=文号)是?(?:多少|什么|啥|几号|哪个)|几号文")
_TERMS = re.compile(
    r"(?:什么|哪些|啥)(?:样的?)?(?:条件|资格|门槛)|(?:条件|门槛)(?:是|有|要)?(?:什么|哪些|啥)"
)
_RULES = re.compile(
    r"(?:有|要|需要?|该|应该?)?注意(?:些|点)?(?:什么|啥|哪些)(?:事项|问题|事)?"
    r"|(?<![数时龄例间用量])有(?:什么|啥|哪些)(?:特殊|具体)?(?:要求|规定|说法|讲究|限制)"
)
_LEVEL = re.compile(
    r"(?<!第)几级(?!几|教师)|(?:什么|哪个|啥|几)(?:等级|级别|等次|档次)|(?:等级|级别)(?:要|须|需|应)?(?:是|达到|到)?(?:什么|多少|几|啥)级?"
)
_BORN = re.compile(r"出生|[哪几]年[^,，]{0,3}生")
_LEAVE = re.compile(
    r"能不能|可不可以|可以|能否|可否|允许|行不行|(?<![可技智功性体])能(?![力够量])|让不让|给不给|支不支持"
)
_ENTRY = re.compile(
    r"(?:能|可以|可否|让|够格|资格|符合|行不行|条件)[^,，。?？]{0,6}(?:报(?![销账到告])|参加|参训|申请|申报|去|来|选|评)"
)
_CHANGE = re.compile(r"改[到为成期在]|调整|推迟|延期|延后|提前到|变更|顺延")


@dataclass(frozen=True, slots=True)
class Asked:
    """`unit` as in 几次; `spans` are the places of the question words in the text."""

    kind: Kind
    unit: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    total: bool = False  # 一共, 总: asks for the sum
    changed: bool = False  # 改到, 推迟到: asks for what is new
    bound: str = ""  # 最多: an upper one, 至少: a lower one
    weekday: bool = False  # 星期几: asks for a day, and which of the week it is
    passed: bool = False  # 结束了没, 截止了吗: asks for a day, and whether it is over
    by_day: bool = False  # 几号, 哪天: the month alone is no answer
    trouble: bool = False  # 怎么上传不了: something does not work
    outcome: bool = False  # 没过会怎样: asks what follows
    who: bool = False  # 哪年以后出生: a day that says who is meant
    leave: bool = False  # 能不能, 可以吗: asks what is allowed
    entry: bool = False  # 能报吗, 可以参加吗: asks who may
    on_the_spot: bool = False  # 在什么地方, 几楼: a website is no answer
    name: bool = False  # 哪位: asks for somebody by name
    countdown: bool = False  # 还有几天: asks for a day, and how far off it is
    clock: bool = False  # 几点: a day alone is no answer
    half: str = ""  # 早上几点, 晚上几点: which part of the day is meant
    daily: bool = False  # 每天几点: the hour of one day is no answer
    listed: bool = False  # 哪几门: asks for their names
    often: bool = False  # 多久一次: asks how often
    within: bool = False  # 几天内: the time in which something has to be done
    lately: bool = False  # 几年内参加过的: a time that is looked back on
    edge: str = ""  # "start" or "end" of a span of days, "span": both; "" where any may be meant


def asked_for(text: str) -> Asked:
    """`text` is in normal form. The first sentence that asks decides whether for a sum."""
    asked = _asked_in(text)
    parts = _asking_parts(text)
    return replace(asked, total=_asked_in(parts[0]).total) if parts else asked


def _asking_parts(text: str) -> list[str]:
    """The sentences that hold a question word."""
    parts = [part for part in re.split(r"[?？!！。；;]", text) if part.strip()]
    return [part for part in parts if any(p.search(part) for _, p in COMPILED)]


def _asked_in(text: str) -> Asked:
    asked = _asked_plainly(text) or _asked_by_pattern(text)
    if not asked.clock:
        return asked
    half = _HALF.search(text)
    return replace(asked, half=half["half"] if half else "", daily=bool(_DAILY.search(text)))


def _asked_plainly(text: str) -> Asked | None:
    """What one turn of phrase settles: 第几期, 还剩几天, 多久一次, 结束了没."""
    return _asked_of_things(text) or _asked_of_times(text)


def _asked_of_things(text: str) -> Asked | None:
    if level := _LEVEL.search(text):
        return Asked(Kind.WHAT, "等级", spans=(level.span(),))
    if ordinal := _ORDINAL.search(text) or _NUMBER_OF_NOTICE.search(text):
        return Asked(Kind.WHAT, spans=(ordinal.span(),))
    if size := size_asked(text):
        return Asked(Kind.COUNT, size[0], spans=(size[1],), bound=_bound_in(text))
    if place := ASKS_NAME_OF_PLACE.search(text):
        listed = bool(_LISTED.search(text))
        return Asked(Kind.WHERE, place["place"], spans=(place.span("asking"),), listed=listed)
    if terms := _TERMS.search(text):
        return Asked(Kind.WHAT, "条件", spans=(terms.span(),))
    if rules := _RULES.search(text):
        return Asked(Kind.OPEN, spans=(rules.span(),))
    return None


def _asked_of_times(text: str) -> Asked | None:
    if left := _COUNTDOWN.search(text):
        return Asked(Kind.WHEN, spans=(left.span(),), countdown=True, edge="end")
    if often := _OFTEN.search(text):
        unit, said = often["unit"] or "次", ("every", "once", "rate")
        spans = tuple(often.span(part) for part in said if often[part])
        return Asked(Kind.COUNT, _SAID_AS.get(unit, unit), spans=spans, often=True)
    if over := _PASSED.search(text):
        return Asked(Kind.WHEN, spans=(over.span(),), passed=True)
    return None


def _asked_by_pattern(text: str) -> Asked:
    found = [(kind, hits) for kind, pattern in COMPILED if (hits := list(pattern.finditer(text)))]
    if not found:
        reach = _REACH.search(text)
        return Asked(Kind.CONTACT, reach["by"]) if reach else Asked(Kind.OPEN)
    kind, hits = _first_clause(text, found)
    spans = tuple(hit.span() for _, every in found for hit in every)
    if kind is Kind.WHEN and (list_of_tasks := _TASKS_AND_DAYS.search(text)):
        return Asked(Kind.TASKS, spans=(*spans, list_of_tasks.span()))
    if code := _CODE.search(text):
        spans = tuple(span for span in spans if span[1] > code.start())
        return Asked(Kind.WHAT, code["code"], spans=spans)
    if kind in _MAY_BE_CONTACT and (reach := _REACH.search(text)):
        return Asked(Kind.CONTACT, reach["by"], spans=spans)
    asked = _counted(_unit_in(hits[0], text)) if kind is Kind.COUNT else Asked(kind)
    if kind is Kind.WHERE and (place := _kind_of_place(hits)):
        asked = Asked(kind, place)
    if kind is Kind.RATIO and _SHARE.search(text):
        asked = Asked(kind, "%")
    return replace(
        asked,
        spans=spans,
        bound=_bound_in(text),
        weekday=kind is Kind.WHEN and bool(_WEEKDAY.search(text)),
        total=bool(_TOTAL.search(text)),
        changed=bool(_CHANGE.search(text)),
        on_the_spot=kind is Kind.WHERE and bool(_ON_THE_SPOT.search(text)),
        name=kind is Kind.WHO and any(hit["name"] for hit in hits),
        by_day=bool(_BY_DAY.search(text)),
        within=bool(_WITHIN.search(text)),
        lately=bool(_LATELY.search(text)),
        clock=kind is Kind.WHEN and bool(_CLOCK.search(text)),
        edge=edge_in(text) if kind is Kind.WHEN else "",
        listed=kind in (Kind.WHAT, Kind.WHERE) and bool(_LISTED.search(text)),
        trouble=bool(_TROUBLE.search(text)),
        outcome=bool(_OUTCOME.search(text)),
        who="生" in text and bool(_BORN.search(text)),
        leave=bool(_LEAVE.search(text)),
        entry=bool(_ENTRY.search(text)),
    )


def _kind_of_place(hits: Sequence[re.Match[str]]) -> str:
    """学校, 酒店, 楼; "" where any place may be meant."""
    named = [place for hit in hits for place in hit.group("place", "building")]
    return next(filter(None, named), "")


def _first_clause(
    text: str, found: list[tuple[Kind, list[re.Match[str]]]]
) -> tuple[Kind, list[re.Match[str]]]:
    """The first in the order of the kinds; of figures in two clauses, the one asked first."""
    first = found[0]
    for other in found[1:]:
        earlier, later = other[1][0].start(), first[1][0].start()
        if {first[0], other[0]} <= FIGURE_KINDS and re.search("[,，]", text[earlier:later]):
            first = other
    return first


def asked_besides(text: str, first: Asked) -> tuple[Asked, ...]:
    """What else a double question asks for: 每年几次、每次多少天."""
    counted = _pattern_of(Kind.COUNT)
    found = [_counted(_unit(hit)) for hit in counted.finditer(text) if _unit(hit)]
    if first.total and found.count(whole := Asked(first.kind, first.unit)) == 1:
        found.remove(whole)  # 总共多少学时 is one question
    if _pattern_of(Kind.WHEN).search(text):
        found.append(Asked(Kind.WHEN))
    if _pattern_of(Kind.WHERE).search(text):
        found.append(Asked(Kind.WHERE))
    parts = _asking_parts(text)
    if len(parts) > 1 and (last := _asked_in(parts[-1])).total and not first.total:
        found.append(replace(first, total=True, unit=last.unit or first.unit, spans=()))
    others = [
        each
        for each in found
        if (each.kind, each.unit, each.total) != (first.kind, first.unit, first.total)
    ]
    return tuple(dict.fromkeys(others))


def _bound_in(text: str) -> str:
    if re.search(r"最多|至多|顶多|上限|最大|最高|不超过|不能超过|封顶", text):
        return "most"
    return "least" if re.search(r"最少|至少|起码|下限|最低|不少于|不低于|起步", text) else ""


def _counted(unit: str) -> Asked:
    if unit in MONEY_UNITS:
        return Asked(Kind.MONEY)
    return Asked(Kind.DURATION if unit in SPAN_UNITS else Kind.COUNT, unit)


def _pattern_of(kind: Kind) -> re.Pattern[str]:
    return next(pattern for each, pattern in COMPILED if each is kind)


def _unit_in(hit: re.Match[str], text: str) -> str:
    unit = _unit(hit)
    return "人" if unit == "个" and PEOPLE_LACK_A_NOUN.search(text) else unit


def _unit(hit: re.Match[str]) -> str:
    unit = (
        hit["unit"]
        or hit["noun"]
        or ("人" if hit["people"] or hit["crowd"] else "岁" if hit["age"] is not None else "")
    )
    return _SAID_AS.get(unit, unit)
