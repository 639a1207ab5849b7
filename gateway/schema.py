"""The tables that survive a restart."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT OR IGNORE INTO counters VALUES ('revision', 0);

CREATE TABLE IF NOT EXISTS bots (
    id INTEGER PRIMARY KEY,
    allowed_updates TEXT,          -- JSON list; NULL: what Telegram sends by default
    webhook TEXT,                  -- JSON object; NULL: long polling
    menu_button TEXT,
    profile TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE IF NOT EXISTS users (
    id INTEGER PRIMARY KEY,
    first_name TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS sessions (
    secret_hash TEXT PRIMARY KEY,
    user_id INTEGER                -- NULL: a browser of the demonstration, open to all residents
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sessions_by_user ON sessions (user_id);
CREATE TABLE IF NOT EXISTS newcomers (user_id INTEGER PRIMARY KEY);  -- of the demonstration
CREATE TABLE IF NOT EXISTS device_links (
    secret_hash TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL,
    ends_at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS group_links (
    secret_hash TEXT PRIMARY KEY,
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    ends_at REAL NOT NULL,
    UNIQUE (bot_id, chat_id)       -- a new one ends the one before
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS chats (
    bot_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    type TEXT NOT NULL,
    title TEXT NOT NULL,           -- of a private chat: the person's name
    is_forum INTEGER NOT NULL DEFAULT 0,
    started INTEGER NOT NULL DEFAULT 0,
    blocked INTEGER NOT NULL DEFAULT 0,
    bot_left INTEGER NOT NULL DEFAULT 0,
    migrated_to INTEGER,
    pinned TEXT NOT NULL DEFAULT '[]',
    keyboard TEXT,
    menu_button TEXT,
    revision INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (bot_id, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS members (
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    status TEXT NOT NULL,
    read_up_to INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (bot_id, chat_id, user_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS members_by_user ON members (user_id);
CREATE TABLE IF NOT EXISTS topics (
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    thread_id INTEGER NOT NULL,    -- the message that opened it
    name TEXT NOT NULL,
    closed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (bot_id, chat_id, thread_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    sender_id INTEGER NOT NULL,
    body TEXT NOT NULL,            -- the Message of the Bot API without its message_id
    deleted INTEGER NOT NULL DEFAULT 0,
    client_key TEXT UNIQUE,        -- of the page: a repeated post is one message
    revision INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS messages_by_chat ON messages (bot_id, chat_id, id);
CREATE INDEX IF NOT EXISTS messages_by_revision ON messages (revision);
CREATE TABLE IF NOT EXISTS updates (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS updates_by_bot ON updates (bot_id, id);
CREATE TABLE IF NOT EXISTS callbacks (
    id TEXT PRIMARY KEY,
    bot_id INTEGER NOT NULL,
    asked_at REAL NOT NULL,
    answer TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS inline_queries (
    id TEXT PRIMARY KEY,
    bot_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    query TEXT NOT NULL,
    asked_at REAL NOT NULL,
    answer TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS inline_messages (
    id TEXT PRIMARY KEY,
    message_id INTEGER NOT NULL UNIQUE
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS commands (
    bot_id INTEGER NOT NULL,
    scope TEXT NOT NULL,
    language TEXT NOT NULL,
    commands TEXT NOT NULL,
    PRIMARY KEY (bot_id, scope, language)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    bot_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    size INTEGER NOT NULL,
    data BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS calls (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL);
"""

ADDED = (  # columns that came later: (table, column, what it is)
    ("chats", "bot_admin", "INTEGER NOT NULL DEFAULT 0"),
    ("sessions", "device", "TEXT NOT NULL DEFAULT ''"),
    ("sessions", "number", "INTEGER NOT NULL DEFAULT 0"),
    ("sessions", "seen_at", "REAL NOT NULL DEFAULT 0"),
)
