"""Provinces and their prefecture-level cities: which province a text speaks of."""

import re
from collections import Counter
from functools import cache

from knowledge.chinese.numerals import folded, words
from knowledge.chinese.prefectures import ONLY_WITH_SUFFIX, PREFECTURES

PROVINCES = tuple(PREFECTURES)  # short names, 兵团 included

_LONG = {
    "内蒙古": ("内蒙古自治区", "内蒙"),
    "广西": ("广西壮族自治区",),
    "西藏": ("西藏自治区",),
    "宁夏": ("宁夏回族自治区",),
    "新疆": ("新疆维吾尔自治区", "新疆自治区"),
    "兵团": ("新疆生产建设兵团", "生产建设兵团", "建设兵团", "新疆兵团"),
}
_CITIES_THAT_ARE_PROVINCES = ("北京", "天津", "上海", "重庆")
_LETTERS = dict(  # 京教函…: the letter that a province's documents are numbered under
    zip(
        "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕甘陇青宁新",
        words(
            "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南"
            " 湖北 湖南 广东 广西 海南 重庆 四川 四川 贵州 贵州 云南 云南 西藏 陕西 甘肃 甘肃"
            " 青海 宁夏 新疆"
        ),
        strict=True,
    )
)
_STREET = r"(?![东西南北中]{0,2}[路街道巷])"
# A river or a lake before 南 and 北 is no province: 黄河南岸, 太湖南路
_NOT_BEFORE = r"(?<!黄)(?<!漯)(?<!太)(?<!东)(?<!西)"
_NOT_WITHIN = {"通化": "(?<!普)(?<!流)"}  # 普通化 is a slip for 普通话
_SUFFIXES = ("市", "地区", "州", "盟")


@cache
def _names() -> dict[str, str]:
    """Every name in use -> the short name of its province."""
    names = {name: province for province in PROVINCES for name in _names_of_province(province)}
    for province, cities in PREFECTURES.items():
        for city in cities.split():
            names.update(dict.fromkeys(_names_of_city(city), province))
    return names


def _names_of_province(province: str) -> tuple[str, ...]:
    suffix = "市" if province in _CITIES_THAT_ARE_PROVINCES else "省"
    return (province, *_LONG.get(province, (province + suffix,)))


def _names_of_city(city: str) -> tuple[str, ...]:
    with_suffix = tuple(city + suffix for suffix in _SUFFIXES)
    return with_suffix if city in ONLY_WITH_SUFFIX else (city, *with_suffix)


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_names(), key=len, reverse=True)
    rivers = "|".join(name for name in names if name[:1] in "河湖" and name[1:2] in "南北")
    others = "|".join(
        _NOT_WITHIN.get(name[:2], "") + name
        for name in names
        if not (name[:1] in "河湖" and name[1:2] in "南北")
    )
    return re.compile(rf"(?:{others}|{_NOT_BEFORE}(?:{rivers})){_STREET}")


def province_in(text: str) -> tuple[str, ...]:
    """Short names of the provinces that the text names or whose cities it names, in order."""
    hits = _pattern().findall(folded(text))
    return tuple(dict.fromkeys(_names()[hit] for hit in hits))


def province_of_number(number: str) -> str:
    """黔教师函〔2022〕47号 -> 贵州: the province that issues under this letter."""
    return _LETTERS.get(folded(number.strip())[:1], "")


def province_most_named(text: str) -> str:
    """The province named most often, itself or its cities; "" where two come equally close."""
    counted = Counter(_names()[hit] for hit in _pattern().findall(folded(text))).most_common(2)
    if not counted or (len(counted) == 2 and counted[0][1] < 2 * counted[1][1]):
        return ""
    return counted[0][0]


def canonical(name: str) -> str:
    """云南省, 云南, 昆明市, 雲南 -> 云南; "" for what is neither a province nor a city of one."""
    return _names().get(folded(name.strip()), "")
