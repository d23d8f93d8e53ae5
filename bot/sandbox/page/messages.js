// A message as a bubble. Text only ever becomes text nodes: nothing a bot says can become markup.

import { word } from "./words.js";

const TAGS = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const SAFE = /^(https?|tg|mailto):/i;

export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** Text with its entities as nodes. Offsets are UTF-16 units, which is how JavaScript counts too. */
export function formatted(text, entities, actions) {
  const wanted = (entities || []).map((entity) => ({ ...entity, end: entity.offset + entity.length }));
  return nested(text, wanted, 0, text.length, actions);
}

function nested(text, entities, begin, end, actions) {
  const fragment = document.createDocumentFragment();
  let at = begin;
  while (entities.length) {
    const outer = entities[0];
    const inner = entities.filter((entity) => entity !== outer && entity.offset < outer.end);
    entities = entities.filter((entity) => entity !== outer && entity.offset >= outer.end);
    if (outer.offset > at) fragment.append(text.slice(at, outer.offset));
    const node = entityNode(outer, text.slice(outer.offset, outer.end), actions);
    if (!node.childNodes.length) node.append(nested(text, inner, outer.offset, outer.end, actions));
    fragment.append(node);
    at = outer.end;
  }
  if (at < end) fragment.append(text.slice(at, end));
  return fragment;
}

function entityNode(entity, text, actions) {
  if (entity.type === "bot_command") {
    const button = element("button", "command", text);
    button.type = "button";
    button.addEventListener("click", () => actions.send(text));
    return button;
  }
  if (entity.type === "spoiler") return spoiler();
  const address = { url: text, email: `mailto:${text}`, text_link: entity.url }[entity.type];
  if (address && SAFE.test(address)) return link(address);
  return element(TAGS[entity.type] || "span", TAGS[entity.type] ? "" : "mark");
}

function link(address) {
  const made = element("a");
  made.href = address;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  return made;
}

function spoiler() {
  const made = element("span", "spoiler");
  made.tabIndex = 0;
  made.setAttribute("role", "button");
  made.setAttribute("aria-label", word("reveal"));
  const show = () => {
    made.classList.add("shown");
    made.removeAttribute("role");
    made.removeAttribute("aria-label");
  };
  made.addEventListener("click", show);
  made.addEventListener("keydown", (event) => event.key === "Enter" && show());
  return made;
}

/** One message as a list item: `actions` has send, tap, share, edit and copied. */
export function bubble(message, person, botName, actions) {
  const mine = message.from.id === person.id && !message.by_bot;
  const item = element("li", mine ? "message mine" : "message");
  item.dataset.id = message.message_id;
  const body = element("div", "bubble");
  body.append(element("span", "hidden", `${mine ? word("you") : botName}: `));
  body.append(...attachments(message));
  const text = message.text ?? message.caption;
  if (text) body.append(paragraph(text, message.entities || message.caption_entities, actions));
  body.append(footer(message, mine, actions));
  item.append(body);
  if (message.keyboard?.inline_keyboard) item.append(inlineKeyboard(message, actions));
  return item;
}

function paragraph(text, entities, actions) {
  const made = element("div", "text");
  made.dir = "auto";
  made.append(formatted(text, entities, actions));
  return made;
}

function attachments(message) {
  if (message.photo) return [photo(message)];
  if (message.document) return [documentLink(message.document)];
  const kind = ["voice", "audio", "video", "video_note", "sticker", "location", "contact", "dice"].find(
    (name) => message[name],
  );
  if (message.via_bot) return [element("div", "via", `via @${message.via_bot.username}`)];
  return kind ? [element("div", "kind", kind.replace("_", " "))] : [];
}

function photo(message) {
  const size = message.photo[message.photo.length - 1];
  const made = element("img", "photo");
  made.src = `/sandbox/files/${size.file_id}`;
  made.width = size.width;
  made.height = size.height;
  made.alt = message.caption ? `${word("photo")}: ${message.caption}` : word("photo");
  return made;
}

function documentLink(file) {
  const made = element("a", "document");
  made.href = `/sandbox/files/${file.file_id}`;
  made.download = file.file_name;
  made.setAttribute("aria-label", `${word("download")} ${file.file_name}`);
  made.append(element("span", "sheet"), element("span", "file-name", file.file_name));
  made.append(element("span", "size", bytes(file.file_size)));
  return made;
}

function bytes(count) {
  if (count < 1024) return `${count} B`;
  return count < 1048576 ? `${(count / 1024).toFixed(1)} KB` : `${(count / 1048576).toFixed(1)} MB`;
}

function footer(message, mine, actions) {
  const made = element("div", "meta");
  if (mine && message.text) {
    const button = element("button", "edit", word("edit"));
    button.type = "button";
    button.addEventListener("click", () => actions.edit(message));
    made.append(button);
  }
  if (message.edit_date) made.append(element("span", "edited", word("edited")));
  const time = element("time", "", clock(message.date));
  time.dateTime = new Date(message.date * 1000).toISOString();
  made.append(time);
  return made;
}

const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString(document.documentElement.lang, {
    hour: "2-digit",
    minute: "2-digit",
  });

function inlineKeyboard(message, actions) {
  const made = element("div", "inline");
  for (const row of message.keyboard.inline_keyboard) {
    const line = element("div", "row");
    line.append(...row.map((button) => inlineButton(message, button, actions)));
    made.append(line);
  }
  return made;
}

function inlineButton(message, button, actions) {
  if (button.url) {
    const made = link(button.url);
    made.className = "key url";
    made.textContent = button.text;
    made.append(element("span", "hidden", ` (${word("opens")})`));
    return made;
  }
  const made = element("button", "key", button.text);
  made.type = "button";
  const share = button.switch_inline_query_current_chat ?? button.switch_inline_query;
  made.addEventListener("click", () => {
    if (button.callback_data !== undefined) actions.tap(message, button.callback_data, made);
    else if (share !== undefined) actions.share(share);
    else if (button.copy_text) actions.copy(button.copy_text.text);
  });
  return made;
}
