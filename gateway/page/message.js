// One message as a bubble, with the buttons under it.

import { avatar, el, face, icon, sizeOf, timeOf } from "./dom.js";
import { richText } from "./entities.js";
import { fileAddress } from "./net.js";

export function previewOf(message) {
  if (!message) return "";
  if (message.text) return shownText(message.text);
  if (message.document) return message.caption || `[文件] ${message.document.file_name || ""}`;
  if (message.photo) return message.caption || "[图片]";
  return serviceText(message);
}

// What an invitation's link carries is nobody's business afterwards.
const shownText = (text) => text.replace(/^(\/start)(@\w+)? [\w-]+$/, "$1");

function serviceText(message) {
  const who = message.from?.first_name || "";
  if (message.pinned_message) return `${who}置顶了「${short(previewOf(message.pinned_message))}」`;
  if (message.left_chat_member) return `${message.left_chat_member.first_name} 离开了群组`;
  if (message.new_chat_members) return `${message.new_chat_members.map((one) => one.first_name).join("、")} 加入了群组`;
  if (message.group_chat_created) return `${who}建立了群组“${message.chat.title}”`;
  if (message.new_chat_title) return `群组改名为“${message.new_chat_title}”`;
  if (message.forum_topic_created) return `${who}开启了话题“${message.forum_topic_created.name}”`;
  if (message.forum_topic_edited) return `话题改名为“${message.forum_topic_edited.name || ""}”`;
  if (message.forum_topic_closed) return "话题已关闭";
  if (message.forum_topic_reopened) return "话题已重新打开";
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return "群组已升级为超级群组";
  return "系统消息";
}

export const isService = (message) => !(message.text || message.document || message.photo);

export const short = (text, length = 24) => {
  const signs = [...text.replace(/\s+/g, " ")];
  return signs.length > length ? `${signs.slice(0, length).join("")}…` : signs.join("");
};

// hooks: command(text), link(url), press(message, button, node), reply(message), menu(message, node), jump(id)
export function bubble(chat, message, hooks) {
  if (isService(message)) {
    return el("div", { class: "service", "data-id": message.message_id }, el("span", {}, serviceText(message)));
  }
  const own = message.from?.id === chat.person;
  const isGroup = chat.chat.type !== "private";
  const body = el("div", { class: "bubble" });
  if (isGroup && !own) {
    body.append(el("div", { class: `sender tone${Math.abs(message.from.id) % 6}` }, message.from.first_name));
  }
  const topic = hooks.topicOf(message);
  if (topic) body.append(el("div", { class: "in-topic" }, topic));
  const origin = message.forward_origin;
  if (origin) body.append(el("div", { class: "forwarded" }, `转发自 ${origin.sender_user?.first_name || origin.sender_user_name || ""}`));
  if (message.via_bot) body.append(el("div", { class: "forwarded" }, `通过 @${message.via_bot.username}`));
  // in a topic a message that replies to nothing carries the one that opened it
  if (message.reply_to_message && !message.reply_to_message.forum_topic_created) body.append(quoteOf(message.reply_to_message, hooks));
  body.append(...contentOf(chat, message, hooks), metaOf(message));
  listenForMenu(body, (event) => hooks.menu(message, body, event));
  const column = el("div", { class: "column" }, body);
  if (message.reply_markup?.inline_keyboard) column.append(buttonsOf(message, hooks));
  const row = el("article", { class: `row ${own ? "own" : "theirs"}`, "data-id": message.message_id, "data-from": message.from?.id, "data-date": message.date });
  if (isGroup && !own) row.append(el("span", { class: "face" }, message.from.is_bot ? face({ chat: { type: "private" } }, true) : avatar(message.from.id, message.from.first_name, true)));
  row.append(column, replyButton(message, hooks));
  return row;
}

