"""A small Telegram of our own: the Bot API that the bot uses, and a chat page for people."""
