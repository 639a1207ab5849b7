// What the page knows: people, chats, messages; and what it still has to send.

import { get, newKey, post, Refused, upload } from "./net.js";

export const known = { title: "", chooser: false, people: [], controls: [], now: 0, zone: "", revision: 0, online: true };
const chats = new Map(); // "person|key" -> chat
const rooms = new Map(); // chat key -> { messages: Map id -> {revision, message}, oldest, complete }
const watchers = new Set();
const waiting = new Map(); // chat id -> [{ key, text, file, reply_to, thread, mentions, choice, failed }]
const stored = "waiting.v1";

export const idOf = (chat) => `${chat.person}|${chat.key}`;
export const watch = (watcher) => watchers.add(watcher);
const tell = (kind, detail) => watchers.forEach((watcher) => watcher(kind, detail));

export function learn(state) {
  Object.assign(known, { ...state, chats: undefined });
  chats.clear();
  state.chats.forEach((chat) => chats.set(idOf(chat), counted(chat)));
  restoreWaiting();
}

const counted = (chat) => ({ ...chat, countedUpTo: chat.last?.message_id || 0 });

export const chatOf = (person, key) => chats.get(`${person}|${key}`);
export const person = (id) => known.people.find((one) => one.id === Number(id));
export const chatsOf = (id) =>
  [...chats.values()].filter((chat) => chat.person === Number(id)).sort((a, b) => (b.last?.message_id || 0) - (a.last?.message_id || 0));
export const unreadOf = (id) => chatsOf(id).reduce((sum, chat) => sum + chat.unread, 0);
export const titleOf = (chat) => (chat.chat.type === "private" ? chat.bot.first_name : chat.chat.title);

function room(key) {
  if (!rooms.has(key)) rooms.set(key, { messages: new Map(), complete: false, loaded: false });
  return rooms.get(key);
}

export function messagesOf(chat) {
  const found = [...room(chat.key).messages.values()].map((one) => one.message).filter(Boolean);
  return found.sort((a, b) => a.message_id - b.message_id);
}

export const isComplete = (chat) => room(chat.key).complete;

export async function loadOlder(chat) {
  const place = room(chat.key);
  const oldest = messagesOf(chat)[0]?.message_id;
  const query = { chat: chat.key, person: chat.person, ...(oldest && place.loaded ? { before: oldest } : {}) };
  const { messages } = await get("messages", query);
  messages.forEach((change) => keep(place, change));
  place.loaded = true;
  place.complete = messages.length === 0;
}

function keep(place, change) {
  const before = place.messages.get(change.id);
  if (before && before.revision >= change.revision) return false;
  place.messages.set(change.id, { revision: change.revision, message: change.message });
  return !before;
}

export function messageChanged(change) {
  const place = room(change.key);
  const isNew = place.loaded ? keep(place, change) : false;
  for (const chat of chats.values()) {
    if (chat.key !== change.key) continue;
    note(chat, change);
    if (isNew) arrived(chat, change.message);
  }
  tell("message", { ...change, isNew });
}

function note(chat, { id, message }) {
  if (!message) {
    if (chat.last?.message_id === id) chat.last = messagesOf(chat).at(-1) || null;
    return;
  }
  if (!chat.last || message.message_id >= chat.last.message_id) chat.last = message;
  if (id > chat.countedUpTo) {
    chat.countedUpTo = id;
    if (message.from?.id !== chat.person) chat.unread += 1;
  }
}

export function chatChanged(chat) {
  const before = chats.get(idOf(chat));
  if (before && before.revision > chat.revision) return;
  if (chat.gone) {
    if (chats.delete(idOf(chat))) tell("gone", chat);
    return;
  }
  chats.set(idOf(chat), counted(chat));
  tell("chat", chat);
}

