// What a message looks like: cards and chat lines as elements, made of text nodes only, and changed in place.

const SAFE_ADDRESS = /^(https?:\/\/|#m\d+$)/;

/** An element: `make("p", {class: "x"}, "text", child, …)`. An attribute that is null, undefined or false is left out. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat()) if (child !== null && child !== undefined && child !== "") element.append(child);
  return element;
}

/** Makes `old` like `fresh` and keeps every element that can stay: the focus, a press half done and a ticking clock survive. */
export function morph(old, fresh) {
  if (old.nodeName !== fresh.nodeName) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  after.forEach((child, place) => (before[place] ? morph(before[place], child) : old.append(child)));
  before.slice(after.length).forEach((child) => child.remove());
}

/** Makes the elements of messages, with the page's words. */
export class View {
  constructor(say, language) {
    this.say = say;
    this.clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
  }

  /** One that everybody sees; `own`: whether this player wrote it; `chosen`: the ids of the buttons they pressed. */
  message(message, own, chosen) {
    const { id, at, body } = message;
    const article =
      body.kind === "chat" ? this.chat(`m${id}`, body, at, own) : this.card(`m${id}`, body.card, at, { by: body, chosen });
    return article;
  }

  chat(id, body, at, own) {
    const who = make("span", { class: "who", id: `${id}-who` }, body.name);
    const you = own ? make("span", { class: "you" }, ` (${this.say("message.you")})`) : null;
    const head = make("p", { class: "byline" }, who, you, this.time(at));
    return make(
      "article",
      { role: "article", id, class: own ? "chat own" : "chat", "aria-labelledby": `${id}-who` },
      avatar(body.name),
      make("div", { class: "bubble" }, head, make("p", { class: "words" }, body.text)),
    );
  }

  /** `by`: who asked for it, where somebody did. `dismiss`: it is private, and can be put away. */
  card(id, card, at, { by = {}, chosen = new Set(), dismiss = false } = {}) {
    const classes = ["card", `kind-${card.kind}`, `tone-${card.tone}`, dismiss ? "private" : ""].join(" ").trim();
    const countdown = card.parts.find((part) => part.type === "countdown");
    const body = card.parts.filter((part) => part !== countdown).map((part) => this.part(part, card, chosen));
    return make(
      "article",
      { role: "article", id, class: classes, lang: card.language, "aria-labelledby": `${id}-title` },
      dismiss ? this.privately() : this.byline(by, at),
      make(
        "div",
        { class: "head" },
        make("h2", { id: `${id}-title` }, card.title),
        countdown ? this.countdown(countdown) : null,
      ),
      ...body,
      this.buttons(card.buttons),
    );
  }

  privately() {
    const label = this.say("message.dismiss");
    return make(
      "p",
      { class: "byline private-mark", lang: document.documentElement.lang },
      make("span", { class: "lock", "aria-hidden": "true" }),
      make("span", {}, this.say("message.private")),
      make("button", { type: "button", class: "dismiss", "data-dismiss": true, "aria-label": label, title: label }, "×"),
    );
  }

  byline(by, at) {
    const key = by.used ? "message.used" : "message.asked";
    const text = by.name ? this.say(key, { name: by.name, command: by.used }) : this.say("message.bot");
    return make("p", { class: "byline", lang: document.documentElement.lang }, make("span", {}, text), this.time(at));
  }

  time(at) {
    const when = new Date(at);
    return make("time", { datetime: when.toISOString() }, this.clock.format(when));
  }

  part(part, card, chosen) {
    switch (part.type) {
      case "text":
        return make("p", { class: `text ${part.style}` }, part.text);
      case "choices":
        return this.choices(part, chosen);
      case "ranking":
        return this.ranking(part, card);
      case "fields":
        return make("dl", { class: "fields" }, part.items.map((item) => make("div", {}, make("dt", {}, item.name), make("dd", {}, item.value))));
      default:
        return null;
    }
  }

  choices(part, chosen) {
    const items = part.items.map((choice) => make("li", {}, this.choice(choice, chosen)));
    return make("ul", { class: "choices" }, items);
  }

  choice(choice, chosen) {
    const letter = make("span", { class: `letter letter-${choice.letter.toLowerCase()}`, "aria-hidden": "true" }, choice.letter);
    const text = make("span", { class: "option" }, choice.text);
    if (choice.button) {
      const pressed = String(chosen.has(choice.button));
      // The name is exactly the option's text: the letter is there for the eye.
      return make("button", { type: "button", class: "choice", "data-press": choice.button, "aria-pressed": pressed }, letter, text);
    }
    if (choice.right === undefined) return make("div", { class: "choice still" }, letter, text);
    const verdict = choice.right
      ? make("span", { class: "verdict" }, make("span", { "aria-hidden": "true" }, "✓ "), this.say("choice.right"))
      : make("span", { class: "unseen" }, this.say("choice.wrong"));
    const count = choice.chosenBy === 1 ? this.say("choice.chosen_one") : this.say("choice.chosen", { count: choice.chosenBy });
    const by = choice.chosenBy ? make("span", { class: "chosen-by" }, count) : null;
    const told = choice.right || by ? make("span", { class: "told" }, verdict, by) : verdict;
    return make("div", { class: choice.right ? "choice still right" : "choice still wrong" }, letter, text, told);
  }

  ranking(part, card) {
    const rows = part.rows.map((row) =>
      make(
        "li",
        { class: `row place-${parseInt(row.rank, 10) || 0}` },
        make("span", { class: "rank" }, row.rank),
        make("span", { class: "name" }, row.name),
        make("span", { class: "value" }, row.value),
        row.detail ? make("span", { class: "detail" }, row.detail) : null,
      ),
    );
    const steps = card.kind === "podium" && part.rows.length > 1 ? " podium" : "";
    return make("section", { class: "ranking" }, make("h3", {}, part.heading), make("ol", { class: `rows${steps}` }, rows));
  }

  countdown(part) {
    const digits = make("span", { class: "digits" });
    return make(
      "div",
      { class: "countdown", role: "timer", "aria-label": part.label, "data-starts": part.startsAt, "data-ends": part.endsAt, title: part.label },
      make("span", { class: "ring", "aria-hidden": "true" }),
      digits,
    );
  }

  buttons(buttons) {
    if (!buttons.length) return null;
    return make("div", { class: "buttons" }, buttons.map((button) => this.button(button)));
  }

  button(button) {
    if (button.url === undefined) {
      return make("button", { type: "button", class: button.style, "data-press": button.id }, button.label);
    }
    const address = SAFE_ADDRESS.test(button.url) ? button.url : "#";
    const outside = !address.startsWith("#");
    return make("a", { class: `button ${button.style}`, href: address, target: outside ? "_blank" : null, rel: outside ? "noopener noreferrer" : null }, button.label);
  }
}

/** A round sign with a name's first letter, in one of six colours that the name decides. */
export function avatar(name) {
  let sum = 0;
  for (const letter of name.toLowerCase()) sum = (sum * 33 + letter.codePointAt(0)) % 1009;
  return make("span", { class: `avatar hue-${sum % 6}`, "aria-hidden": "true" }, [...name][0].toUpperCase());
}

/** Moves every count-down on the page to `now`, which is the server's time. */
export function tick(root, now) {
  for (const element of root.querySelectorAll(".countdown")) {
    const starts = Number(element.dataset.starts);
    const ends = Number(element.dataset.ends);
    const left = Math.max(0, ends - now);
    const share = ends > starts ? Math.min(1, left / (ends - starts)) : 0;
    const seconds = Math.ceil(left / 1000);
    element.style.setProperty("--left", share.toFixed(3));
    element.classList.toggle("hurry", left > 0 && left <= 5000);
    element.classList.toggle("over", left === 0);
    const digits = element.querySelector(".digits");
    if (digits.textContent !== String(seconds)) digits.textContent = String(seconds);
  }
}
