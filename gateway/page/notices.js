// Toasts, alerts and little menus.

import { el, icon } from "./dom.js";

export function toast(text) {
  const node = el("div", { class: "toast" }, text);
  const place = document.getElementById("toasts");
  place.append(node);
  while (place.children.length > 3) place.firstChild.remove();
  setTimeout(() => { node.classList.add("going"); setTimeout(() => node.remove(), 300); }, Math.min(2600 + text.length * 60, 8000));
}

export function alertBox(text) {
  const close = el("button", { type: "button", class: "wide" }, "知道了");
  const box = el("dialog", { class: "alert" }, el("p", {}, text), close);
  close.addEventListener("click", () => box.close());
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { class: "offscreen" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy"); // plain http has no clipboard of its own
    area.remove();
  }
  toast("已复制");
}

export function menu(anchor, items) {
  const box = el("dialog", { class: "menu" });
  for (const { label, note, mark, danger, act } of items) {
    const words = el("span", {}, el("b", {}, label), note ? el("small", {}, note) : null);
    box.append(el("button", { type: "button", class: danger ? "danger" : "", onclick: () => { box.close(); act(); } }, mark || null, words));
  }
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
  box.addEventListener("close", () => { box.remove(); anchor.focus(); });
  document.body.append(box);
  box.showModal();
  const place = anchor.getBoundingClientRect();
  const { innerHeight: height, innerWidth: width } = window;
  const below = place.bottom + 4;
  const top = below + box.offsetHeight > height - 8 ? Math.max(8, place.top - box.offsetHeight - 4) : below;
  box.style.top = `${Math.min(top, height - box.offsetHeight - 8)}px`;
  box.style.left = `${Math.min(Math.max(8, place.right - box.offsetWidth), width - box.offsetWidth - 8)}px`;
}

// A panel from below, as phones have them; the window's middle where there is room.
export function sheet(title, ...content) {
  const close = el("button", { type: "button", class: "icon-button", "aria-label": "关闭" }, icon("close"));
  const box = el("dialog", { class: "sheet", "aria-label": title }, el("header", {}, el("h2", {}, title), close), ...content);
  close.addEventListener("click", () => box.close());
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  return box;
}
