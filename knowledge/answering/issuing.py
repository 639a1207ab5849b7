"""Whether a question is about the issuing of a notice, which its head tells."""

import re

ISSUED = re.compile(r"印发|发布|下发")
_ISSUING = re.compile(
    r"发的|印发|下发|发布|发文|发出|出台|落款|文号|几号文|哪年发|谁发|发了|发通知|(?:通知|文件|办法|方案|意见)[^,，]{0,6}公布"
)
_OTHER_THINGS = re.compile(
    r"月报|简报|周报|日报|快报|美篇|帖子|证书|补[助贴]|津贴|教材"
)  # are issued too
_OF_NOTICE = re.compile(r"通知|文件|文号|印发|下发|发文|出台|落款|方案|办法|意见")


def asks_of_issuing(text: str) -> bool:
    """简报几号发出来 asks for no date of the notice, 哪年发的 does."""
    if _OTHER_THINGS.search(text) and not _OF_NOTICE.search(text):
        return False
    return bool(_ISSUING.search(text))
