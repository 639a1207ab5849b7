// Talking to the gateway.

export class Refused extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

async function read(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, body.description || `错误 ${response.status}`);
  return body;
}

export async function get(path, query = {}) {
  const words = new URLSearchParams(query).toString();
  return read(await fetch(`/page/${path}${words ? `?${words}` : ""}`, { cache: "no-store" }));
}

export async function post(path, body) {
  const headers = { "content-type": "application/json" };
  return read(await fetch(`/page/${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

export async function upload(fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return read(await fetch("/page/upload", { method: "POST", body: form }));
}

export function fileAddress(chat, fileId) {
  return `/page/file?${new URLSearchParams({ chat: chat.key, person: chat.person, file: fileId })}`;
}

export function newKey() {
  const random = crypto.getRandomValues(new Uint8Array(12));
  return [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Goes on where it stopped, whatever happened to the server in between.
export function listen(since, handlers, onConnection) {
  let last = since;
  let source;
  let heard = Date.now();
  const open = () => {
    source?.close();
    source = new EventSource(`/page/stream?since=${last}`);
    source.onopen = () => { heard = Date.now(); onConnection(true); };
    source.onerror = () => {
      onConnection(false);
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 1500);
    };
    for (const [kind, handle] of Object.entries(handlers)) {
      source.addEventListener(kind, (event) => {
        heard = Date.now();
        if (event.lastEventId) last = Math.max(last, Number(event.lastEventId));
        handle(JSON.parse(event.data));
      });
    }
  };
  open();
  const revive = () => { if (Date.now() - heard > 40000) { heard = Date.now(); open(); } };
  setInterval(revive, 5000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) revive(); });
}
