// Forms as a dialogue: labelled fields, words for what is wrong beside the field, the bot's own refusal above the buttons.

import { make } from "./view.js";

export class Forms {
  /** `send(form, values)` promises the problem, or nothing where the form was taken. */
  constructor({ dialog, say, send }) {
    Object.assign(this, { dialog, say, send });
    dialog.addEventListener("submit", (event) => this.submit(event));
    dialog.addEventListener("click", (event) => event.target.closest("[data-cancel]") && dialog.close());
  }

  open(form) {
    this.form = form;
    this.dialog.lang = form.language;
    const cancel = make("button", { type: "button", class: "secondary", "data-cancel": true, lang: document.documentElement.lang }, this.say("form.cancel"));
    const submit = make("button", { type: "submit", class: "primary" }, form.submit);
    this.dialog.replaceChildren(
      make("form", { novalidate: true },
        make("h2", { id: "dialog-title" }, form.title),
        ...form.fields.map((field) => this.field(field)),
        make("p", { class: "problem", id: "dialog-problem", role: "alert" }),
        make("div", { class: "buttons" }, submit, cancel),
      ),
    );
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.querySelector("input, textarea, select")?.focus();
  }

  field(field) {
    const id = `field-${field.name}`;
    const shared = { id, name: field.name, "aria-describedby": `${id}-problem`, "aria-required": String(field.required) };
    return make("div", { class: "field" },
      make("label", { for: id }, field.label),
      this.input(field, shared),
      make("p", { class: "problem", id: `${id}-problem` }),
    );
  }

  input(field, shared) {
    const limits = { maxlength: field.maxLength, placeholder: field.placeholder || null };
    if (field.kind === "select") {
      const options = field.options.map((option) => make("option", { value: option.value, selected: option.value === field.value }, option.label));
      return make("select", shared, options);
    }
    if (field.kind === "long") return make("textarea", { ...shared, ...limits, rows: 4 }, field.value);
    return make("input", { ...shared, ...limits, type: "text", value: field.value, autocomplete: "off" });
  }

  async submit(event) {
    event.preventDefault();
    if (!this.check()) return;
    const form = this.form;
    const values = Object.fromEntries(form.fields.map((field) => [field.name, this.element(field).value]));
    const button = this.dialog.querySelector("[type=submit]");
    button.disabled = true;
    const problem = await this.send(form.id, values);
    button.disabled = false;
    if (this.form !== form || !this.dialog.open) return;
    if (!problem) return this.dialog.close();
    this.dialog.querySelector("#dialog-problem").textContent = problem;
    this.element(form.fields[0]).focus();
  }

  /** Whether every field is right; the first that is not gets the focus. */
  check() {
    const wrong = this.form.fields.filter((field) => !this.checkField(field));
    if (wrong.length) this.element(wrong[0]).focus();
    return wrong.length === 0;
  }

  checkField(field) {
    const element = this.element(field);
    let problem = "";
    if (field.required && !element.value.trim()) problem = this.say("form.needed");
    else if (element.value.length > field.maxLength) problem = this.say("form.too_long", { limit: field.maxLength });
    element.setAttribute("aria-invalid", String(problem !== ""));
    this.dialog.querySelector(`#field-${CSS.escape(field.name)}-problem`).textContent = problem;
    return problem === "";
  }

  element(field) {
    return this.dialog.querySelector(`#field-${CSS.escape(field.name)}`);
  }
}
