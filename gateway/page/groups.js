// Groups: making one, its people, the bot's place in it, topics.

import { avatar, el, face } from "./dom.js";
import * as model from "./model.js";
import { post } from "./net.js";
import { copyText, sheet, toast } from "./notices.js";

const ROLES = { creator: "群主", administrator: "管理员", member: "" };
const placeOf = (chat) => ({ person: chat.person, chat: chat.key });

export function newGroup(chat, go) {
  const box = el("input", { type: "text", maxlength: "60", placeholder: "群组名称", "aria-label": "群组名称" });
  const others = model.known.people.filter((one) => one.id !== chat.person);
  const ticks = others.map((one) => el("input", { type: "checkbox", value: one.id }));
  const rows = others.map((one, number) => el("li", {}, el("label", {}, avatar(one.id, one.name, true), el("b", {}, one.name), ticks[number])));
  const make = el("button", { type: "submit", class: "wide" }, "建立群组");
  const form = el("form", { class: "sheet-form" }, box, el("ul", { class: "rows" }, ...rows),
    el("p", { class: "hint" }, `“${chat.bot.first_name}”会一起加入。`), make);
  const shown = sheet("新建群组", form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const members = ticks.filter((tick) => tick.checked).map((tick) => Number(tick.value));
    try {
      const made = await post("group", { ...placeOf(chat), title: box.value, members });
      shown.close();
      model.whenKnown(chat.person, made.chat, go);
    } catch (error) {
      toast(box.value.trim() ? error.message : "请写一个名称");
    }
  });
}

export function groupInfo(chat) {
  const leads = ["creator", "administrator"].includes(chat.status);
  const change = (path, body) => () => post(path, { ...placeOf(chat), ...body })
    .then(() => shown.close()).catch((error) => toast(error.message));
  const rows = [botRow(chat, leads, change), ...chat.members.map((one) => personRow(chat, one, leads, change))];
  const shown = sheet(chat.chat.title, el("ul", { class: "rows" }, ...rows), ...choices(chat, leads, change));
}

function botRow(chat, leads, change) {
  const inside = ["member", "administrator"].includes(chat.bot_status);
  const state = chat.bot_status === "administrator" ? "机器人 · 管理员" : inside ? "机器人" : "机器人 · 不在群里";
  const seat = (status) => change("seat", { who: chat.bot.id, status });
  const acts = !inside ? [small("加入", seat("member"))]
    : !leads ? []
      : [chat.bot_status === "member" ? small("设为管理员", seat("administrator")) : small("取消管理员", seat("member")), small("移出", seat("kicked"), true)];
  return el("li", {}, face({ chat: { type: "private" } }, true), el("span", {}, el("b", {}, chat.bot.first_name), el("small", {}, state)), ...acts);
}

function personRow(chat, one, leads, change) {
  const mayGo = one.status !== "creator" && (leads || one.id === chat.person);
  const act = mayGo ? small(one.id === chat.person ? "退出" : "移出", change("seat", { who: one.id, status: "left" }), true) : null;
  return el("li", {}, avatar(one.id, one.name, true), el("span", {}, el("b", {}, one.name), ROLES[one.status] ? el("small", {}, ROLES[one.status]) : null), act);
}

function choices(chat, leads, change) {
  const inside = new Set(chat.members.map((one) => one.id));
  const outside = model.known.people.filter((one) => !inside.has(one.id));
  const add = leads && outside.length ? [el("h3", {}, "添加"), el("div", { class: "chips" },
    ...outside.map((one) => small(`＋ ${one.name}`, change("seat", { who: one.id, status: "member" }))))] : [];
  if (leads && !model.known.chooser) add.push(el("h3", {}, "邀请"), el("div", { class: "chips" }, small("复制入群链接", () => copyLink(chat))));
  if (!leads || chat.chat.is_forum) return add;
  const grow = chat.chat.type === "group" ? [small("升级为超级群组", change("upgrade", {}))] : [];
  return [...add, el("h3", {}, "群组"), el("div", { class: "chips" }, ...grow, small("开启话题", change("upgrade", { forum: true })))];
}

// Seven days long; a new one ends the one before.
async function copyLink(chat) {
  try {
    await copyText((await post("group-link", placeOf(chat))).link);
  } catch (error) {
    toast(error.message);
  }
}

export async function joinByLink(person, token, go) {
  try {
    const { title } = await post("join", { person, token, look: true });
    const yes = el("button", { type: "button", class: "wide" }, "加入");
    const shown = sheet(`加入群组“${title}”？`, el("p", { class: "hint" }, "群里的人会看到您的称呼。"), yes);
    yes.addEventListener("click", async () => {
      shown.close();
      const { chat } = await post("join", { person, token });
      model.whenKnown(person, chat, go);
    });
  } catch (error) {
    toast(error.message.replace(/^Not Found: /, ""));
  }
}

const small = (label, onclick, danger = false) =>
  el("button", { type: "button", class: `chip${danger ? " danger" : ""}`, onclick }, label);

export function newTopic(chat, opened) {
  const box = el("input", { type: "text", maxlength: "60", placeholder: "话题名称", "aria-label": "话题名称" });
  const form = el("form", { class: "sheet-form" }, box, el("button", { type: "submit", class: "wide" }, "开启话题"));
  const shown = sheet("新话题", form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { thread } = await post("topic", { ...placeOf(chat), name: box.value });
      shown.close();
      opened(thread);
    } catch (error) {
      toast(box.value.trim() ? error.message : "请写一个名称");
    }
  });
}
