"""What is said about the outbox."""

NOT_YOU = "这里只有项目办可以看。"
PRIVATELY = "请私聊我看待发的消息。"
RELEASE, DROP = "[{id}] 没收到，再发", "[{id}] 不用发了"
RELEASED, DROPPED = "好的，再发一次。", "好的，不再发。"
DECIDED = "这条已经处理过了。"