// A press with the finger, or the right button of a mouse; a mouse's left one selects text.
function listenForMenu(body, open) {
  const isFree = (event) => !event.target.closest("a, button, .spoiler, .folded") && !String(getSelection());
  body.addEventListener("click", (event) => { if (event.pointerType === "touch" && isFree(event)) open(event); });
  body.addEventListener("contextmenu", (event) => { if (isFree(event)) { event.preventDefault(); open(event); } });
}

function replyButton(message, hooks) {
  const press = () => hooks.reply(message);
  return el("button", { type: "button", class: "reply-button", "aria-label": "回复这条消息", title: "回复", onclick: press }, icon("reply"));
}

function contentOf(chat, message, hooks) {
  const nodes = [];
  if (message.photo) nodes.push(photoOf(chat, message.photo.at(-1)));
  if (message.document) nodes.push(documentOf(chat, message.document));
  const text = message.text ? shownText(message.text) : message.caption;
  if (text) {
    const entities = message.entities || message.caption_entities;
    nodes.push(el("div", { class: "text", dir: "auto" }, ...richText(text, entities, hooks.command, hooks.link)));
  }
  return nodes;
}

function metaOf(message) {
  const edited = message.edit_date ? el("span", { class: "edited" }, "已编辑") : null;
  const time = el("time", { datetime: new Date(message.date * 1000).toISOString() }, timeOf(message.date));
  return el("div", { class: "meta" }, edited, time);
}

function quoteOf(original, hooks) {
  const jump = () => hooks.jump(original.message_id);
  return el("button", { type: "button", class: "quote", onclick: jump },
    el("b", {}, original.from?.first_name || ""), el("span", {}, short(previewOf(original), 60)));
}

function photoOf(chat, size) {
  const address = fileAddress(chat, size.file_id);
  const picture = el("img", { src: address, width: size.width, height: size.height, alt: "图片", loading: "lazy", decoding: "async" });
  const frame = el("a", { class: "photo", href: address, target: "_blank", rel: "noopener" }, picture);
  const ratio = Math.min(Math.max(size.width / size.height || 1, 0.4), 3);
  frame.style.setProperty("--ratio", ratio); // its place is kept before it is loaded
  frame.style.setProperty("--wide", `${Math.min(size.width, 340, 420 * ratio)}px`);
  return frame;
}

function documentOf(chat, file) {
  const words = el("span", { class: "file-words" }, el("b", {}, file.file_name || "文件"), el("small", {}, sizeOf(file.file_size || 0)));
  return el("a", { class: "file", href: fileAddress(chat, file.file_id), download: file.file_name || "file" },
    el("span", { class: "file-mark" }, icon("file")), words);
}

function buttonsOf(message, hooks) {
  const rows = message.reply_markup.inline_keyboard.map((line) =>
    el("div", { class: "button-row" }, ...line.map((button) => buttonOf(message, button, hooks))));
  return el("div", { class: "buttons", role: "group", "aria-label": "消息按钮" }, ...rows);
}

function buttonOf(message, button, hooks) {
  const mark = button.url || button.web_app ? icon("out") : button.copy_text ? icon("copy") : isInline(button) ? icon("inline") : null;
  const node = el("button", { type: "button", class: `button ${button.style || ""}` }, el("span", {}, button.text), mark);
  node.addEventListener("click", () => hooks.press(message, button, node));
  return node;
}

const isInline = (button) => Object.keys(button).some((name) => name.startsWith("switch_inline"));

export function waitingBubble(item, hooks) {
  const text = shownText(item.text) || (item.file ? `[文件] ${item.file.name}` : "");
  const state = item.failed ? el("span", { class: "failed" }, `未送达：${item.failed}`) : icon("clock");
  const body = el("div", { class: "bubble" }, el("div", { class: "text", dir: "auto" }, text), el("div", { class: "meta" }, state));
  const row = el("article", { class: `row own waiting${item.failed ? " refused" : ""}` }, el("div", { class: "column" }, body));
  if (item.failed) {
    body.append(el("button", { type: "button", class: "drop", onclick: () => hooks.discard(item) }, "移除"));
  }
  return row;
}
