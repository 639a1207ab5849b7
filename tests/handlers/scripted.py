"""A library that answers as a test says: for tests of the talking, not of the knowing."""

from knowledge.answering.library import Library
from knowledge.answering.verdicts import (
    Answer,
    Asker,
    Clarify,
    Memory,
    Option,
    Unknown,
    Verdict,
)
from knowledge.sources import Source

WHICH = Clarify(
    "您想问的是？",
    (Option("云南的报到", "云南什么时候报到"), Option("江西的报到", "江西什么时候报到")),
    Memory(question="什么时候报到"),
)


CLAUSE = "请假须经承办院校项目负责人批准，并报省项目办备案。"
ONLY_ONE = Clarify(
    "您想问的是？",
    (
        Option("请假须经承办院校项目负责人批准…", "管理 请假找谁批"),
        Option("住宿由承办院校统一安排", "住宿 请假找谁批"),
    ),
    Memory(question="请假找谁批"),
)


class ScriptedLibrary(Library):
    """Asks back for a question without a province; keeps what it was asked."""

    def __init__(self) -> None:
        self.documents = ()  # no index is built: nothing is searched
        self.asked: list[tuple[str, Asker, Memory | None]] = []

    def ask(self, question: str, asker: Asker, memory: Memory | None = None) -> Verdict:
        self.asked.append((question, asker, memory))
        known = Memory(question=question)
        match question:
            case "什么时候报到":
                return WHICH
            case "云南什么时候报到":
                return Answer("25号\n原为8号。\n来源：<通知>", (Source("通知"),), known)
            case "云南什么时候报道":
                return Answer("25号", (Source("通知"),), known, read_as="已按“报到”理解")
            case "请假找谁批":
                return ONLY_ONE
            case "请假须经承办院校项目负责人批准":
                return Answer(f"{CLAUSE}\n来源：《通知》", (Source("通知"),), known)
            case "会出错":
                raise ZeroDivisionError
            case "很长":
                return Answer("长" * 9000, (Source("通知"),), known)
            case _:
                return Unknown("没有查到相关规定。", known)
