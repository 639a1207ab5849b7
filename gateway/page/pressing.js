// What a button under a message does: asks the bot, opens, copies, goes to inline mode.

import { face } from "./dom.js";
import * as model from "./model.js";
import { newKey, post, Refused } from "./net.js";
import { alertBox, copyText, menu, toast } from "./notices.js";

export async function press(view, message, button, node, { go, fill }) {
  const address = button.url || button.web_app?.url;
  if (address) return open(address, view.chat, go);
  if (button.copy_text) return copyText(button.copy_text.text);
  if (button.switch_inline_query_current_chat !== undefined) {
    return fill(inlineWords(view.chat, button.switch_inline_query_current_chat));
  }
  const elsewhere = button.switch_inline_query ?? button.switch_inline_query_chosen_chat?.query;
  if (elsewhere !== undefined || button.switch_inline_query_chosen_chat) {
    return chooseChat(node, view.chat, button.switch_inline_query_chosen_chat, inlineWords(view.chat, elsewhere || ""), { go, fill });
  }
  return ask(view.chat, message, button, node, go);
}

const inlineWords = (chat, query) => `@${chat.bot.username} ${query}`;

async function ask(chat, message, button, node, go) {
  if (node.classList.contains("busy") || button.callback_data === undefined) return;
  node.classList.add("busy");
  node.setAttribute("aria-busy", "true");
  try {
    const { answer } = await post("press", { person: chat.person, chat: chat.key, message_id: message.message_id, data: button.callback_data });
    if (!answer) toast("还没有回应，请稍后再试");
    else if (answer.text) (answer.show_alert ? alertBox : toast)(answer.text);
    if (answer?.url) open(answer.url, chat, go);
  } catch (error) {
    toast(error instanceof Refused ? error.message : "没有连接，请稍后再试");
  } finally {
    node.classList.remove("busy");
    node.removeAttribute("aria-busy");
  }
}

function chooseChat(anchor, chat, kinds, words, { go, fill }) {
  const allowed = (one) => !kinds || (one.chat.type === "private" ? kinds.allow_bot_chats || kinds.allow_user_chats : kinds.allow_group_chats);
  offerChats(anchor, chat, allowed, (one) => {
    if (model.idOf(one) === model.idOf(chat)) { fill(words); return; }
    model.draft(one, words);
    go(model.idOf(one));
  });
}

function offerChats(anchor, chat, allowed, act) {
  const own = model.chatsOf(chat.person).filter((one) => one.bot.id === chat.bot.id && allowed(one));
  if (!own.length) { toast("没有合适的会话"); return; }
  menu(anchor, own.map((one) => ({ label: model.titleOf(one), mark: face(one, true), act: () => act(one) })));
}

export function forward(chat, message, anchor, go) {
  offerChats(anchor, chat, () => true, async (one) => {
    const body = { person: chat.person, chat: chat.key, message_id: message.message_id, to: one.key, key: newKey() };
    try {
      await post("forward", body);
      go(model.idOf(one));
    } catch (error) {
      toast(error.message);
    }
  });
}

function open(address, chat, go) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return;
  }
  if (followStart(url, chat, go)) return;
  if (["http:", "https:"].includes(url.protocol)) window.open(url.href, "_blank", "noopener");
}

// Invite links of this bot are followed here, wherever they point.
export function followStart(url, chat, go) {
  const own = [`/${chat.bot.username}`, "/"].includes(url.pathname);
  const here = url.origin === location.origin || ["t.me", "telegram.me"].includes(url.hostname);
  const payload = url.searchParams.get("start");
  if (!own || !here || !payload || !/^[\w-]{1,64}$/.test(payload)) return false;
  startPrivately(chat, payload, go);
  return true;
}

export function startPrivately(chat, payload, go) {
  const place = chat.chat.type === "private" ? chat : model.chatOf(chat.person, `${chat.bot.id}:${chat.person}`);
  if (!place) return;
  model.send(place, { text: `/start ${payload}` });
  if (place !== chat) go?.(model.idOf(place));
}
