// The slash menu: completes commands, options and their values in the text box. Arrow keys choose, Tab and Enter complete,
// Escape closes. A line that is complete as it stands is sent by Enter even while the menu is open.

import { make } from "./view.js";

const ASK_AFTER_MS = 80;
const LAST_WORD = /(^|\s)(?:([\p{L}-]+)[=:])?("[^"]*|[^\s"]*)$/u;

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const names = (entry) => [entry.label, entry.name ?? entry.path, ...entry.also];
const quoted = (value) => (/\s/.test(value) ? `"${value}"` : value);

export class Menu {
  /** `ask(path, option, typed)` promises what the server offers. */
  constructor({ box, list, status, commands, say, ask }) {
    Object.assign(this, { box, list, status, commands, say, ask });
    this.items = [];
    this.active = -1;
    this.turn = 0;
    box.addEventListener("input", () => this.refresh());
    box.addEventListener("blur", () => this.close());
    list.addEventListener("mousedown", (event) => this.pointed(event));
  }

  get open() {
    return !this.list.hidden;
  }

  /** Whether the key was the menu's. */
  key(event) {
    if (!this.open || event.isComposing) return false;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        this.move(event.key === "ArrowDown" ? 1 : -1);
        return true;
      case "Tab":
        if (event.shiftKey) return false;
        this.take(Math.max(0, this.active));
        return true;
      case "Enter":
        if (this.active < 0 || this.complete) return false;
        this.take(this.active);
        return true;
      case "Escape":
        this.close();
        return true;
      default:
        return false;
    }
  }

  close() {
    this.turn += 1;
    this.show([]);
  }

  async refresh() {
    const turn = ++this.turn;
    const text = this.box.value;
    if (!text.startsWith("/") || this.box.selectionStart !== text.length) return this.show([]);
    const command = this.commandOf(text);
    if (!command) return this.showCommands(text);
    const found = LAST_WORD.exec(text);
    if (!found) return this.show([]);
    const [whole, , name, word] = found;
    const option = name && command.options.find((entry) => names(entry).some((known) => fold(known) === fold(name)));
    const before = text.slice(0, text.length - whole.trimStart().length);
    if (name) return option ? this.showValues(command, option, before, word.replace(/^"/, ""), turn) : this.show([]);
    return this.showOptions(command, before, word, text);
  }

  /** The command that the text begins with, once a blank stands behind it. */
  commandOf(text) {
    const typed = fold(text.slice(1));
    const fits = (command) => names(command).some((name) => typed.startsWith(`${fold(name)} `));
    return this.commands.find(fits);
  }

  showCommands(text) {
    const typed = fold(text.slice(1).trimStart());
    const found = this.commands.filter((command) => names(command).some((name) => fold(name).startsWith(typed)));
    const items = found.map((command) => ({ text: `/${command.label} `, label: `/${command.label}`, about: command.about }));
    const roots = this.commands.flatMap((command) => names(command).flatMap((name) => [name, name.split(" ")[0]]));
    this.show(items, { complete: roots.some((name) => fold(name) === typed.trim()), eager: true });
  }

  showOptions(command, before, word, text) {
    const free = command.options.filter((option) => !names(option).some((name) => new RegExp(`\\s${name}[=:]`, "iu").test(text)));
    const wanted = fold(word);
    const found = free.filter((option) => names(option).some((name) => fold(name).startsWith(wanted)));
    const items = found.map((option) => {
      const isFlag = option.kind === "flag";
      return { text: `${before}${option.label}${isFlag ? " " : "="}`, label: isFlag ? option.label : `${option.label}=`, about: option.about };
    });
    const complete = wanted === "" || found.some((option) => option.kind === "flag" && names(option).some((name) => fold(name) === wanted));
    this.show(items, { complete, eager: wanted !== "" });
  }

  async showValues(command, option, before, typed, turn) {
    let values = option.values.filter((entry) => [entry.value, entry.label].some((known) => fold(known).startsWith(fold(typed))));
    if (option.completes) {
      await new Promise((resolve) => setTimeout(resolve, ASK_AFTER_MS));
      if (turn !== this.turn) return;
      values = await this.ask(command.path, option.name, typed);
      if (turn !== this.turn) return;
    }
    const complete = values.some((entry) => [entry.value, entry.label].some((known) => fold(known) === fold(typed)));
    const items = values.map((entry) => ({ text: `${before}${option.label}=${quoted(entry.value)} `, label: entry.label, about: "" }));
    this.show(items, { complete, eager: typed !== "" });
  }

  /** `complete`: the line can be sent as it stands, so Enter is not for the menu until somebody chooses in it; `eager`: it
   * cannot, and Enter takes the first. */
  show(items, { complete = false, eager = false } = {}) {
    this.items = items;
    this.complete = complete;
    this.active = items.length && eager && !complete ? 0 : -1;
    this.list.hidden = items.length === 0;
    this.list.replaceChildren(...items.map((item, place) => this.row(item, place)));
    this.mark();
    const key = items.length === 1 ? "menu.one" : "menu.count";
    this.status.textContent = items.length ? this.say(key, { count: items.length }) : "";
  }

  row(item, place) {
    const about = item.about ? make("span", { class: "about" }, item.about) : null;
    return make("div", { role: "option", id: `menu-${place}`, "data-place": place }, make("span", { class: "term" }, item.label), about);
  }

  mark() {
    [...this.list.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === this.active)));
    const row = this.list.children[this.active];
    if (row) {
      this.box.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    } else this.box.removeAttribute("aria-activedescendant");
  }

  move(by) {
    const count = this.items.length;
    this.active = this.active < 0 ? (by > 0 ? 0 : count - 1) : (this.active + by + count) % count;
    this.complete = false;
    this.mark();
  }

  pointed(event) {
    const row = event.target.closest("[data-place]");
    if (!row) return;
    event.preventDefault();
    this.take(Number(row.dataset.place));
  }

  take(place) {
    const item = this.items[place];
    if (!item) return;
    this.box.value = item.text.slice(0, this.box.maxLength);
    this.box.setSelectionRange(this.box.value.length, this.box.value.length);
    this.refresh();
  }
}
