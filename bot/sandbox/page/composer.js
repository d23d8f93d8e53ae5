// The field one writes in, and what pops up around it: commands, inline results, the reply keyboard.

import { act, encoded, get } from "./api.js";
import { element } from "./messages.js";
import { word } from "./words.js";

const at = (id) => document.getElementById(id);
const input = at("input");
const panel = at("panel");
const MOST_BYTES = 45_000_000;

export class Composer {
  /** `host` knows who is talking: person(), bot(), commands(), toast(text), failed(error). */
  constructor(host) {
    this.host = host;
    this.editing = null;
    this.asked = 0;
    this.onResults = null;
    at("write").addEventListener("submit", (event) => this.submit(event));
    at("menu").addEventListener("click", () => (panel.hidden ? this.showMenu() : this.hidePanel()));
    at("attach").addEventListener("click", () => at("file").click());
    at("file").addEventListener("change", () => this.attach());
    at("stop-editing").addEventListener("click", () => this.stopEditing());
    at("keys").addEventListener("click", () => this.toggleKeyboard());
    input.addEventListener("input", () => this.changed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    panel.addEventListener("keydown", (event) => this.moved(event));
    document.addEventListener("click", (event) => {
      if (!event.target.closest(".composer")) this.hidePanel();
    });
  }

  submit(event) {
    event?.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    const { editing } = this;
    this.clear();
    if (editing) this.perform("edit", { message_id: editing.message_id, text });
    else this.send(text);
  }

  send(text) {
    return this.perform("send", { text });
  }

  async perform(name, body) {
    try {
      return await act(this.host.person().id, name, body);
    } catch (error) {
      return this.host.failed(error);
    }
  }

  clear() {
    input.value = "";
    this.stopEditing();
    this.changed();
    input.focus();
  }

  edit(message) {
    this.editing = message;
    at("editing").hidden = false;
    input.value = message.text;
    this.grow();
    input.focus();
  }

  stopEditing() {
    if (this.editing) input.value = "";
    this.editing = null;
    at("editing").hidden = true;
    this.grow();
  }

  share(query) {
    input.value = `@${this.host.bot().username} ${query}`;
    input.focus();
    this.changed();
  }

  changed() {
    this.grow();
    const { value } = input;
    if (/^\/\w*$/.test(value)) this.showCommands(value.slice(1).toLowerCase());
    else if (value.startsWith(`@${this.host.bot().username} `)) this.askSoon(value);
    else this.hidePanel();
  }

  grow() {
    input.rows = Math.min(6, Math.max(1, input.value.split("\n").length));
  }

  pressed(event) {
    const rows = panel.hidden ? [] : panel.querySelectorAll("[role=option]");
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (rows.length === 1 && input.value.startsWith("/")) rows[0].click();
      else this.submit();
    } else if (event.key === "Escape") {
      this.hidePanel();
      this.stopEditing();
    } else if (rows.length && event.key === "ArrowUp") {
      event.preventDefault();
      rows[rows.length - 1].focus();
    } else if (rows.length && event.key === "ArrowDown") {
      event.preventDefault();
      rows[0].focus();
    } else if (event.key === "ArrowUp" && !input.value) {
      event.preventDefault();
      this.host.editLast();
    }
  }

  /** Arrow keys walk through the panel; Escape goes back to the field. */
  moved(event) {
    const rows = [...panel.querySelectorAll("[role=option]")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      rows[(rows.indexOf(document.activeElement) + step + rows.length) % rows.length].focus();
    } else if (event.key === "Escape") {
      this.hidePanel();
      input.focus();
    }
  }

  // the panel above the field

  showPanel(label, rows) {
    panel.setAttribute("aria-label", label);
    panel.replaceChildren(...rows);
    panel.hidden = false;
    at("menu").setAttribute("aria-expanded", "true");
  }

  hidePanel() {
    panel.hidden = true;
    at("menu").setAttribute("aria-expanded", "false");
  }

  async showMenu() {
    await this.showCommands("");
    panel.querySelector("[role=option]")?.focus();
  }

  async showCommands(begin) {
    const found = this.host.commands().filter((command) => command.command.startsWith(begin));
    if (!found.length) return this.hidePanel();
    const rows = found.map((command) =>
      option(`/${command.command}`, command.description, () => {
        this.hidePanel();
        this.clear();
        this.send(`/${command.command}`);
      }),
    );
    return this.showPanel(word("commands"), rows);
  }

  askSoon(value) {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.ask(value), 300);
  }

  async ask(value) {
    const query = value.slice(this.host.bot().username.length + 2);
    const made = await this.perform("ask-inline", { query });
    this.asked = made?.query_id;
  }

  /** The bot answered an inline query. */
  results(event) {
    if (event.query_id !== this.asked) return;
    const rows = event.results.map((result) =>
      option(result.title || result.id, result.description || result.message?.text || "", () => {
        this.hidePanel();
        this.clear();
        this.perform("choose-inline", { query_id: event.query_id, result_id: String(result.id) });
      }),
    );
    this.showPanel(word("results"), rows.length ? rows : [element("p", "nothing", word("nothing"))]);
  }

  // the keyboard below the field

  showKeyboard(markup) {
    const board = at("keyboard");
    at("keys").hidden = board.hidden = !markup;
    input.placeholder = markup?.input_field_placeholder || word("message");
    board.replaceChildren(...(markup?.keyboard || []).map((row) => this.keyboardRow(row, markup)));
  }

  keyboardRow(row, markup) {
    const made = element("div", "row");
    for (const button of row) {
      const key = element("button", "key", button.text);
      key.type = "button";
      key.addEventListener("click", () => {
        this.send(button.text);
        if (markup.one_time_keyboard) this.toggleKeyboard(false);
      });
      made.append(key);
    }
    return made;
  }

  toggleKeyboard(shown = at("keyboard").hidden) {
    at("keyboard").hidden = !shown;
    at("keys").setAttribute("aria-expanded", String(shown));
  }

  async attach() {
    const [file] = at("file").files;
    at("file").value = "";
    if (!file) return;
    if (file.size > MOST_BYTES) {
      this.host.toast(word("tooBig"));
      return;
    }
    const kind = /^image\/(png|jpeg|webp)$/.test(file.type) ? "photo" : "document";
    const content = await encoded(file);
    const content_type = file.type || "application/octet-stream";
    await this.perform("media", { kind, content, content_type, filename: file.name, caption: input.value.trim() });
    this.clear();
  }
}

function option(title, description, choose) {
  const made = element("button", "option");
  made.type = "button";
  made.setAttribute("role", "option");
  made.append(element("b", "", title), element("span", "", description));
  made.addEventListener("click", choose);
  return made;
}

export const loadCommands = (person) => get(`people/${person}/commands`);
