"""YAML written by people, read with the line of every value, so that errors can name it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

# The C parser is ten times as fast; wheels have it, a build from source may not.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Malformed(Exception):
    """The text is not what it should be; says the line and the reason."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"第{line}行：{reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Value:
    """A value and where it stands."""

    node: yaml.Node

    @property
    def line(self) -> int:
        return _line(self.node.start_mark)

    def fields(self, allowed: Iterable[str]) -> dict[str, "Value"]:
        """The fields of a mapping; one that is not allowed is refused by name."""
        fields = self.mapping()
        allowed = list(allowed)
        for key, value in fields.items():
            if key not in allowed:
                raise Malformed(value.line, f"不认识“{key}”，可以写的有：{'、'.join(allowed)}。")
        return fields

    def mapping(self) -> dict[str, "Value"]:
        if not isinstance(self.node, yaml.MappingNode):
            raise Malformed(self.line, "这里应当是“名称: 内容”的形式。")
        found: dict[str, Value] = {}
        for key, value in self.node.value:
            name = Value(key).text()
            if name in found:
                raise Malformed(Value(key).line, f"“{name}”写了两次。")
            found[name] = Value(value)
        return found

    def items(self) -> list["Value"]:
        if self.is_empty():
            return []
        if not isinstance(self.node, yaml.SequenceNode):
            raise Malformed(self.line, "这里应当是以“- ”开头的列表。")
        return [Value(each) for each in self.node.value]

    def text(self) -> str:
        if not isinstance(self.node, yaml.ScalarNode):
            raise Malformed(self.line, "这里应当是一段文字。")
        return "" if self.is_empty() else str(self.node.value)

    def number(self) -> float:
        try:
            return float(self.text())
        except ValueError:
            raise Malformed(self.line, f"“{self.text()}”不是数字。") from None

    def year(self) -> int:
        number = self.number()
        if not (number.is_integer() and 1900 <= number <= 2100):
            raise Malformed(self.line, f"“{self.text()}”不是年份。")
        return int(number)

    def day(self) -> date | None:
        """A day written as 2015-07-21; None where nothing is written."""
        if self.is_empty():
            return None
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            raise Malformed(self.line, f"“{self.text()}”不是日期，请写成 2015-07-21。") from None

    def is_empty(self) -> bool:
        return isinstance(self.node, yaml.ScalarNode) and self.node.tag == "tag:yaml.org,2002:null"


def _line(mark: Any) -> int:
    return int(mark.line) + 1 if mark else 1


def parsed(text: str) -> Value:
    """The text as a value. Anchors and aliases are refused: they can blow a small file up."""
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if getattr(event, "anchor", None):
                raise Malformed(_line(event.start_mark), "不支持 & 和 * 引用。")
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        raise Malformed(
            mark.line + 1 if mark else 1, "不是正确的 YAML，请检查缩进和冒号。"
        ) from None
    except (yaml.YAMLError, RecursionError):
        raise Malformed(1, "不是正确的 YAML。") from None
    if node is None:
        raise Malformed(1, "文件是空的。")
    return Value(node)
