// The open chat: header, pinned message, log, what is above the input.

import { avatar, dayKey, dayOf, el, face, icon, weekdayOf } from "./dom.js";
import { bubble, previewOf, short, waitingBubble } from "./message.js";
import * as model from "./model.js";
import { composer } from "./composer.js";
import { post, Refused } from "./net.js";
import { alertBox, copyText, menu, toast } from "./notices.js";

const NEAR_BOTTOM = 60;
const GROUPING_SECONDS = 300;
const TYPING_MILLISECONDS = 6000;

export function openChat(place, chat, go) {
  const view = { chat, typingTimer: 0, fresh: 0 };
  const inner = el("div", { class: "log-inner" });
  const log = el("div", { class: "log", role: "log", "aria-live": "off", "aria-label": "消息", tabindex: "0" }, inner);
  const down = el("button", { type: "button", class: "to-bottom", hidden: true, "aria-label": "到最新消息", onclick: () => toBottom(true) }, icon("down"));
  const status = el("span", { class: "status" });
  const pinned = el("div", { class: "pinned", hidden: true });
  const typing = el("div", { class: "typing", hidden: true, "aria-hidden": "true" }, el("i"), el("i"), el("i"));
  const input = composer(chat, { send: sendOut, start });
  place.replaceChildren(headerOf(view, status, go), pinned, el("div", { class: "log-place" }, log, down), input.node);

  const hooks = {
    command: (text) => sendOut({ text }),
    link: (url) => followStart(url, view.chat, go),
    press: (message, button, node) => press(view, message, button, node),
    reply: (message) => input.replyTo(message),
    jump,
    discard: (item) => model.discard(view.chat, item),
  };

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
    sendOut({ text: payload ? `/start ${payload}` : "/start" });
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
    const messages = model.messagesOf(view.chat);
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
    const quiet = view.chat.blocked ? "已停用" : view.chat.chat.type === "private" ? "机器人" : "群组";
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
    } else if (kind === "chat" && model.idOf(detail) === model.idOf(view.chat)) {
      view.chat = model.chatOf(detail.person, detail.key);
      input.chatChanged(view.chat);
      drawPinned();
      drawStatus(!typing.hidden);
      if (isAtBottom()) seen();
    } else if (kind === "hint" && detail.key === view.chat.key) {
      setTyping(true);
    } else if (kind === "waiting" && model.idOf(detail) === model.idOf(view.chat)) {
      drawWaiting();
    } else if (kind === "clock") {
      renameDays();
    } else if (kind === "connection") {
      drawStatus(!typing.hidden);
    }
  };

  draw();
  drawPinned();
  drawStatus();
  toBottom();
  view.stuck = true;
  older().then(() => toBottom());
  model.flush(chat);
  return { update, focus: () => input.focus(), seen: () => { if (isAtBottom()) seen(); } };
}

function headerOf(view, status, go) {
  const { chat } = view;
  const title = model.titleOf(chat);
  const person = model.person(chat.person);
  const back = el("button", { type: "button", class: "icon-button back", "aria-label": "返回", onclick: () => go("") }, icon("back"), el("span", { class: "elsewhere" }));
    const words = el("div", { class: "head-words" }, el("h1", {}, title), status);
  const more = el("button", { type: "button", class: "icon-button", "aria-label": "更多", onclick: (event) => chatMenu(event.currentTarget, view) }, icon("more"));
  const self = model.known.chooser
    ? el("button", { type: "button", class: "self", onclick: () => go(""), "aria-label": `当前身份：${person.name}，点按切换` }, avatar(person.id, person.name, true), el("span", {}, person.name))
    : null;
  return el("header", { class: "head" }, back, face(chat), words, self, more);
}

function chatMenu(anchor, view) {
  const { chat } = view;
  const place = { person: chat.person, chat: chat.key };
  const items = [];
  if (chat.chat.type === "private" && chat.started) {
    items.push({
      label: chat.blocked ? "重新启用机器人" : "停用机器人",
      note: chat.blocked ? "之后又能收到消息" : "它将不能再给您发消息",
      act: () => post("block", { ...place, blocked: !chat.blocked }).catch((error) => toast(error.message)),
    });
  }
  items.push({ label: "复制会话编号", note: String(chat.chat.id), act: () => copyText(String(chat.chat.id)) });
  menu(anchor, items);
}

function welcome(chat) {
  const title = model.titleOf(chat);
  return el("div", { class: "welcome" }, face(chat), el("h2", {}, title),
    el("p", {}, chat.about || "在这里提问和接收提醒。点按下方的按钮开始。"));
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

async function press(view, message, button, node) {
  if (button.url || button.web_app) {
    const url = new URL(button.url || button.web_app.url);
    if (followStart(url, view.chat)) return;
    if (["http:", "https:"].includes(url.protocol)) window.open(url.href, "_blank", "noopener");
    return;
  }
  if (button.copy_text) { copyText(button.copy_text.text); return; }
  if (node.classList.contains("busy") || button.callback_data === undefined) return;
  node.classList.add("busy");
  node.setAttribute("aria-busy", "true");
  const { chat } = view;
  try {
    const { answer } = await post("press", { person: chat.person, chat: chat.key, message_id: message.message_id, data: button.callback_data });
    if (!answer) toast("还没有回应，请稍后再试");
    else if (answer.text) (answer.show_alert ? alertBox : toast)(answer.text);
  } catch (error) {
    toast(error instanceof Refused ? error.message : "没有连接，请稍后再试");
  } finally {
    node.classList.remove("busy");
    node.removeAttribute("aria-busy");
  }
}

// Invite links of this bot are followed here, wherever they point.
function followStart(url, chat) {
  const own = [`/${chat.bot.username}`, "/"].includes(url.pathname);
  const here = url.origin === location.origin || ["t.me", "telegram.me"].includes(url.hostname);
  const payload = url.searchParams.get("start");
  if (!own || !here || !payload || !/^[\w-]{1,64}$/.test(payload)) return false;
  const place = chat.chat.type === "private" ? chat : model.chatOf(chat.person, `${chat.bot.id}:${chat.person}`);
  if (place) model.send(place, { text: `/start ${payload}` });
  return true;
}
