// The people on the left, and the boxes to add one or change one.

import { act, post } from "./api.js";
import { element } from "./messages.js";
import { word } from "./words.js";

const at = (id) => document.getElementById(id);
const LANGUAGES = ["en", "fr", "es", "zh-hans", "ar", "hi"];

/** The list of everyone who is talking: `current` is on the screen, `choose` puts another there. */
export function drawPeople(chats, current, choose) {
  const focused = at("people").contains(document.activeElement);
  const inOrder = [...chats.values()].sort((one, other) => one.person.id - other.person.id);
  const rows = inOrder.map((chat) => {
    const { person } = chat;
    const button = element("button", chat === current ? "person current" : "person");
    button.type = "button";
    if (chat === current) button.setAttribute("aria-current", "true");
    const face = element("span", `avatar hue-${person.id % 6}`, person.name.slice(0, 1).toUpperCase());
    face.setAttribute("aria-hidden", "true");
    const about = element("span", "about");
    about.append(element("b", "", person.name), element("small", "", preview(chat)));
    button.append(face, about, element("span", "tongue", (person.language || "–").slice(0, 2)));
    if (chat.unread) {
      const count = element("span", "unread", String(chat.unread));
      count.append(element("span", "hidden", ` ${word("unread")}`));
      button.append(count);
    }
    button.addEventListener("click", () => choose(person.id));
    const item = element("li");
    item.append(button);
    return item;
  });
  at("people").replaceChildren(...rows);
  if (focused) at("people").querySelector("[aria-current]")?.focus();
}

function preview(chat) {
  const last = chat.messages[chat.messages.length - 1];
  if (!last) return "";
  const name = last.photo ? word("photo") : last.document?.file_name || word("attachment");
  return (last.text || last.caption || name).split("\n")[0].slice(0, 60);
}

/** `person()` is on the screen, `added(person)` is new, `toast(text)` says what went wrong. */
export function openBoxes({ person, added, toast }) {
  at("add-person").addEventListener("click", () => {
    at("person-name").value = "";
    at("person-dialog").showModal();
  });
  at("person-form").addEventListener("submit", async () => {
    const name = at("person-name").value.trim();
    if (!name) return;
    added(await post("people", { name, language: at("person-language").value }));
  });
  for (const button of document.querySelectorAll("[data-close]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }

  for (const option of at("person-language").options) at("options-language").append(option.cloneNode(true));
  at("options").addEventListener("click", () => {
    at("options-title").textContent = person().name;
    at("options-language").value = LANGUAGES.includes(person().language) ? person().language : "en";
    at("block").textContent = word(person().blocked ? "unblock" : "block");
    at("options-dialog").showModal();
  });
  at("options-language").addEventListener("change", (event) =>
    post(`people/${person().id}/language`, { language: event.target.value }),
  );
  at("block").addEventListener("click", async () => {
    at("options-dialog").close();
    await act(person().id, person().blocked ? "unblock" : "block", {}).catch((error) => toast(error.message));
  });
}
