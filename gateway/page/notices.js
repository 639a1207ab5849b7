// Toasts, alerts and little menus.

import { el } from "./dom.js";

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
  for (const { label, note, act } of items) {
    box.append(el("button", { type: "button", onclick: () => { box.close(); act(); } }, el("b", {}, label), note ? el("small", {}, note) : null));
  }
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
  box.addEventListener("close", () => { box.remove(); anchor.focus(); });
  document.body.append(box);
  box.showModal();
  const place = anchor.getBoundingClientRect();
  box.style.top = `${place.bottom + 4}px`;
  box.style.left = `${Math.max(8, place.right - box.offsetWidth)}px`;
}
