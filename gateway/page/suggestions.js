// What is offered while somebody types: commands, people to mention, results of inline mode.

import { avatar, el, face } from "./dom.js";
import { post } from "./net.js";

const INLINE_PAUSE = 300;

// hooks: command(name), mention(person, begun), choose(result, queryId), start(parameter)
export function suggestions(hooks) {
  const node = el("div", { class: "commands", hidden: true, role: "listbox", "aria-label": "建议" });
  const view = { pause: 0, query: "", asked: 0 };

  function show(rows) {
    node.replaceChildren(...rows);
    node.hidden = rows.length === 0;
    node.scrollTop = 0;
  }

  function hide() {
    clearTimeout(view.pause);
    view.query = "";
    view.asked += 1; // what is still on its way comes too late
    show([]);
  }

  const row = (onclick, ...children) => el("button", { type: "button", role: "option", onclick }, ...children);

  function commands(chat, begun) {
    const fitting = chat.commands.filter((one) => one.command.startsWith(begun));
    show(fitting.map((one) => row(() => { hide(); hooks.command(one.command); }, el("b", {}, `/${one.command}`), el("span", {}, one.description))));
  }

  function people(chat, begun) {
    const bot = { id: chat.bot.id, name: chat.bot.first_name, username: chat.bot.username };
    const fits = (one) => one.name.toLowerCase().includes(begun) || one.username?.toLowerCase().startsWith(begun);
    const found = [bot, ...chat.members.filter((one) => one.id !== chat.person)].filter(fits).slice(0, 8);
    show(found.map((one) => row(() => { hide(); hooks.mention(one, begun); },
      one.username ? face({ chat: { type: "private" } }, true) : avatar(one.id, one.name, true), el("b", {}, one.name),
      one.username ? el("span", {}, `@${one.username}`) : null)));
  }

  function inline(chat, query) {
    if (query === view.query && !node.hidden) return;
    view.query = query;
    clearTimeout(view.pause);
    view.pause = setTimeout(() => askInline(chat, query, ""), INLINE_PAUSE);
  }

  async function askInline(chat, query, offset) {
    const number = ++view.asked;
    let found;
    try {
      found = await post("inline", { person: chat.person, chat: chat.key, query, offset });
    } catch {
      return; // typing goes on; the next letter asks again
    }
    if (number !== view.asked || !found.answer) return;
    const { results, next_offset: next, button } = found.answer;
    const rows = results.map((one) => row(() => { hide(); hooks.choose(one, found.query_id); },
      el("span", { class: "result" }, el("b", {}, one.title || one.id), one.description ? el("small", {}, one.description) : null)));
    if (next) rows.push(row(() => askInline(chat, query, next), el("span", {}, "更多…")));
    if (button) rows.unshift(row(() => { hide(); hooks.start(button.start_parameter); }, el("b", {}, button.text)));
    show(rows);
  }

  // `text` up to where the writing goes on
  function update(chat, text) {
    const command = text.match(/^\/([a-z0-9_]*)$/);
    const query = text.match(/^@(\w{3,32})\s([\s\S]*)$/);
    const mention = text.match(/(?:^|\s)@([^\s@]{0,20})$/);
    if (command) commands(chat, command[1]);
    else if (query && query[1].toLowerCase() === chat.bot.username.toLowerCase()) inline(chat, query[2]);
    else if (mention && chat.chat.type !== "private") people(chat, mention[1].toLowerCase());
    else hide();
  }

  function toggleCommands(chat) {
    if (node.hidden) commands(chat, "");
    else hide();
  }

  return { node, update, hide, toggleCommands };
}

// People without a username are mentioned by what is written; their places are found at the end.
export function mentionsIn(text, picked) {
  const found = [];
  let from = 0;
  for (const { id, name } of picked) {
    const offset = text.indexOf(name, from);
    if (offset < 0) continue;
    from = offset + name.length;
    found.push({ offset, length: name.length, user_id: id });
  }
  return found;
}
