"""Whatever is too long for a button ends with a sign that it goes on."""

from dataclasses import replace

import pytest

from handlers.texts import bulletins, digests
from knowledge.answering.library import Library
from knowledge.documents import Document
from tests.cast import LIN_CHAT, PROGRAMME, ZHAO_CHAT
from tests.handlers.conftest import NewChat
from tests.handlers.wire import labels

TITLE = "东山县教育局关于实施2015年乡村骨干教师能力提升与送教下乡研修项目的通知"


@pytest.mark.parametrize(
    ("user", "says", "label"),
    [(LIN_CHAT, ["/leave"], "退出《"), (ZHAO_CHAT, ["/broadcast", "明天开会"], "东山县")],
)
async def test_a_long_title_is_cut_visibly(
    new_chat: NewChat, user: int, says: list[str], label: str
) -> None:
    named = Library([Document("安排.md", programmes=(replace(PROGRAMME, title=TITLE),))])
    chat = await new_chat(named, user)

    for words in says:
        shown = await chat.send(words)

    [button] = [one for one in labels(shown[-1]) if one.startswith(label)]
    assert TITLE not in button
    assert "…" in button


def test_labels_of_bulletins_and_digests_are_cut_visibly() -> None:
    for label in (digests.mute_label, digests.unmute_label, bulletins.programme_label):
        assert "…" in label(TITLE)
    assert bulletins.groups_label(2, 2) == "发给：全部 2 个组 ▸"
