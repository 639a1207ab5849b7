// A message's text with its entities as nodes. Offsets count UTF-16 units, as strings do here.

import { el } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

const BLOCKS = ["pre", "blockquote", "expandable_blockquote"];

export function richText(text, entities = [], onCommand, onLink) {
  const ordered = entities
    .filter((one) => one.length > 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  return between(text, ordered, 0, text.length, { onCommand, onLink });
}

function between(text, entities, begin, end, hooks) {
  const nodes = [];
  let at = begin;
  let next = 0;
  while (next < entities.length) {
    const entity = entities[next++];
    const last = Math.min(entity.offset + entity.length, end);
    if (entity.offset < at || last <= at) continue;
    const isBlock = BLOCKS.includes(entity.type);
    // a block breaks the line by itself: the line breaks around it are not shown twice
    const before = text.slice(at, entity.offset);
    if (before) nodes.push(document.createTextNode(isBlock ? before.replace(/\n$/, "") : before));
    const inner = [];
    while (next < entities.length && entities[next].offset < last) inner.push(entities[next++]);
    const children = between(text, inner, entity.offset, last, hooks);
    nodes.push(styled(entity, text.slice(entity.offset, last), children, hooks));
    at = isBlock && text[last] === "\n" && last < end ? last + 1 : last;
  }
  if (at < end) nodes.push(document.createTextNode(text.slice(at, end)));
  return nodes;
}

function styled(entity, covered, children, { onCommand, onLink }) {
  switch (entity.type) {
    case "text_link": return link(entity.url, children, onLink);
    case "url": return link(/^https?:\/\//i.test(covered) ? covered : `https://${covered}`, children, onLink);
    case "email": return link(`mailto:${covered}`, children);
    case "bot_command":
      return el("button", { type: "button", class: "command", onclick: () => onCommand?.(covered) }, ...children);
    case "spoiler": return spoiler(children);
    case "hashtag": case "mention": case "text_mention": case "cashtag":
      return el("span", { class: "tag" }, ...children);
    case "expandable_blockquote": return folded(children);
    default: return TAGS[entity.type] ? el(TAGS[entity.type], {}, ...children) : el("span", {}, ...children);
  }
}

function link(address, children, onLink) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return el("span", {}, ...children);
  }
  if (!["http:", "https:", "mailto:"].includes(url.protocol)) return el("span", {}, ...children);
  const open = (event) => { if (onLink?.(url)) event.preventDefault(); };
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", onclick: open }, ...children);
}

function spoiler(children) {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "隐藏的内容，点按显示" }, ...children);
  const show = () => {
    node.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") show(); });
  return node;
}

function folded(children) {
  const quote = el("blockquote", { class: "folded", role: "button", tabindex: "0", "aria-expanded": "false" }, ...children);
  const toggle = (event) => {
    if (event.target.closest("a, button")) return;
    quote.setAttribute("aria-expanded", String(!quote.classList.toggle("folded")));
  };
  quote.addEventListener("click", toggle);
  quote.addEventListener("keydown", (event) => { if (event.key === "Enter") toggle(event); });
  return quote;
}
