// The control interface of the sandbox, and the live stream of what happens.

export async function get(path) {
  return answer(await fetch(`/sandbox/${path}`));
}

export async function post(path, body = {}) {
  const headers = { "Content-Type": "application/json" };
  return answer(await fetch(`/sandbox/${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

export const act = (person, name, body) => post(`people/${person}/act/${name}`, body);

async function answer(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error || response.statusText);
  return body;
}

/** Calls `onEvent` with every event after `revision`; the browser reconnects by itself. */
export function follow(revision, onEvent, onState) {
  const source = new EventSource(`/sandbox/stream?since=${revision}`);
  source.onmessage = (message) => onEvent(JSON.parse(message.data));
  source.onopen = () => onState(true);
  source.onerror = () => onState(false);
}

/** A file's bytes as base64, as the control interface takes them. */
export function encoded(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",", 2)[1] || "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
