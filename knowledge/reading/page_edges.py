"""What a page prints round its article: the way there, cards, 上一篇, 相关阅读, credits."""

import re
from collections.abc import Iterator, Sequence

from knowledge.chinese.numerals import folded
from knowledge.reading.blocks import Block, Grid, Paragraph
from knowledge.reading.heads import NUMBER, is_letterhead, says_when_published

_CARD = re.compile(
    r"索引号|信息分类|主题分类|发文(?:机关|单位)|成文日期|发布(?:日期|机构)|生成日期|文号"
)
_FEWEST_ON_CARD = 2
_OF_CARD = re.compile(r"发?文(?:字)?号|成文日期|发文日期|发布日期|发文机关|发布机构")
_WAY_THERE = re.compile(
    r"^(?:您|你)?(?:现在|当前|所在)?的?(?:所在)?位置(?:是|在)?\s*[::>]|^首页\s*[>›»/|-]"
)
_TOOLS = re.compile(
    r"^\W*(?:字体|字号|分享到|打印|收藏|关闭|浏览(?:次数|量)?|点击(?:数|量|率|次数)|阅读(?:次数|量)?)"
    r"[^。]{0,30}$|^\W*(?:点击|关注)?(?:上方|下方)?.{0,2}蓝字.{0,6}$"
)
_BEYOND = re.compile(
    r"^\W*(?:[上下]一(?:篇|条|页|则)|(?:相关|延伸|推荐|猜你|热门|更多)(?:阅读|链接|新闻|文章|推荐|资讯|喜欢|信息)"
    r"|阅读原文|版权所有|免责声明|打印(?:本页|此页)?|关闭(?:窗口|本页)?|分享到|扫一扫|(?:主管|主办)单位?[::].{0,30}(?:ICP|备案))"
)
_CREDIT = re.compile(
    r"^\W*(?:END|完|(?:责任|文字|图文|新媒体)?(?:编辑|审核|校对|监制|排版|供稿|初审|复审|终审|来源|撰稿|摄影)"
    r"\s*[::|/丨][^。]{0,25})\W*$",
    re.IGNORECASE,
)
_MOST_BEYOND = 0.7  # of what stands before it: an article is not cut in its first half
_TITLE_WITHIN = 40  # blocks in which the title is looked for
_LONG = 40


def within_edges(blocks: Sequence[Block], title: str) -> list[Block]:
    """The article from its title to its end. `title` is what the page says it is."""
    told = [part for block in blocks for part in _without_card(block)]
    kept = [block for block in told if not _is_said(block, _WAY_THERE, _TOOLS)]
    kept = _from_title(kept, title)
    kept = kept[: _end(kept)]
    while kept and _is_said(kept[-1], _CREDIT):
        kept.pop()
    return kept


def _is_said(block: Block, *patterns: re.Pattern[str]) -> bool:
    text = folded(block.text).strip() if isinstance(block, Paragraph) else ""
    return any(pattern.search(text) for pattern in patterns)


def _without_card(block: Block) -> Iterator[Block]:
    """The card of a file (索引号 …, 文号 …): what belongs to the head of a notice is kept."""
    rows = [block.table.header, *block.table.rows] if isinstance(block, Grid) else []
    cells = [cell for row in rows for cell in dict.fromkeys(row) if cell]
    labels = [cell for cell in cells if len(cell) <= 12 and _CARD.search("".join(cell.split()))]
    if len(labels) < _FEWEST_ON_CARD or not isinstance(block, Grid):
        yield block
        return
    for label, value in zip(cells, [*cells[1:], ""], strict=True):
        name = "".join(label.split()).strip("【】[]:：")
        if _OF_CARD.fullmatch(name) and value and value not in labels:
            yield Paragraph(f"{name}：{value}", block.line)


def _from_title(blocks: list[Block], title: str) -> list[Block]:
    """Without the menus before the title; what they say of number and day is kept."""
    wanted = bare(title)
    at = 0
    for here, block in enumerate(blocks[:_TITLE_WITHIN]):
        if not isinstance(block, Paragraph):
            continue
        if wanted and bare(block.text) == wanted:
            at = here
        elif len(block.text) > _LONG and "。" in block.text:
            break
    return [*filter(_is_of_head, blocks[:at]), *blocks[at:]]


def _is_of_head(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    text = block.text
    return bool(NUMBER.search(folded(text)) or says_when_published(text) or is_letterhead(text))


def _end(blocks: Sequence[Block]) -> int:
    sizes = [len(block.text) if isinstance(block, Paragraph) else _LONG for block in blocks]
    for at, block in enumerate(blocks):
        if _is_said(block, _BEYOND) and sum(sizes[at:]) <= _MOST_BEYOND * sum(sizes[:at]):
            return at
    return len(blocks)


def bare(text: str) -> str:
    return re.sub(r"\W", "", text)
