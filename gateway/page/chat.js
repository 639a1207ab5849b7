// The open chat: header, pinned message, log, what is above the input.

import { headerOf, welcome } from "./chat_head.js";
import { composer } from "./composer.js";
import { dayKey, dayOf, el, icon, weekdayOf } from "./dom.js";
import { bubble, previewOf, short, waitingBubble } from "./message.js";
import * as model from "./model.js";
import { post } from "./net.js";
import { copyText, menu, toast } from "./notices.js";
import { followStart, forward, press, startPrivately } from "./pressing.js";
import { ALL, GENERAL, isIn, topicBar, topicName } from "./topics.js";

const NEAR_BOTTOM = 60;
const GROUPING_SECONDS = 300;
const TYPING_MILLISECONDS = 6000;

export function openChat(place, chat, go) {
  const view = { chat, typingTimer: 0, fresh: 0, topic: ALL };
  const inner = el("div", { class: "log-inner" });
  const log = el("div", { class: "log", role: "log", "aria-live": "off", "aria-label": "消息", tabindex: "0" }, inner);
  const down = el("button", { type: "button", class: "to-bottom", hidden: true, "aria-label": "到最新消息", onclick: () => toBottom(true) }, icon("down"));
  const status = el("span", { class: "status" });
  const pinned = el("div", { class: "pinned", hidden: true });
  const typing = el("div", { class: "typing", hidden: true, "aria-hidden": "true" }, el("i"), el("i"), el("i"));
  const input = composer(chat, { send: sendOut, start });
  const topics = topicBar(look);
  place.replaceChildren(headerOf(view, status, go), topics.node, pinned, el("div", { class: "log-place" }, log, down), input.node);

  const hooks = {
    command: (text) => sendOut({ text: isPrivate() || text.includes("@") ? text : `${text}@${view.chat.bot.username}`, thread: threadHere() }),
    link: (url) => followStart(url, view.chat, go),
    press: (message, button, node) => press(view, message, button, node, { go, fill: input.fill }),
    reply: (message) => input.replyTo(message),
    menu: messageMenu,
    topicOf: (message) => (view.topic === ALL ? topicName(view.chat, message) : ""),
    jump,
    discard: (item) => model.discard(view.chat, item),
  };

  const isPrivate = () => view.chat.chat.type === "private";
  const threadHere = () => (view.topic === ALL ? GENERAL : view.topic);
  const messagesHere = () => model.messagesOf(view.chat).filter((message) => isIn(message, view.topic));

  function look(topic) {
    view.topic = topic;
    drawTopics();
    draw();
    toBottom();
    older();
  }

  function drawTopics() {
    const open = view.chat.topics.find((one) => one.id === view.topic);
    if (!open && view.topic > GENERAL && view.known?.has(view.topic)) view.topic = ALL; // it was removed
    view.known = new Set(view.chat.topics.map((one) => one.id));
    topics.draw(view.chat, view.topic);
    input.into(threadHere(), open?.name || "");
  }

  function messageMenu(message, node) {
    const own = message.from?.id === view.chat.person;
    const text = message.text || message.caption;
    const takeBack = () => post("take-back", { person: view.chat.person, chat: view.chat.key, message_id: message.message_id }).catch((error) => toast(error.message));
    const items = [{ label: "回复", mark: icon("reply"), act: () => input.replyTo(message) }];
    if (text) items.push({ label: "复制", mark: icon("copy"), act: () => copyText(text) });
    if (!message.has_protected_content) items.push({ label: "转发", mark: icon("out"), act: () => forward(view.chat, message, node, go) });
    if (own && message.text && !message.via_bot && !message.forward_origin) items.push({ label: "修改", mark: icon("edit"), act: () => input.edit(message) });
    if (own) items.push({ label: "删除", mark: icon("close"), danger: true, act: takeBack });
    menu(node, items);
  }

  const isAtBottom = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_BOTTOM;

  function toBottom(smooth = false) {
    log.scrollTo({ top: log.scrollHeight, behavior: smooth && !matchMedia("(prefers-reduced-motion: reduce)").matches ? "smooth" : "instant" });
    seen();
  }

  function seen() {
    view.stuck = true;
    view.fresh = 0;
    down.hidden = true;
    down.dataset.count = "";
    if (!document.hidden) model.markRead(view.chat);
  }

  function sendOut(what) {
    model.send(view.chat, what);
    toBottom();
  }

  function start(payload) {
    if (!isPrivate()) startPrivately(view.chat, payload, go);
    else sendOut({ text: payload ? `/start ${payload}` : "/start" });
  }

  function jump(id) {
    const node = log.querySelector(`[data-id="${id}"]`);
    if (!node) return toast("原消息不在这里了");
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.add("flash");
    return setTimeout(() => node.classList.remove("flash"), 1600);
  }

  function draw() {
    log.setAttribute("aria-live", "off");
    const messages = messagesHere();
    const nodes = messages.map((message) => bubble(view.chat, message, hooks));
    inner.replaceChildren(...withDays(nodes, messages), typing, ...model.waitingOf(view.chat).map((item) => waitingBubble(item, hooks)));
    if (!messages.length && !model.waitingOf(view.chat).length) inner.prepend(welcome(view.chat));
    setTimeout(() => log.setAttribute("aria-live", "polite"), 300);
  }

  // The reader's place stays where it is, whatever is added above or changed.
  function redrawKeepingPlace() {
    const fromBottom = log.scrollHeight - log.scrollTop;
    draw();
    log.scrollTop = log.scrollHeight - fromBottom;
  }

  function append(message) {
    if (!isIn(message, view.topic)) return undefined;
    const stick = isAtBottom() || message.from?.id === view.chat.person;
    log.querySelector(".welcome")?.remove();
    const before = [...log.querySelectorAll("[data-id]")].at(-1);
    const node = bubble(view.chat, message, hooks);
    node.classList.add("arriving");
    const now = model.known.now;
    if (!before || dayKey(Number(before.dataset.date || message.date)) !== dayKey(message.date)) typing.before(dayMark(message.date, now));
    else if (belongTogether(before, node)) { before.classList.add("followed"); node.classList.add("following"); }
    typing.before(node);
    if (message.from?.is_bot) setTyping(false);
    drawWaiting();
    if (stick) return toBottom(); // at once: the next message may come in the middle of a slow scroll
    view.fresh += 1;
    down.hidden = false;
    down.dataset.count = String(view.fresh);
    return undefined;
  }

  function drawWaiting() {
    log.querySelectorAll(".waiting").forEach((node) => node.remove());
    inner.append(...model.waitingOf(view.chat).map((item) => waitingBubble(item, hooks)));
    if (model.waitingOf(view.chat).length) log.querySelector(".welcome")?.remove();
  }

  function replace(change) {
    const node = log.querySelector(`[data-id="${change.id}"]`);
    const stick = isAtBottom();
    if (!change.message || !node) redrawKeepingPlace();
    else {
      const fresh = bubble(view.chat, change.message, hooks);
      for (const name of ["followed", "following"]) fresh.classList.toggle(name, node.classList.contains(name));
      node.replaceWith(fresh);
    }
    if (stick) toBottom();
  }

  function setTyping(on) {
    clearTimeout(view.typingTimer);
    const stick = isAtBottom();
    typing.hidden = !on;
    if (on && stick) toBottom();
    if (on) view.typingTimer = setTimeout(() => setTyping(false), TYPING_MILLISECONDS);
    drawStatus(on);
  }

  function drawStatus(isTyping = false) {
    const quiet = view.chat.blocked ? "已停用" : isPrivate() ? "机器人" : `群组 · ${view.chat.members.length} 人`;
    status.textContent = !model.known.online ? "正在连接…" : isTyping ? "正在输入…" : quiet;
    status.classList.toggle("lively", isTyping);
  }

  function drawPinned() {
    const message = view.chat.pinned;
    pinned.hidden = !message;
    if (!message) return;
    pinned.replaceChildren(el("button", { type: "button", onclick: () => jump(message.message_id) },
      icon("pin"), el("span", {}, short(previewOf(message), 60))));
  }

  let loading = false;
  async function older() {
    if (loading || model.isComplete(view.chat)) return;
    loading = true;
    try {
      await model.loadOlder(view.chat);
      redrawKeepingPlace();
    } catch { /* the stream tells when we are back */ } finally {
      loading = false;
    }
  }

  log.addEventListener("scroll", () => {
    if (log.scrollTop < 300) older();
    if (isAtBottom()) seen();
  }, { passive: true });
  const follow = new ResizeObserver(() => { if (view.stuck) toBottom(); }); // pictures load, keyboards open
  follow.observe(log);
  follow.observe(inner);
  log.addEventListener("scroll", () => { view.stuck = isAtBottom(); }, { passive: true });

  function renameDays() { // «today» moves on with the clock
    for (const mark of log.querySelectorAll("[data-day]")) {
      mark.firstChild.textContent = dayText(Number(mark.dataset.day), model.known.now);
    }
  }

  const update = (kind, detail) => {
    if (kind === "message" && detail.key === view.chat.key) {
      if (detail.isNew && detail.message) append(detail.message);
      else replace(detail);
      if (detail.message && view.chat.pinned?.message_id === detail.id) { view.chat.pinned = detail.message; drawPinned(); }
    } else if (kind === "chat" && model.idOf(detail) === model.idOf(view.chat)) {
      view.chat = model.chatOf(detail.person, detail.key);
      place.querySelector(".head h1").textContent = model.titleOf(view.chat);
      input.chatChanged(view.chat);
      drawTopics();
      drawPinned();
      drawStatus(!typing.hidden);
      if (isAtBottom()) seen();
    } else if (kind === "hint" && detail.key === view.chat.key) {
      if (view.topic === ALL || (detail.thread || GENERAL) === view.topic) setTyping(true);
    } else if (kind === "waiting" && model.idOf(detail) === model.idOf(view.chat)) {
      drawWaiting();
    } else if (kind === "clock") {
      renameDays();
    } else if (kind === "connection") {
      drawStatus(!typing.hidden);
    }
  };

  draw();
  drawTopics();
  drawPinned();
  drawStatus();
  toBottom();
  view.stuck = true;
  older().then(() => toBottom());
  model.flush(chat);
  return { update, focus: () => input.focus(), seen: () => { if (isAtBottom()) seen(); } };
}

const dayText = (date, now) => `${dayOf(date, now)} ${weekdayOf(date)}`;

function dayMark(date, now) {
  return el("div", { class: "day", role: "separator", "data-day": date }, el("span", {}, dayText(date, now)));
}

function belongTogether(before, node) {
  return before.dataset.from && before.dataset.from === node.dataset.from
    && Math.abs(Number(node.dataset.date) - Number(before.dataset.date)) < GROUPING_SECONDS;
}

function withDays(nodes, messages) {
  const rows = [];
  messages.forEach((message, number) => {
    const before = messages[number - 1];
    if (!before || dayKey(before.date) !== dayKey(message.date)) rows.push(dayMark(message.date, model.known.now));
    else if (belongTogether(nodes[number - 1], nodes[number])) {
      nodes[number - 1].classList.add("followed");
      nodes[number].classList.add("following");
    }
    rows.push(nodes[number]);
  });
  return rows;
}
