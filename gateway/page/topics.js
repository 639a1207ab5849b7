// The topics of a forum: which one is looked at, which one a message belongs to.

import { el } from "./dom.js";
import { newTopic } from "./groups.js";

export const ALL = -1;
export const GENERAL = 0;

export const threadOf = (message) => (message.is_topic_message ? message.message_thread_id : GENERAL);
export const isIn = (message, topic) => topic === ALL || threadOf(message) === topic;
export const topicName = (chat, message) =>
  chat.topics.find((one) => one.id === threadOf(message) && message.is_topic_message)?.name || "";

export function topicBar(choose) {
  const node = el("div", { class: "topics", role: "tablist", "aria-label": "话题", hidden: true });
  function draw(chat, current) {
    node.hidden = !chat.chat.is_forum;
    if (node.hidden) return;
    const tab = (id, name) => el("button", { type: "button", role: "tab", class: "chip", "aria-selected": String(id === current), onclick: () => choose(id) }, name);
    node.replaceChildren(tab(ALL, "全部"), tab(GENERAL, "综合"),
      ...chat.topics.map((one) => tab(one.id, one.closed ? `${one.name}（已关闭）` : one.name)),
      el("button", { type: "button", class: "chip", "aria-label": "新话题", onclick: () => newTopic(chat, choose) }, "＋"));
    node.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  return { node, draw };
}
