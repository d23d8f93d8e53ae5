// The page: who is talking, what is in their chat, and everything that happens while they look at it.

import { follow, get, post } from "./api.js";
import { Composer, loadCommands } from "./composer.js";
import { bubble, element } from "./messages.js";
import { drawPeople, openBoxes } from "./people.js";
import { speak, word } from "./words.js";

const at = (id) => document.getElementById(id);
const log = at("log");
const scroll = at("scroll");

const chats = new Map(); // person id -> { person, messages, keyboard, unread, profile }
let bot = { name: "Bot", username: "bot", seen: false };
let shown = null;
let online = true;
let typing = 0;

const composer = new Composer({
  person: () => shown.person,
  bot: () => bot,
  commands: () => shown?.profile?.commands || [],
  editLast: () => {
    const own = shown.messages.filter((message) => !message.by_bot && message.text);
    if (own.length) composer.edit(own[own.length - 1]);
  },
  toast,
  failed: (error) => toast(error.message),
});

const actions = {
  send: (text) => composer.send(text),
  edit: (message) => composer.edit(message),
  share: (query) => composer.share(query),
  copy: async (text) => {
    await navigator.clipboard?.writeText(text);
    toast(word("copied"));
  },
  tap: async (message, data, button) => {
    busy(button, true);
    const made = await composer.perform("tap", { message_id: message.message_id, data });
    if (made) button.dataset.query = made.query_id;
    setTimeout(() => busy(button, false), 8000);
  },
};

function busy(button, on) {
  button.classList.toggle("busy", on);
  button.toggleAttribute("aria-busy", on);
}

// what is on the screen

async function show(id) {
  shown = chats.get(id);
  shown.unread = 0;
  sessionStorage.setItem("person", id);
  speak(shown.person.language);
  composer.stopEditing();
  composer.hidePanel();
  await refreshProfile();
  drawPeople(chats, shown, show);
  drawChat();
}

async function refreshProfile() {
  const chat = shown;
  chat.profile = await loadCommands(chat.person.id);
  if (chat !== shown) return;
  const name = chat.profile.name || bot.name;
  at("bot-name").textContent = name;
  document.title = name;
  at("menu").hidden = !chat.profile.commands.length;
  at("description").textContent = chat.profile.description || word("noDescription");
}

function drawChat() {
  const { person, messages } = shown;
  log.replaceChildren();
  log.setAttribute("aria-label", word("conversation"));
  for (const message of messages) append(message);
  drawFooter();
  drawStatus();
  at("intro").hidden = messages.length > 0;
  at("dots").hidden = true;
  composer.showKeyboard(person.blocked ? null : shown.keyboard);
  toBottom();
}

function drawFooter() {
  const { person, messages } = shown;
  const fresh = !messages.length;
  at("start").hidden = !fresh && !person.blocked;
  at("start").textContent = person.blocked ? word("restart") : word("start");
  at("write").hidden = fresh || person.blocked;
}

function append(message) {
  const day = new Date(message.date * 1000).toDateString();
  if (log.dataset.day !== day || !log.childElementCount) {
    log.dataset.day = day;
    const label = day === new Date().toDateString() ? word("today") : new Date(message.date * 1000).toLocaleDateString();
    log.append(element("li", "day", label));
  }
  log.append(bubble(message, shown.person, at("bot-name").textContent, actions));
}

function drawStatus() {
  const line = !online ? "offline" : !bot.seen ? "waiting" : typing ? "typing" : "bot";
  const status = at("status");
  if (status.textContent !== word(line)) status.textContent = word(line);
}

const nearBottom = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
let pinned = true; // whoever is at the bottom stays there when a picture loads or the keyboard opens
const whenResized = new ResizeObserver(() => pinned && toBottom());
whenResized.observe(log);
whenResized.observe(scroll);

function toBottom() {
  scroll.scrollTop = scroll.scrollHeight;
  pinned = true;
  at("jump").hidden = true;
}

