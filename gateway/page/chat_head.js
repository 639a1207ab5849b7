// Above the log: whose chat it is, its menu, and what an empty one says.

import { avatar, el, face, icon } from "./dom.js";
import { groupInfo, newGroup } from "./groups.js";
import { showDevices } from "./identity.js";
import * as model from "./model.js";
import { post } from "./net.js";
import { copyText, menu, sheet, toast } from "./notices.js";

export function headerOf(view, status, go) {
  const { chat } = view;
  const title = model.titleOf(chat);
  const person = model.person(chat.person);
  const back = el("button", { type: "button", class: "icon-button back", "aria-label": "返回", onclick: () => go("") }, icon("back"), el("span", { class: "elsewhere" }));
  const words = el("div", { class: "head-words" }, el("h1", {}, title), status);
  const more = el("button", { type: "button", class: "icon-button", "aria-label": "更多", onclick: (event) => chatMenu(event.currentTarget, view, go) }, icon("more"));
  const self = model.known.chooser
    ? el("button", { type: "button", class: "self", onclick: () => go(""), "aria-label": `当前身份：${person.name}，点按切换` }, avatar(person.id, person.name, true), el("span", {}, person.name))
    : null;
  return el("header", { class: "head" }, back, face(chat), words, self, more);
}

function chatMenu(anchor, view, go) {
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
  if (chat.chat.type === "private" && chat.last) {
    items.push({ label: "清空聊天记录", note: "这里的消息和文件全部删除", danger: true, act: () => askToClear(place) });
  }
  if (chat.chat.type === "private") items.push({ label: "新建群组", note: "机器人会一起加入", act: () => newGroup(chat, go) });
  else items.push({ label: "群组成员", note: `${chat.members.length} 人`, act: () => groupInfo(chat) });
  if (!model.known.chooser) {
    const person = model.person(chat.person);
    items.push({ label: "我的设备", note: "在另一台设备登录、退出", act: () => showDevices(person).catch((error) => toast(error.message)) });
  }
  items.push({ label: "复制会话编号", note: String(chat.chat.id), act: () => copyText(String(chat.chat.id)) });
  menu(anchor, items);
}

function askToClear(place) {
  const yes = el("button", { type: "button", class: "wide danger" }, "全部删除");
  const box = sheet("清空聊天记录", el("p", { class: "hint" }, "这里的消息和文件会从服务器上删除，不能恢复。任务、设置和名单不受影响。"), yes);
  yes.addEventListener("click", () => post("clear", place).then(() => location.reload()).catch((error) => { box.close(); toast(error.message); }));
}

export function welcome(chat) {
  const title = model.titleOf(chat);
  return el("div", { class: "welcome" }, face(chat), el("h2", {}, title),
    el("p", {}, chat.about || "在这里提问和接收提醒。点按下方的按钮开始。"));
}
