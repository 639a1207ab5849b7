// The input: draft, keyboard of the bot, files, what is replied to or changed.

import { el, icon } from "./dom.js";
import { forgetInvitation, invitation } from "./identity.js";
import { previewOf, short } from "./message.js";
import * as model from "./model.js";
import { post } from "./net.js";
import { toast } from "./notices.js";
import { mentionsIn, suggestions } from "./suggestions.js";

const LARGEST_FILE = 20 * 1024 * 1024;
const LONGEST_TEXT = 4096;

export function composer(chat, { send, start }) {
  const view = { chat, reply: null, editing: null, picked: [], keysShown: true, thread: 0, topic: "" };
  const box = el("textarea", { rows: "1", "aria-label": "输入消息", placeholder: "输入问题", maxlength: LONGEST_TEXT, enterkeyhint: "send", autocomplete: "off" });
  const file = el("input", { type: "file", hidden: true });
  const offered = suggestions({ command, mention, choose, start });
  const clip = iconButton("clip", "发送文件", () => file.click());
  const slash = iconButton("slash", "命令", () => offered.toggleCommands(view.chat));
  const keys = iconButton("keys", "键盘", () => { view.keysShown = !view.keysShown; drawKeys(); });
  const go = el("button", { type: "button", class: "send", "aria-label": "发送", onclick: submit }, icon("send"));
  const reply = el("div", { class: "replying", hidden: true });
  const keyboard = el("div", { class: "keyboard", hidden: true, role: "group", "aria-label": "快捷回复" });
  const line = el("div", { class: "line" }, slash, clip, el("div", { class: "box" }, box, keys), go, file);
  const gate = el("div", { class: "gate", hidden: true });
  const node = el("footer", { class: "composer" }, offered.node, reply, line, gate, keyboard);

  function iconButton(name, label, onclick) {
    return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick }, icon(name));
  }

  function grow() {
    box.style.height = "auto";
    if (box.scrollHeight) box.style.height = `${Math.min(box.scrollHeight, 140)}px`; // 0: not shown
    go.classList.toggle("ready", box.value.trim() !== "");
  }

  const place = () => ({ reply_to: view.reply?.message_id || 0, thread: view.thread });

  function submit() {
    const text = box.value.trim();
    if (!text) { box.focus(); return; }
    if (view.editing) change(view.editing, text);
    else send({ text, mentions: mentionsIn(text, view.picked), ...place() });
    clear();
    replyTo(null);
    box.focus();
  }

  function change(message, text) {
    post("edit", { person: view.chat.person, chat: view.chat.key, message_id: message.message_id, text })
      .catch((error) => toast(error.message));
  }

  function command(name) {
    clear();
    send({ text: view.chat.chat.type === "private" ? `/${name}` : `/${name}@${view.chat.bot.username}`, ...place() });
    replyTo(null);
  }

  function mention(one, begun) {
    const before = box.value.slice(0, box.selectionStart).slice(0, -(begun.length + 1));
    const after = box.value.slice(box.selectionStart);
    const written = one.username ? `@${one.username}` : one.name;
    if (!one.username) view.picked.push(one);
    fill(`${before}${written} ${after}`, before.length + written.length + 1);
  }

  function choose(result, queryId) {
    clear();
    send({ text: result.title, choice: { query_id: queryId, result_id: result.id }, ...place() });
    replyTo(null);
  }

  function fill(text, caret = text.length) {
    box.value = text;
    if (!view.editing) model.draft(view.chat, text);
    grow();
    box.focus();
    box.setSelectionRange(caret, caret);
    offered.update(view.chat, text.slice(0, caret));
  }

  function replyTo(message) {
    view.reply = message;
    if (view.editing) clear();
    view.editing = null;
    drawAbove(message, "reply", message?.from?.first_name || "");
  }

  function edit(message) {
    view.reply = null;
    view.editing = message;
    drawAbove(message, "edit", "修改消息");
    fill(message.text);
  }

  function drawAbove(message, mark, head) {
    reply.hidden = !message;
    if (!message) return;
    reply.replaceChildren(icon(mark), el("span", {}, el("b", {}, head), short(previewOf(message), 40)),
      iconButton("close", "取消", () => replyTo(null)));
    box.focus();
  }

  function clear() {
    box.value = "";
    view.picked = [];
    model.draft(view.chat, "");
    offered.hide();
    grow();
  }

  function drawKeys() {
    const rows = view.chat.keyboard?.keyboard;
    keys.hidden = !rows;
    keyboard.hidden = !rows || !view.keysShown || isGated();
    box.placeholder = view.chat.keyboard?.input_field_placeholder || (view.topic ? `发到“${view.topic}”` : "输入问题");
    if (!rows) return;
    keyboard.replaceChildren(...rows.map((row) => el("div", { class: "button-row" }, ...row.map((button) =>
      el("button", { type: "button", class: "key", onclick: () => send({ text: button.text, ...place() }) }, button.text)))));
  }

  const isUnused = () => !view.chat.started && model.waitingOf(view.chat).length === 0;
  const payload = () => (view.chat.chat.type === "private" ? invitation() : "");
  const isGated = () => view.chat.blocked || isUnused() || Boolean(payload());

  function drawGate() {
    const shut = isGated();
    gate.hidden = !shut;
    line.hidden = shut;
    if (!shut) {
      grow();
      return;
    }
    const here = { person: view.chat.person, chat: view.chat.key };
    if (view.chat.blocked) gate.replaceChildren(button("重新启用", () => post("block", { ...here, blocked: false }).catch((error) => toast(error.message))));
    else gate.replaceChildren(button(payload() ? "使用邀请链接" : "开始", begin));
  }

  function begin() {
    const given = payload();
    if (given) forgetInvitation();
    start(given);
    drawGate();
  }

  const button = (label, onclick) => el("button", { type: "button", class: "wide", onclick }, label);

  function chatChanged(fresh) {
    view.chat = fresh;
    slash.hidden = fresh.commands.length === 0 && fresh.menu_button.type !== "web_app";
    drawGate();
    drawKeys();
    if (fresh.keyboard?.force_reply && view.forced !== fresh.keyboard.message_id) {
      view.forced = fresh.keyboard.message_id;
      replyTo(model.messagesOf(fresh).find((one) => one.message_id === view.forced) || null);
    }
  }

  function into(thread, name) {
    Object.assign(view, { thread, topic: name });
    drawKeys();
  }

  function takeFile(chosen) {
    if (!chosen) return;
    if (!chosen.size) { toast("这个文件是空的"); return; }
    if (chosen.size > LARGEST_FILE) { toast("文件不能超过 20 MB"); return; }
    send({ file: chosen, text: box.value.trim(), ...place() });
    clear();
    replyTo(null);
  }

  box.addEventListener("input", () => {
    if (!view.editing) model.draft(view.chat, box.value);
    grow();
    offered.update(view.chat, box.value.slice(0, box.selectionStart));
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { offered.hide(); replyTo(null); }
    const composing = event.isComposing || event.keyCode === 229; // Chinese input confirms with Enter, too
    if (event.key === "Enter" && !event.shiftKey && !composing) { event.preventDefault(); submit(); }
  });
  box.addEventListener("paste", (event) => { if (event.clipboardData.files.length) takeFile(event.clipboardData.files[0]); });
  file.addEventListener("change", () => { takeFile(file.files[0]); file.value = ""; });

  box.value = model.draft(chat);
  chatChanged(chat);
  requestAnimationFrame(() => { grow(); if (box.value) offered.update(chat, box.value); });
  return { node, replyTo, edit, fill, into, chatChanged, focus: () => box.focus() };
}
