"""The sentences about files that coordinators send."""

from scheduler.texts import shortened as cut

LARGEST = 20 * 2**20  # what Telegram lets a bot download
READING = "正在读《{name}》……"
TOO_LARGE = "文件超过 20MB，请拆开，或在服务器上用 yanxiu notices import 导入。"
GONE = "文件取不回来了，请再发一次。"
NOT_TAKEN = "好的，没有导入。"
EXPIRED = "这个文件已经处理过了，请再发一次。"
NOT_YOURS = "导入文件由项目办来做。您可以直接把问题打出来。"
TAKE_NOTICE, TAKE_ROSTER, LEAVE = "导入", "导入名单", "不导入"
TAKE_ANYWAY = "仍要导入"
WHICH_PROGRAMME = "这份名单没有写明项目，是哪个项目的？"
WARNED = "⚠️ 导入后，这些原来答对的问题会答错："
LONGEST_LABEL = 40
SHOWN = 3500  # characters of what was understood


def programme_label(title: str) -> str:
    return cut(title, LONGEST_LABEL)


def shortened(text: str) -> str:
    if len(text) <= SHOWN:
        return text
    kept = text[:SHOWN].rpartition("\n")[0]
    return f"{kept}\n……（还有{text.count(chr(10)) - kept.count(chr(10))}行）"
