"""What is said in group chats, and about binding them."""

IN_PRIVATE = "私聊看全文"
NO_LONGER = "这条答案已经不在了，请直接再问一次。"

HELLO = (
    "大家好，我是研修助手。有问题请 @我 或回复我的消息，我只按通知回答。\n"
    "请组长在这里发 /bind，提醒和简报就会发到本群。"
)
BIND_IN_GROUP = "请在群里（或群的话题里）发 /bind，先要把我拉进群。"
NOT_A_LEADER = "只有组长和项目办可以绑定。"
WHICH_GROUP = "绑定哪个研修组？"
NO_GROUPS = "名单上还没有研修组。"
OTHER_GROUP_HERE = "这里已经是“{name}”的群，请项目办来改。"
BOUND = (
    "已绑定“{name}”：本组的提醒和简报会发到这里。\n"
    "有问题请 @我 或回复我的消息；不要了就由组长发 /unbind。"
)
BOUND_ALREADY = "这里已经绑定“{name}”了。"
UNBOUND = "已解除绑定，不再往这里发“{name}”的消息。"
NOT_BOUND = "这里没有绑定研修组。"
NOT_FOR_YOU = "这个按钮不是给您的。"
REMOVED = "我被移出了“{name}”的群，本组的消息暂时没处发。要恢复，请把我拉回群里，再在群里发 /bind。"
