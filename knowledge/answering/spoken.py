"""Spoken and mistyped turns of phrase, as the notices would write them."""

import re

from knowledge.chinese.normal import normal

_SPOKEN = (
    ("礼拜", "周"),
    ("一晚上", "每晚"),
    ("啥子", "什么"),
    ("好多", "多少"),
    ("几多", "多少"),
    ("好久", "多久"),
    ("啥时候", "什么时候"),
    ("钟头", "小时"),
    ("没通过", "不合格"),
    ("没及格", "不合格"),
    ("没过", "不合格"),
    ("这会儿", "现在"),
    ("住的地方", "住宿"),
    ("住的钱", "住宿费"),
    ("吃饭的钱", "伙食费"),
    ("吃饭钱", "伙食费"),
    ("吃的住的", "食宿"),
    ("自己掏钱", "自费"),
    ("自己出钱", "自费"),
    ("自己花钱", "自费"),
    ("几人间", "单人间还是双人间"),
    ("换到哪", "改到哪"),
    ("搬到哪", "改到哪"),
    ("眼下", "现在"),
    ("写多长", "写多少字"),
    ("自已", "自己"),
    ("什么程度", "多少"),
    ("啥程度", "多少"),
)
_LINGERING = re.compile(r"([啊呀呢哦哈嘛急吧嗯呜啦！!？?~])\1+")
_PAID_BACK = re.compile(r"((?:票|费|钱)[^,，。?？]{0,6}[能可给以])报(?![销到名送考])")
_PASS_MARK = re.compile(r"(多少分|几分)才?(?:算|能|可以)?(?:通过|过关|过|及格)")
_TYPED_FOR_POINTS = re.compile(
    r"(?<=[少几])份(?=才?(?:算|能|可以|才|是|为)*(?:通过|过关|及格|合格|优秀|良好|达标|满分))"
    r"|(?<=[扣加减占]几)份|(?<=[扣加减占]多少)份"
)
_WITHIN = re.compile(r"(?<=[县区市省校园乡])里(?!面|程)")  # 在区里讲几场
_TYPED_FOR_COPIES = re.compile(r"(?<=[交写填]几)分(?![之钟])")  # 交几分 of a record
_AGE = re.compile(r"(?<=我)(都|今年|已经)?([三四五六]十[一二三四五六七八九]?|[3-6]\d)(?:岁)?了")
_TICKET_BACK = re.compile(r"票(?:给|要|都|全)?退(?:掉|了|完)")
_AFTER_TRAINING = re.compile(
    r"(?:学|培训|训|上)完(?:了|以后|之后|后)?(?:就|再)?回[去来](?!学校|单位|园|校)(?:以后|之后|后|了)?"
)
_YEARS_OF_TEACHING = re.compile(
    r"教(?:了|过|满)?((?:几|多少|\d{1,2}|[一二两三四五六七八九十]{1,2})年)书"
)
_FIRST_OF_ALL = re.compile(r"首([次期批轮])(?=的?(?:集中|面授|研修|培训|线下|活动|会议|报到))")
_MEALS = tuple(
    (re.compile(rf"{hour}(?:的|那|这|吃的?)?一?[顿餐]?饭"), meal)
    for hour, meal in (("早[上晨]", "早饭"), ("中午", "午饭"), ("晚上", "晚饭"))
)
_AT_SPEED = re.compile(
    r"(?:\d(?:\.\d+)?|[一二两三四几多])倍速?(?=速|播|看|听|刷|放|学|过|$)|(?:\d(?:\.\d+)?|[一二两三四多])倍速"
)
_MET = re.compile(  # 车站有人接吗
    r"(?:(?:火|动|汽)?车站|高铁站)?(?:有没有|有|派不派|派|安排不?安排)(?:专?人|专?车|大巴|班车)(?:来|去)?接(?:站|一下|我们?)?(?=[吗么不没啊呀?？,，]|$)"
)
_ONCE = re.compile(  # 少去一回扣几分; not 一回家, 一回来
    r"(?<=[一两二三四五六七八九十几每])回(?![家校来去答顾原园乡到信复头程族民应])"
)
_FOR_THE_FIRST_TIME = re.compile(r"第一次(?=[登进用参报来去上打注])")

_REWRITTEN = (
    (_PAID_BACK, r"\1报销"),
    (_AGE, r"\1\2岁"),
    (_WITHIN, ""),
    (_TYPED_FOR_COPIES, "份"),
    (_TYPED_FOR_POINTS, "分"),
    (_AT_SPEED, "倍速"),
    (_MET, "有接站"),
    (_ONCE, "次"),
    (_FOR_THE_FIRST_TIME, "首次"),
    (_PASS_MARK, r"\1合格"),
    (_YEARS_OF_TEACHING, r"教龄\1"),
    (_FIRST_OF_ALL, r"第一\1"),
    *_MEALS,
    (_TICKET_BACK, "退票"),
    (_AFTER_TRAINING, "训后"),
)


def as_written(text: str) -> str:
    """The normal form of a question with 啥时候 as 什么时候, 多少份算合格 as 多少分算合格."""
    plain = _LINGERING.sub(r"\1", normal(text))
    for spoken, written in _SPOKEN:
        plain = plain.replace(spoken, written)
    for pattern, written in _REWRITTEN:
        plain = pattern.sub(written, plain)
    return plain
