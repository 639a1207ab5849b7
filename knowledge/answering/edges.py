"""Which end of a span of days a question asks for: 几号开始, 截止到几号, 几号到几号."""

import re

_EDGES = {
    "span": re.compile(
        r"哪[几两三]天|从(?:几号|哪一?天|几月)[^,，]{0,4}[到至]|起止"
        r"|(?:几[号日]|哪一?天)[到至](?:几[号日月]|哪一?天)"
    ),
    "end": re.compile(
        r"截[止至]|结束|到期|为止|最[晚迟]|最后(?:一天|期限)|[之以]前|前(?=交|完成|提交)"
        r"|[到至](?:几号|哪一?天|什么时候|几月|啥时候|何时)(?!报到|报名|开)"
    ),
    "start": re.compile(r"开始|起始|启动|从(?:几号|哪一?天|什么时候|几月|何时)|[号天日候]起"),
}


def edge_in(text: str) -> str:
    """start, end or span; "" where any day may be meant."""
    named = [edge for edge, pattern in _EDGES.items() if pattern.search(text)]
    return named[0] if len(named) == 1 or "span" in named else ""
