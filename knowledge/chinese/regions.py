"""Provinces and their prefecture-level cities: which province a text speaks of."""

import re
from functools import cache

from knowledge.chinese.numerals import folded
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
_STREET = r"(?![东西南北中]{0,2}[路街道巷])"
# A river or a lake before 南 and 北 is no province: 黄河南岸, 太湖南路
_NOT_BEFORE = r"(?<!黄)(?<!漯)(?<!太)(?<!东)(?<!西)"
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
    others = "|".join(name for name in names if not (name[:1] in "河湖" and name[1:2] in "南北"))
    return re.compile(rf"(?:{others}|{_NOT_BEFORE}(?:{rivers})){_STREET}")


def province_in(text: str) -> tuple[str, ...]:
    """Short names of the provinces that the text names or whose cities it names, in order."""
    hits = _pattern().findall(folded(text))
    return tuple(dict.fromkeys(_names()[hit] for hit in hits))


def canonical(name: str) -> str:
    """云南省, 云南, 昆明市, 雲南 -> 云南; "" for what is neither a province nor a city of one."""
    return _names().get(folded(name.strip()), "")
