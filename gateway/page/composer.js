// The input: draft, commands, keyboard of the bot, files, reply.

import { el, icon } from "./dom.js";
import { previewOf, short } from "./message.js";
import * as model from "./model.js";
import { post } from "./net.js";
import { toast } from "./notices.js";

const LARGEST_FILE = 20 * 1024 * 1024;
const LONGEST_TEXT = 4096;

export function composer(chat, { send, start }) {
  const view = { chat, reply: null, keysShown: true };
  const box = el("textarea", { rows: "1", "aria-label": "输入消息", placeholder: "输入问题", maxlength: LONGEST_TEXT, enterkeyhint: "send", autocomplete: "off" });
  const file = el("input", { type: "file", hidden: true });
  const clip = iconButton("clip", "发送文件", () => file.click());
  const slash = iconButton("slash", "命令", () => toggle(commands, drawCommands));
  const keys = iconButton("keys", "键盘", () => { view.keysShown = !view.keysShown; drawKeys(); });
  const go = el("button", { type: "button", class: "send", "aria-label": "发送", onclick: submit }, icon("send"));
  const reply = el("div", { class: "replying", hidden: true });
  const commands = el("div", { class: "commands", hidden: true, role: "listbox", "aria-label": "命令" });
  const keyboard = el("div", { class: "keyboard", hidden: true, role: "group", "aria-label": "快捷回复" });
  const line = el("div", { class: "line" }, slash, clip, el("div", { class: "box" }, box, keys), go, file);
  const gate = el("div", { class: "gate", hidden: true });
  const node = el("footer", { class: "composer" }, commands, reply, line, gate, keyboard);

  function iconButton(name, label, onclick) {
    return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick }, icon(name));
  }

  function grow() {
    box.style.height = "auto";
    if (box.scrollHeight) box.style.height = `${Math.min(box.scrollHeight, 140)}px`; // 0: not shown
    go.classList.toggle("ready", box.value.trim() !== "");
  }

  function submit() {
    const text = box.value.trim();
    if (!text) { box.focus(); return; }
    box.value = "";
    model.draft(view.chat, "");
    send({ text, reply_to: view.reply?.message_id || 0 });
    replyTo(null);
    commands.hidden = true;
    grow();
    box.focus();
  }

  function replyTo(message) {
    view.reply = message;
    reply.hidden = !message;
    if (!message) return;
    reply.replaceChildren(icon("reply"),
      el("span", {}, el("b", {}, message.from?.first_name || ""), short(previewOf(message), 40)),
      iconButton("close", "取消回复", () => replyTo(null)));
    box.focus();
  }

  function toggle(panel, draw) {
    draw("");
    panel.hidden = !panel.hidden;
  }

  function drawCommands(begun) {
    const fitting = view.chat.commands.filter((one) => one.command.startsWith(begun));
    commands.replaceChildren(...fitting.map((one) =>
      el("button", { type: "button", role: "option", onclick: () => { commands.hidden = true; clear(); send({ text: `/${one.command}` }); } },
        el("b", {}, `/${one.command}`), el("span", {}, one.description))));
    return fitting.length;
  }

  function clear() {
    box.value = "";
    model.draft(view.chat, "");
    grow();
  }

  function drawKeys() {
    const rows = view.chat.keyboard?.keyboard;
    keys.hidden = !rows;
    keyboard.hidden = !rows || !view.keysShown || isGated();
    box.placeholder = view.chat.keyboard?.input_field_placeholder || "输入问题";
    if (!rows) return;
    keyboard.replaceChildren(...rows.map((row) => el("div", { class: "button-row" }, ...row.map((button) =>
      el("button", { type: "button", class: "key", onclick: () => send({ text: button.text }) }, button.text)))));
  }

  const isOut = (chat) => ["left", "kicked"].includes(chat.bot_status);
  const isGated = () => view.chat.blocked || isOut(view.chat) || (!view.chat.started && model.waitingOf(view.chat).length === 0) || Boolean(payload());

  function payload() {
    const given = new URLSearchParams(location.search).get("start") || "";
    return view.chat.chat.type === "private" && /^[\w-]{1,64}$/.test(given) ? given : "";
  }

  function drawGate() {
    const shut = isGated();
    gate.hidden = !shut;
    line.hidden = shut;
    if (!shut) {
      grow();
      return;
    }
    const place = { person: view.chat.person, chat: view.chat.key };
    if (isOut(view.chat)) gate.replaceChildren(el("p", {}, "机器人已离开这个群组"));
    else if (view.chat.blocked) gate.replaceChildren(button("重新启用", () => post("block", { ...place, blocked: false }).catch((error) => toast(error.message))));
    else gate.replaceChildren(button(payload() ? "使用邀请链接" : "开始", begin));
  }

  function begin() {
    const given = payload();
    if (given) history.replaceState(null, "", `/${location.hash}`);
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

  function takeFile(chosen) {
    if (!chosen) return;
    if (chosen.size > LARGEST_FILE) { toast("文件不能超过 20 MB"); return; }
    send({ file: chosen, text: box.value.trim() });
    clear();
  }

  box.addEventListener("input", () => {
    model.draft(view.chat, box.value);
    grow();
    const begun = box.value.match(/^\/([a-z0-9_]*)$/);
    commands.hidden = !begun || drawCommands(begun[1]) === 0;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { commands.hidden = true; replyTo(null); }
    const composing = event.isComposing || event.keyCode === 229; // Chinese input confirms with Enter, too
    if (event.key === "Enter" && !event.shiftKey && !composing) { event.preventDefault(); submit(); }
  });
  box.addEventListener("paste", (event) => { if (event.clipboardData.files.length) takeFile(event.clipboardData.files[0]); });
  file.addEventListener("change", () => { takeFile(file.files[0]); file.value = ""; });

  box.value = model.draft(chat);
  chatChanged(chat);
  requestAnimationFrame(grow);
  return { node, replyTo, chatChanged, focus: () => box.focus() };
}
