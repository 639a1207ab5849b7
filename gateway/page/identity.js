// Who sits here: entering as somebody new or by a device link, one's devices, signing out.

import { dayOf, el } from "./dom.js";
import * as model from "./model.js";
import { get, post } from "./net.js";
import { copyText, sheet, toast } from "./notices.js";

export const invitation = () => {
  const given = new URLSearchParams(location.search).get("start") || "";
  return /^[\w-]{1,64}$/.test(given) ? given : "";
};

export const forgetInvitation = () => history.replaceState(null, "", `/${location.hash}`);

// The state of the page, once it is known who looks at it; `fresh`: somebody who came just now.
export async function enter(place) {
  const token = location.hash.startsWith("#device=") ? location.hash.slice(8) : "";
  if (token) {
    history.replaceState(null, "", `/${location.search}`);
    await byDeviceLink(place, token);
  }
  const state = await get("state");
  if (state.enter === "open") { await post("session", {}); return get("state"); }
  if (!state.enter) return state;
  document.title = state.title;
  const words = invitation() ? "这是一份研修邀请。怎么称呼您？" : "怎么称呼您？这台设备会记住您。";
  await asked(place, { words, label: invitation() ? "接受邀请" : "进入" }, (name) => post("session", { name }));
  return { ...(await get("state")), fresh: true };
}

async function byDeviceLink(place, token) {
  try {
    const { name } = await post("device", { token, look: true });
    const before = (await get("state")).people?.[0]?.name;
    const words = before ? `这台设备上现在是“${before}”，进入后会换成“${name}”。` : "在这台设备上登录吗？之后两台设备看到的是同样的消息。";
    const yes = el("button", { type: "button", class: "wide" }, `以“${name}”进入`);
    const no = el("button", { type: "button", class: "plain" }, "不是我");
    const choice = new Promise((resolve) => { yes.onclick = () => resolve(true); no.onclick = () => resolve(false); });
    place.replaceChildren(el("div", { class: "name-form" }, el("h1", {}, `${name}，您好`), el("p", {}, words), yes, no));
    place.closest(".app").dataset.screen = "list";
    if (!(await choice)) return;
    await post("device", { token });
    if (before) model.forgetAll(); // drafts of whoever sat here
  } catch (error) {
    toast(error.message.replace(/^Not Found: /, ""));
  }
}

// Resolves with what `enterAs(name)` gives, as soon as a name was accepted; with nothing if cancelled.
export function asked(place, { words, label, mayCancel = false }, enterAs) {
  place.closest(".app").dataset.screen = "list";
  const box = el("input", { type: "text", maxlength: "20", placeholder: "您的称呼", "aria-label": "您的称呼", autocomplete: "name" });
  const form = el("form", { class: "name-form" }, el("h1", {}, "您好"), el("p", {}, words), box, el("button", { type: "submit", class: "wide" }, label));
  place.replaceChildren(form);
  box.focus();
  return new Promise((resolve) => {
    if (mayCancel) form.append(el("button", { type: "button", class: "plain", onclick: () => resolve(null) }, "取消"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!box.value.trim()) { box.focus(); return; }
      enterAs(box.value.trim()).then(resolve).catch((error) => toast(error.message));
    });
  });
}

export async function showDevices(person) {
  const { devices } = await get("devices");
  const rows = devices.map((one) => deviceRow(person, one));
  const more = el("button", { type: "button", class: "wide" }, "在另一台设备上登录");
  const out = el("button", { type: "button", class: "plain danger" }, "退出这台设备");
  const box = sheet("我的设备", el("ul", { class: "rows" }, ...rows), more, out);
  more.addEventListener("click", () => showLink(box, person, more));
  out.addEventListener("click", async () => {
    const last = devices.length === 1;
    if (out.dataset.sure || !last) { await post("sign-out", {}); leave(); return; }
    out.dataset.sure = "yes"; // without another device nobody comes back
    out.textContent = "这是唯一的设备，退出后就回不来了。仍要退出？";
  });
}

function deviceRow(person, one) {
  const when = one.here ? "这台设备" : `上次使用：${dayOf(one.seen, Date.now() / 1000)}`;
  const row = el("li", {}, el("span", {}, el("b", {}, one.name), el("small", {}, when)));
  if (!one.here) {
    const end = el("button", { type: "button", class: "plain danger" }, "退出");
    end.addEventListener("click", () => post("devices/end", { person: person.id, id: one.id })
      .then(() => row.remove()).catch((error) => toast(error.message)));
    row.append(end);
  }
  return row;
}

async function showLink(box, person, more) {
  const { link, picture, seconds } = await post("device-link", { person: person.id });
  const copy = el("button", { type: "button", class: "plain" }, "复制链接");
  copy.addEventListener("click", () => copyText(link));
  const words = `用另一台设备扫一扫，或打开链接。${Math.round(seconds / 60)} 分钟内有效，只能用一次，请不要转给别人。`;
  more.replaceWith(el("div", { class: "device-link" }, el("img", { src: picture, alt: "登录二维码", width: "220", height: "220" }), el("p", {}, words), copy));
  box.scrollTop = box.scrollHeight;
}

export function leave() {
  model.forgetAll();
  location.replace("/");
}
