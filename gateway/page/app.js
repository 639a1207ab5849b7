// The page: enters, listens, shows either the list or a chat; both side by side where there is room.

import { clockOf, el, icon, setZone } from "./dom.js";
import { openChat } from "./chat.js";
import { joinByLink } from "./groups.js";
import { asked, enter, forgetInvitation, invitation, leave } from "./identity.js";
import { drawList } from "./list.js";
import * as model from "./model.js";
import { get, listen, post, Refused } from "./net.js";
import { toast } from "./notices.js";

const app = document.getElementById("app");
const places = { demo: document.getElementById("demo"), list: document.getElementById("list"), chat: document.getElementById("chat") };
let open = null; // the chat on the screen
let room = null;

const isWide = () => matchMedia("(min-width: 860px)").matches;

function go(id) {
  const hash = id ? `#${encodeURIComponent(id)}` : "";
  history.pushState(null, "", `${location.pathname}${location.search}${hash}`);
  show();
}

const isOnlyChat = () => !model.known.chooser && model.chatsOf(model.known.people[0]?.id).length === 1;

function hashWords() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ""; // broken by whoever passed the link on
  }
}

function wanted() {
  const [person, key] = hashWords().split("|");
  if (key) return model.chatOf(person, key);
  const first = model.chatsOf(model.known.people[0]?.id);
  return isWide() || isOnlyChat() ? first[0] || null : null;
}

function show() {
  const chat = wanted();
  if (!chat) { open = null; room = null; places.chat.replaceChildren(); }
  else if (!open || model.idOf(open) !== model.idOf(chat)) {
    open = chat;
    room = openChat(places.chat, chat, go);
    if (isWide() && matchMedia("(hover: hover)").matches) room.focus();
  }
  app.dataset.screen = chat ? "chat" : "list";
  app.classList.toggle("alone", isOnlyChat());
  drawAround();
}

let drawn = 0;
function drawAround() { // many changes at once are one redraw
  cancelAnimationFrame(drawn);
  drawn = requestAnimationFrame(() => {
    drawList(places.list, open, go, addNewcomer);
    const elsewhere = model.known.people.reduce((sum, one) => sum + model.unreadOf(one.id), 0) - (open?.unread || 0);
    const mark = places.chat.querySelector(".elsewhere");
    if (mark) mark.textContent = elsewhere > 0 ? (elsewhere > 99 ? "99+" : String(elsewhere)) : "";
    document.title = elsewhere > 0 ? `(${elsewhere}) ${model.known.title}` : model.known.title;
  });
}

function drawDemo() {
  places.demo.hidden = model.known.controls.length === 0;
  if (places.demo.hidden) return;
  const { day, weekday, time } = clockOf(model.known.now);
  let clock = places.demo.querySelector(".clock");
  if (!clock) {
    clock = el("div", { class: "clock", "aria-label": "演示时钟" });
    places.demo.replaceChildren(clock, el("div", { class: "controls" }, ...model.known.controls.map(controlButton)));
  }
  clock.replaceChildren(icon("clock"), el("span", { class: "clock-words" }, el("b", {}, time), el("small", {}, `${day} ${weekday}`)));
}

let moving = false; // one control at a time: the clock may walk for seconds, and the bar is drawn anew meanwhile

function controlButton({ name, label }) {
  const node = el("button", { type: "button", class: moving ? "control busy" : "control" }, label);
  node.addEventListener("click", async () => {
    if (moving) return;
    moving = true;
    markControls();
    try {
      const { line, ...clock } = await post("control", { name });
      model.clockChanged(clock);
      if (line) toast(line);
    } catch (error) {
      toast(error instanceof Refused ? error.message : "没有连接，请稍后再试");
    } finally {
      moving = false;
      markControls();
    }
  });
  return node;
}

function markControls() {
  for (const node of document.querySelectorAll(".control")) node.classList.toggle("busy", moving);
}

function fitToViewport() { // above the keyboard, without jumping
  const view = window.visualViewport;
  const apply = () => {
    document.documentElement.style.setProperty("--height", `${Math.round(view.height)}px`);
    document.documentElement.style.setProperty("--top", `${Math.round(view.offsetTop)}px`);
  };
  if (!view) return;
  view.addEventListener("resize", apply);
  view.addEventListener("scroll", apply);
  apply();
}

function connection(online) {
  const back = online && !model.known.online;
  model.known.online = online;
  app.classList.toggle("offline", !online);
  room?.update("connection");
  if (back || online) model.flushAll();
}

// Who gave a name on the page of an invitation accepted it by that.
function startInvited() {
  const token = invitation();
  const chat = model.chatsOf(model.known.people[0].id)[0];
  if (!token || !chat) return;
  forgetInvitation();
  model.send(chat, { text: `/start ${token}` });
}

function takeJoinToken() {
  if (!location.hash.startsWith("#join=") || model.known.chooser) return "";
  const token = location.hash.slice(6);
  history.replaceState(null, "", `/${location.search}`);
  return token;
}

async function addNewcomer() {
  const made = await asked(places.list, { words: "以一个新来的人进入演示。", label: "进入", mayCancel: true }, (name) => post("newcomer", { name }));
  places.list.replaceChildren();
  if (!made) { drawAround(); return; }
  model.learn(await get("state"));
  go(model.idOf(model.chatsOf(made.person.id)[0]));
}

function chatIsGone({ person, key, successor }) {
  if (!open || model.idOf(open) !== `${person}|${key}`) return;
  if (successor) model.whenKnown(person, successor, go);
  else go("");
}

async function begin() {
  fitToViewport();
  const { fresh, ...state } = await enter(places.list);
  setZone(state.zone);
  model.learn(state);
  places.list.replaceChildren();
  document.title = state.title;
  if (fresh) startInvited();
  const groupToken = takeJoinToken();
  drawDemo();
  show();
  model.watch((kind, detail) => {
    if (kind === "clock") drawDemo();
    if (kind === "gone") chatIsGone(detail);
    else room?.update(kind, detail);
    drawAround();
  });
  if (groupToken) joinByLink(model.known.people[0].id, groupToken, go);
  listen(state.revision, {
    message: model.messageChanged,
    chat: model.chatChanged,
    clock: model.clockChanged,
    hint: (hint) => room?.update("hint", hint),
    "signed-out": leave,
  }, connection);
  window.addEventListener("offline", () => connection(false));
  window.addEventListener("online", () => connection(true)); // the stream says so if it is not true
  window.addEventListener("popstate", show);
  window.addEventListener("hashchange", () => (/^#(device|join)=/.test(location.hash) ? location.reload() : show()));
  matchMedia("(min-width: 860px)").addEventListener("change", show);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) room?.seen(); });
}

function tryAgain(error) {
  app.dataset.screen = "list";
  places.list.replaceChildren(el("div", { class: "name-form" }, el("h1", {}, "正在连接…"), el("p", {}, error instanceof Refused ? error.message : "服务暂时没有回应，马上再试。")));
  setTimeout(() => begin().catch(tryAgain), 2000);
}

begin().catch(tryAgain);