function toast(text) {
  const box = at("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(box.timer);
  box.timer = setTimeout(() => (box.hidden = true), Math.max(2500, text.length * 60));
}

// what happens

const HANDLERS = {
  person: ({ person }) => {
    const known = chats.get(person.id);
    if (known) known.person = person;
    else chats.set(person.id, { person, messages: [], keyboard: null, unread: 0 });
    drawPeople(chats, shown, show);
    if (shown?.person.id === person.id) {
      speak(person.language);
      refreshProfile();
      drawChat();
    }
  },
  message: (event) => {
    const chat = chats.get(event.chat_id);
    if (!chat) return;
    const { message } = event;
    chat.messages.push(message);
    if (message.keyboard?.keyboard) chat.keyboard = message.keyboard;
    if (message.keyboard?.remove_keyboard) chat.keyboard = null;
    if (chat === shown) arrived(message);
    else if (message.by_bot) chat.unread += 1;
    drawPeople(chats, shown, show);
  },
  edited: (event) => {
    const chat = chats.get(event.chat_id);
    const index = chat?.messages.findIndex((message) => message.message_id === event.message.message_id) ?? -1;
    if (index < 0) return;
    chat.messages[index] = event.message;
    if (chat === shown) replace(event.message);
  },
  deleted: (event) => {
    const chat = chats.get(event.chat_id);
    if (!chat) return;
    chat.messages = chat.messages.filter((message) => message.message_id !== event.message_id);
    if (chat === shown) log.querySelector(`[data-id="${event.message_id}"]`)?.remove();
  },
  typing: (event) => {
    if (event.chat_id !== shown?.person.id) return;
    startTyping();
  },
  notice: (event) => {
    const button = log.querySelector(`[data-query="${event.query_id}"]`);
    if (button) busy(button, false);
    if (event.chat_id !== shown?.person.id || !event.text) return;
    if (event.alert) alertBox(event.text);
    else toast(event.text);
  },
  inline_results: (event) => event.chat_id === shown?.person.id && composer.results(event),
  commands: () => shown && refreshProfile(),
  profile: () => shown && refreshProfile(),
};

function arrived(message) {
  const follow = nearBottom() || !message.by_bot;
  if (message.by_bot) stopTyping();
  at("intro").hidden = true;
  append(message);
  if (at("write").hidden && !shown.person.blocked) {
    drawFooter();
    at("input").focus();
  }
  if (message.keyboard?.keyboard || message.keyboard?.remove_keyboard) composer.showKeyboard(shown.keyboard);
  if (follow) toBottom();
  else at("jump").hidden = false;
}

/** An edited message keeps its place, and the focus stays where it was on the same button. */
function replace(message) {
  const old = log.querySelector(`[data-id="${message.message_id}"]`);
  if (!old) return;
  const keys = [...old.querySelectorAll(".key")];
  const focused = keys.indexOf(document.activeElement);
  const follow = nearBottom();
  const fresh = bubble(message, shown.person, at("bot-name").textContent, actions);
  old.replaceWith(fresh);
  if (focused >= 0) (fresh.querySelectorAll(".key")[focused] || fresh.querySelector(".key") || at("input")).focus();
  if (follow) toBottom();
}

function startTyping() {
  clearTimeout(typing);
  typing = setTimeout(stopTyping, 5500);
  const follow = nearBottom();
  at("dots").hidden = false;
  if (follow) toBottom();
  drawStatus();
}

function stopTyping() {
  clearTimeout(typing);
  typing = 0;
  at("dots").hidden = true;
  drawStatus();
}

function alertBox(text) {
  at("alert-text").textContent = text;
  at("alert-dialog").showModal();
}

// starting

async function load() {
  const state = await get("state");
  bot = state.bot;
  const people = state.people.length ? state.people : [await firstPerson()];
  await Promise.all(people.map(loadChat));
  const wanted = Number(sessionStorage.getItem("person"));
  await show(chats.has(wanted) ? wanted : people[0].id);
  follow(state.revision, received, connected);
}

function firstPerson() {
  const language = navigator.language.toLowerCase().startsWith("fr") ? "fr" : "en";
  return post("people", { name: "Alex", language });
}

async function loadChat(person) {
  const chat = await get(`people/${person.id}/chat`);
  chats.set(person.id, { person: chat.person, messages: chat.messages, keyboard: chat.reply_keyboard, unread: 0, revision: chat.revision });
}

function received(event) {
  const known = chats.get(event.chat_id)?.revision ?? 0;
  if (event.revision <= known) return;
  HANDLERS[event.kind]?.(event);
}

async function connected(works) {
  online = works;
  drawStatus();
  if (!works) return;
  bot = (await get("state")).bot;
  drawStatus();
}

// While no bot has called yet, look now and then whether one has.
setInterval(async () => {
  if (bot.seen || !online) return;
  bot = (await get("state")).bot;
  if (bot.seen && shown) {
    await refreshProfile();
    drawStatus();
  }
}, 1500);

at("start").addEventListener("click", async () => {
  if (shown.person.blocked) await composer.perform("unblock", {});
  const payload = new URLSearchParams(location.search).get("start");
  composer.send(payload ? `/start ${payload}` : "/start");
});
at("jump").addEventListener("click", toBottom);
scroll.addEventListener("scroll", () => {
  pinned = nearBottom();
  if (pinned) at("jump").hidden = true;
});

openBoxes({
  person: () => shown.person,
  added: (person) => {
    if (!chats.has(person.id)) HANDLERS.person({ person });
    show(person.id);
  },
  toast,
});

load();
