"""How days are said."""

from datetime import date


def day(value: date) -> str:
    return f"{value.month}月{value.day}日"


def days_left(due: date, today: date) -> str:
    match (due - today).days:
        case 0:
            return "今天截止"
        case 1:
            return "明天截止"
        case left if left > 1:
            return f"还有{left}天"
        case past:
            return f"已过{-past}天"


def until(due: date, today: date) -> str:
    return f"{day(due)}前，{days_left(due, today)}"
