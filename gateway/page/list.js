// Who is here, and their chats.

import { avatar, badge, dayKey, dayOf, el, face, timeOf } from "./dom.js";
import { isService, previewOf, short } from "./message.js";
import { invitation } from "./identity.js";
import * as model from "./model.js";

export function drawList(place, open, go, addNewcomer) {
  if (place.querySelector(".name-form")) return; // somebody is giving a name

  const sections = model.known.people.map((person) => section(person, open, go));
  const head = el("header", { class: "list-head" }, el("h1", {}, model.known.title),
    model.known.chooser ? el("p", {}, invitation() ? "您打开了一份邀请：选一个人来使用它，或以新人进入" : "选一个人，看看他的手机") : null);
  const add = model.known.chooser ? el("button", { type: "button", class: "plain", onclick: addNewcomer }, "＋ 以新来的人进入") : null;
  place.replaceChildren(head, el("div", { class: "sections" }, ...sections, add || ""));
}

const isGroup = (chat) => chat.chat.type !== "private";

function section(person, open, go) {
  const chats = model.chatsOf(person.id).sort((a, b) => isGroup(a) - isGroup(b));
  const rows = chats.map((chat) => row(person, chat, open, go));
  return el("section", { class: "person" }, ...rows);
}

function row(person, chat, open, go) {
  const isPrivate = chat.chat.type === "private";
  const showsPerson = isPrivate && model.known.chooser;
  const name = showsPerson ? person.name : model.titleOf(chat);
  const mark = showsPerson ? avatar(person.id, person.name) : face(chat, !isPrivate);
  const words = el("span", { class: "row-words" },
    el("span", { class: "row-name" }, el("b", {}, name), showsPerson && person.note ? el("small", {}, person.note) : null),
    el("span", { class: "row-last" }, lastLine(person, chat)));
  const aside = el("span", { class: "row-aside" }, chat.last ? el("time", {}, when(chat.last.date)) : null, badge(chat.unread));
  const current = open && model.idOf(open) === model.idOf(chat);
  return el("button", { type: "button", class: `chat-row${isPrivate ? "" : " group"}${current ? " current" : ""}`, "aria-current": current ? "true" : null, onclick: () => go(model.idOf(chat)) }, mark, words, aside);
}

function lastLine(person, chat) {
  const unsent = model.draft(chat);
  if (unsent) return `[草稿] ${short(unsent, 30)}`;
  if (!chat.last) return chat.started ? "还没有消息" : "还没有开始";
  if (isService(chat.last)) return previewOf(chat.last);
  const own = chat.last.from?.id === person.id;
  return `${own ? "我：" : isGroup(chat) && chat.last.from ? `${chat.last.from.first_name}：` : ""}${short(previewOf(chat.last), 40)}`;
}

function when(date) {
  return dayKey(date) === dayKey(model.known.now) ? timeOf(date) : dayOf(date, model.known.now);
}
