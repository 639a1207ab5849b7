"""What is said about the calendar feed."""

from handlers.conversation.html import plain

PRIVATELY = "日历地址只在私聊里给您，请私聊我发 /calendar。"
NO_ROLE = "日历里是您自己任务的截止日，您现在还没有任务可以订阅。"
HAS_ONE = (
    "您已经有一个日历地址（在之前那条消息里，我这里不保存原文）。\n"
    "找不到了，或者怕被别人看到，就换一个；旧地址随即失效。"
)
CLOSED = "日历已停用，那个地址打不开了。要用时再发 /calendar。"
NOTHING_TO_CLOSE = "日历已经停用了。"
NOT_YOURS = "这个按钮不是给您的。"
COPY, RENEW, CLOSE = "复制地址", "换一个地址", "停用日历"


def address(url: str) -> str:
    return (
        "<b>您的研修日历</b>\n"
        f"<code>{plain(url)}</code>\n"
        "在手机日历里选“添加订阅日历”，粘贴这个地址；截止日改了，日历会跟着改。\n"
        "地址只给您一个人，请不要转发。"
    )
