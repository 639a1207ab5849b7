"""The programmes that are known here, and how one of them is named on the command line."""

from collections.abc import Sequence
from datetime import date

from bot.documents_at_hand import documents_at_hand
from bot.refusal import Refused
from knowledge.programme.running import is_over, running_first
from knowledge.programme.values import Programme
from knowledge.standing import as_they_stand


class Unnamed(Refused):
    """Several may be meant, and none was named."""

    def __init__(self, text: str, programmes: Sequence[Programme]) -> None:
        super().__init__(text)
        self.programmes = tuple(programmes)


def known_programmes(url: str) -> list[Programme]:
    """As they stand: an imported table and its edited version are one programme."""
    documents = as_they_stand(documents_at_hand(url))
    return [one for document in documents for one in document.programmes]


def chosen(text: str, known: Sequence[Programme], today: date) -> Programme:
    """By code or title, or a part of the title that only one has; without words the only one that
    is not over."""
    running = [one for one in known if not is_over(one, today)]
    if not text and len(running or known) == 1:
        return (running or known)[0]
    exact = [one for one in known if text in (one.code, one.title)]
    close = exact or [one for one in known if text and text in one.title]
    if len(close) == 1:
        return close[0]
    listed = "；".join(f"{one.code}（{one.title}）" for one in running_first(known, today))
    listed = f"现有：{listed}" if known else "还没有任何项目，请先用 notices import 载入。"
    if text or not known:
        raise Refused(
            (f"没有项目“{text}”。" if text else "请用 --programme 写明哪个项目。") + listed
        )
    raise Unnamed(f"请用 --programme 写明哪个项目。{listed}", running or known)