// The stream may bring a chat later than the answer that made it.
export function whenKnown(person, key, act) {
  const id = `${person}|${key}`;
  if (chats.has(id)) { act(id); return; }
  const watcher = (kind) => { if (kind === "chat" && chats.has(id)) { watchers.delete(watcher); act(id); } };
  watch(watcher);
}

export function clockChanged({ now, zone }) {
  Object.assign(known, { now, zone });
  tell("clock");
}

export function markRead(chat) {
  const last = chat.last?.message_id;
  if (!last || (chat.unread === 0 && chat.readUpTo === last)) return;
  chat.unread = 0;
  chat.readUpTo = last;
  post("read", { person: chat.person, chat: chat.key, message_id: last }).catch(() => {});
  tell("read", chat);
}

// What is written is kept until the gateway has it; the key makes sending it twice harmless.
export const waitingOf = (chat) => waiting.get(idOf(chat)) || [];

export function send(chat, { text = "", file = null, reply_to = 0, thread = 0, mentions = [], choice = null }) {
  const item = { key: newKey(), text, file, reply_to, thread, mentions, choice, failed: "" };
  waiting.set(idOf(chat), [...waitingOf(chat), item]);
  storeWaiting();
  tell("waiting", chat);
  flush(chat);
}

export function discard(chat, item) {
  waiting.set(idOf(chat), waitingOf(chat).filter((one) => one !== item));
  storeWaiting();
  tell("waiting", chat);
}

const flushing = new Set();

export async function flush(chat) {
  const id = idOf(chat);
  if (flushing.has(id)) return;
  flushing.add(id);
  try {
    for (let item = next(chat); item; item = next(chat)) {
      try {
        const { message } = await deliver(chat, item);
        waiting.set(id, waitingOf(chat).filter((one) => one !== item));
        storeWaiting();
        tell("delivered", { chat, message });
      } catch (error) {
        if (!(error instanceof Refused) || error.status >= 500) return; // tried again when we are back
        item.failed = error.message;
        storeWaiting();
      }
      tell("waiting", chat);
    }
  } finally {
    flushing.delete(id);
  }
}

// The stream may be faster than the answer to our own post: one message, shown once.
function arrived(chat, message) {
  const item = flushing.has(idOf(chat)) ? next(chat) : undefined;
  if (!item || item.file || item.choice || message?.from?.id !== chat.person || message.text !== item.text) return;
  waiting.set(idOf(chat), waitingOf(chat).filter((one) => one !== item));
  storeWaiting();
  tell("waiting", chat);
}

const next = (chat) => waitingOf(chat).find((item) => !item.failed);

function deliver(chat, { key, text, file, reply_to, thread = 0, mentions = [], choice }) {
  const place = { person: chat.person, chat: chat.key, key, reply_to, thread };
  if (choice) return post("choose", { ...place, ...choice });
  return file ? upload({ ...place, caption: text, file }) : post("say", { ...place, text, mentions });
}

export const flushAll = () => [...chats.values()].forEach((chat) => { if (next(chat)) flush(chat); });

function storeWaiting() {
  const texts = [...waiting].map(([id, items]) => [id, items.filter((item) => !item.file)]);
  keepLocally(stored, JSON.stringify(texts.filter(([, items]) => items.length)));
}

function restoreWaiting() {
  try {
    for (const [id, items] of JSON.parse(localStorage.getItem(stored) || "[]")) {
      if (chats.has(id) && !waiting.has(id)) waiting.set(id, items);
    }
  } catch {
    localStorage.removeItem(stored);
  }
}

export function forgetAll() { // of this browser: somebody else may sit here next
  localStorage.clear();
}

export function draft(chat, text) {
  const name = `draft.${idOf(chat)}`;
  if (text === undefined) return localStorage.getItem(name) || "";
  keepLocally(name, text);
  return text;
}

function keepLocally(name, text) {
  try {
    if (text) localStorage.setItem(name, text);
    else localStorage.removeItem(name);
  } catch { /* a full or forbidden store: the page goes on without */ }
}
