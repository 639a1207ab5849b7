// Building nodes. Text goes in as text nodes only.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

export function avatar(id, name, small = false) {
  const signs = [...name.replace(/\s/g, "")];
  const shown = signs[0]?.toUpperCase(); // the surname, where names are Chinese
  const tone = Math.abs(Number(id)) % 6;
  return el("span", { class: `avatar tone${tone}${small ? " small" : ""}`, "aria-hidden": "true" }, shown || "·");
}

export function face(chat, small = false) {
  const isPrivate = chat.chat.type === "private";
  const tone = isPrivate ? "bot" : `tone${Math.abs(chat.chat.id) % 6} square`;
  return el("span", { class: `avatar ${tone}${small ? " small" : ""}`, "aria-hidden": "true" }, icon(isPrivate ? "book" : "people"));
}

export function badge(count) {
  return count ? el("span", { class: "badge", "aria-label": `${count} 条未读` }, count > 99 ? "99+" : String(count)) : null;
}

let zone;
const formats = new Map();

export function setZone(name) {
  zone = name;
  formats.clear();
}

function format(name, options) {
  if (!formats.has(name)) formats.set(name, new Intl.DateTimeFormat("zh-CN", { ...options, timeZone: zone }));
  return formats.get(name);
}

export function timeOf(seconds) {
  return format("time", { hour: "2-digit", minute: "2-digit", hour12: false }).format(seconds * 1000);
}

export function dayKey(seconds) {
  return format("key", { year: "numeric", month: "2-digit", day: "2-digit" }).format(seconds * 1000);
}

export function dayOf(seconds, now) {
  const key = dayKey(seconds);
  if (key === dayKey(now)) return "今天";
  if (key === dayKey(now - 86400)) return "昨天";
  const sameYear = key.slice(0, 4) === dayKey(now).slice(0, 4);
  const options = { month: "long", day: "numeric", ...(sameYear ? {} : { year: "numeric" }) };
  return format(`day${sameYear}`, options).format(seconds * 1000);
}

export function weekdayOf(seconds) {
  return format("weekday", { weekday: "short" }).format(seconds * 1000);
}

export function clockOf(seconds) {
  const day = format("clockday", { year: "numeric", month: "long", day: "numeric" }).format(seconds * 1000);
  return { day, weekday: weekdayOf(seconds), time: timeOf(seconds) };
}

export function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
