"""What stands under a question: an answer, an advertisement, or only more of the question."""

import re
from collections.abc import Iterable, Sequence

from knowledge.chinese.amounts import find_amounts
from knowledge.chinese.dates import find_dates
from knowledge.chinese.numerals import folded

# A line is advertising by what it asks of the reader: to adopt, to rate, to click, to follow.
_ASKED_FOR = re.compile(
    r"采纳|好评|点赞|点个赞|满意|五星|评价|关注|转发|收藏|加分|给分|追问|扫码|加微信|公众号"
)
_ASKING = re.compile(
    r"请|求|望|记得|敬请|麻烦|欢迎|感谢|谢谢|动力|如果|认可|觉得|点击|手机提问|互相帮助|右上角|哦|吧|[~～!！]"
)
_CLICKS = re.compile(
    r"点击.{0,12}(?:下载|查看|领取|链接|按钮|这里|咨询)|本回答由|来源[:：]?百度|展开全部|赞同|已赞过"
)
_SMILEYS = re.compile(r"^[\W_oO∩]+$")
_DOES_NOT_KNOW = re.compile(
    r"(?:我|本人)?(?:也|都|并|就|还)?(?:不|没)(?:太|是很|大|很|怎么)?(?:知道|清楚|了解|懂|明白|确定|听说过?)"
    r"|不好说|同[问求]|我也(?:想|要|求)|求(?:分享|发)|发我|帮顶|路过|等答案|坐等|我也想知道|你可以去?(?:问|咨询)|自己去?(?:查|问|百度)"
)
_ASKS = re.compile(
    r"[?？]\s*$|[吗呢]\s*[。.!！~]*$|想知道|想问|请问|想了解|谁知道|求助|求解|跪求|急求|怎么办$|求大神|哪位|有没有人"
)
_INTERROGATIVE = re.compile(
    r"什么|怎么|怎样|如何|哪[些个里儿一所种天]|多少|几[天号月次个点]|为何|何时|谁|有没有|是不是|是否|能否"
)
_SENTENCES = re.compile(r"[^。!！?？;；\n]+[。!！?？;；]?")
_EARLIER = re.compile(r"以前|原来|原先|之前|本来|起初|早先|原定|原为|最初|一开始|开始说|先前|最早")
_LATER = re.compile(r"后来|后面|现在|又|改[到为成在]|调整[到为]|延期|推迟|提前|变更|变成|最新|如今")


def is_advertising(text: str) -> bool:
    """请采纳, ～你的采纳是我前进的动力: a line that asks for something and tells nothing."""
    plain = folded(text)
    if _SMILEYS.match(plain) or _CLICKS.search(plain):
        return True
    tells = find_dates(plain) or find_amounts(plain)
    return (
        bool(_ASKED_FOR.search(plain) and _ASKING.search(plain)) and not tells and len(plain) <= 80
    )


def without_advertising(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if not is_advertising(text)]


def tells(texts: Sequence[str]) -> bool:
    """Whether at least one sentence states something instead of asking or shrugging."""
    sentences = [each for text in texts for each in _SENTENCES.findall(text)]
    if any(_DOES_NOT_KNOW.search(folded(each)) for each in sentences):
        return any(_states_a_fact(each) for each in sentences)
    if any(_ASKS.search(folded(each)) for each in sentences):
        return any(_states_a_fact(each) for each in sentences) or _mostly_tells(sentences)
    return any(each.strip() for each in sentences)


def _states_a_fact(sentence: str) -> bool:
    plain = folded(sentence)
    facts = [*find_dates(plain), *find_amounts(plain)]
    return bool(facts) and not _asks(plain) and not _about_oneself(plain)


def _asks(plain: str) -> bool:
    return bool(_ASKS.search(plain) or _DOES_NOT_KNOW.search(plain))


def _about_oneself(plain: str) -> bool:
    return bool(re.search(r"我是|我们是|本人|我在|我想|让我|要我|叫我", plain))


def _mostly_tells(sentences: Sequence[str]) -> bool:
    """A long answer may contain a rhetorical question; an elaborated question is short."""
    asking = [each for each in sentences if _asks(folded(each)) or _about_oneself(folded(each))]
    telling = sum(map(len, sentences)) - sum(map(len, asking))
    return telling >= 60 and telling >= 3 * sum(map(len, asking))


def asks(text: str) -> bool:
    """Whether a heading is a question."""
    plain = folded(text)
    return bool(_ASKS.search(plain) or _INTERROGATIVE.search(plain))


def replaced(answer: str) -> str:
    """The figure that an answer gives as outdated: 以前说是8号，后面又改到25号了 -> 8号."""
    plain = folded(answer)
    earlier, later = _EARLIER.search(plain), None
    if earlier:
        later = _LATER.search(plain, earlier.end())
    if not (earlier and later):
        return ""
    old = _figures(answer, earlier.end(), later.start())
    new = _figures(answer, later.start(), len(answer))
    return old[0] if old and new and old[0] != new[0] else ""


def _figures(text: str, begin: int, stop: int) -> list[str]:
    dates = [(each.begin, each.text) for each in find_dates(text) if begin <= each.begin < stop]
    amounts = [(each.begin, each.text) for each in find_amounts(text) if begin <= each.begin < stop]
    return [printed for _, printed in sorted(dates or amounts)]
