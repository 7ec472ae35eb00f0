// The room's page: one live connection, the messages as the server tells them, and what the player sends.

import { Forms } from "./forms.js";
import { Menu } from "./menu.js";
import { View, avatar, make, morph, tick } from "./view.js";

const MOST_SHOWN = 200;
const MOST_PRIVATE = 20;
const MOST_TRIES = 3;
const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 8000;
const TICK_MS = 100;
const MEANT_MS = 800;
const TRY_AGAIN_LATER = 1013;

const data = JSON.parse(document.getElementById("page-data").textContent);
const at = (id) => document.getElementById(id);
const log = at("log");
const box = at("box");
const still = matchMedia("(prefers-reduced-motion: reduce)");

function say(key, blanks = {}) {
  return data.words[key].replace(/\{(\w+)\}/g, (blank, name) => blanks[name] ?? blank);
}

const view = new View(say, document.documentElement.lang);

// The connection. What was sent and not yet answered is sent again after a lost connection, under the same id: the server does
// each thing once.

let socket = null;
let revision = 0;
let ready = false;
let entered = false;
let player = "";
let serverAhead = 0;
let waitMs = FIRST_WAIT_MS;
const pending = new Map();
const chosen = new Set();

const now = () => Date.now() + serverAhead;

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function send(frame) {
  const id = newId();
  return new Promise((resolve) => {
    pending.set(id, { frame: JSON.stringify({ ...frame, id }), resolve, tries: 0 });
    transmit(id);
  });
}

function transmit(id) {
  const waiting = pending.get(id);
  if (socket?.readyState !== WebSocket.OPEN || !ready) return;
  waiting.tries += 1;
  if (waiting.tries > MOST_TRIES) answer(id, {});
  else socket.send(waiting.frame);
}

function answer(id, value) {
  pending.get(id)?.resolve(value);
  pending.delete(id);
}

function connect() {
  const address = new URL(document.body.dataset.live, location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  const mine = (socket = new WebSocket(address));
  ready = false;
  mine.addEventListener("message", (event) => mine === socket && receive(JSON.parse(event.data)));
  mine.addEventListener("close", (event) => {
    if (mine !== socket) return;
    const isFull = event.code === TRY_AGAIN_LATER;
    status(isFull ? "room.full" : "room.lost", false);
    if (isFull) waitMs = LONGEST_WAIT_MS;
    setTimeout(connect, waitMs * (0.75 + Math.random() / 2));
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  });
}

function receive(frame) {
  switch (frame.type) {
    case "snapshot":
      return enter(frame);
    case "put":
      if (frame.revision !== revision + 1) return socket.close();
      revision = frame.revision;
      return keepPlace(() => put(frame.message));
    case "private":
      return keepPlace(() => whisper(frame));
    case "form":
      return forms.open(frame.form);
    case "here":
      return showHere(frame.names);
    case "options":
      return answer(frame.id, frame.items);
    case "done":
      return answer(frame.id, frame);
  }
}

function enter(snapshot) {
  revision = snapshot.revision;
  ready = true;
  player = snapshot.you;
  serverAhead = snapshot.now - Date.now();
  waitMs = FIRST_WAIT_MS;
  log.setAttribute("aria-busy", "true");
  const known = new Set(snapshot.messages.map((message) => `m${message.id}`));
  for (const article of log.querySelectorAll("article:not(.private)")) if (!known.has(article.id)) article.remove();
  snapshot.messages.forEach(put);
  const linked = !entered && location.hash ? at(location.hash.slice(1)) : null;
  if (linked) linked.scrollIntoView({ block: "center", behavior: "instant" });
  else if (following) toEnd({ smoothly: false });
  entered = true;
  log.setAttribute("aria-busy", "false");
  at("empty").hidden = log.querySelector("article") !== null;
  status("room.connected", true, snapshot.manager);
  showHere(snapshot.here);
  [...pending.keys()].forEach(transmit);
}

function status(key, connected, manager = "") {
  document.body.classList.toggle("offline", !connected);
  at("status").textContent = connected && manager ? say("room.manager", { name: manager }) : say(key);
}

function showHere(names) {
  const chips = names.map((name) => make("li", { title: name }, avatar(name), make("span", { class: "here-name" }, name)));
  at("here").replaceChildren(...chips);
}

// The messages

function put(message) {
  const fresh = view.message(message, message.author === player, chosen);
  const old = at(fresh.id);
  if (old) {
    const hadFocus = old.contains(document.activeElement);
    morph(old, fresh);
    // Whoever was on a button that is gone goes on from its message.
    if (hadFocus && !old.contains(document.activeElement)) focusOn(old);
  } else {
    log.append(fresh);
    at("empty").hidden = true;
  }
  tick(at(fresh.id), now());
  const public_ = log.querySelectorAll("article:not(.private)");
  if (public_.length > MOST_SHOWN) public_[0].remove();
}

function focusOn(article) {
  article.setAttribute("tabindex", "-1");
  article.focus({ preventScroll: true });
}

let privateCount = 0;

function whisper({ card, at: when }) {
  const shown = log.querySelectorAll("article.private");
  if (shown.length >= MOST_PRIVATE) shown[0].remove();
  log.append(view.card(`p${++privateCount}`, card, when, { dismiss: true }));
  at("empty").hidden = true;
}

/** Follows the newest message until the reader goes back to older ones, and again once they return. */
let following = true;
let lastTop = 0;
let lastMeant = -Infinity;
let dragging = false;

function keepPlace(change) {
  change();
  if (following) toEnd();
  else at("newest").hidden = isAtEnd();
}

function isAtEnd() {
  return log.scrollHeight - log.scrollTop - log.clientHeight < 40;
}

function toEnd({ smoothly = !still.matches } = {}) {
  following = true;
  log.scrollTo({ top: log.scrollHeight, behavior: smoothly ? "smooth" : "instant" });
  at("newest").hidden = true;
}

function scrolled() {
  if (isAtEnd()) following = true;
  // A message that shrinks moves the place as well: that is nobody's wish.
  else if (log.scrollTop < lastTop && (dragging || performance.now() - lastMeant < MEANT_MS)) following = false;
  lastTop = log.scrollTop;
  if (following) at("newest").hidden = true;
}

log.addEventListener("scroll", scrolled, { passive: true });
for (const kind of ["wheel", "touchmove", "keydown"]) {
  document.addEventListener(kind, () => (lastMeant = performance.now()), { passive: true, capture: true });
}
// A press on the scroll bar is a press on the log itself.
log.addEventListener("pointerdown", (event) => (dragging = event.target === log));
addEventListener("pointerup", () => (dragging = false));
new ResizeObserver(() => following && toEnd({ smoothly: false })).observe(log);
at("newest").addEventListener("click", () => {
  toEnd();
  box.focus();
});
log.addEventListener("click", async (event) => {
  const dismissed = event.target.closest("[data-dismiss]");
  if (dismissed) {
    dismissed.closest("article").remove();
    return box.focus();
  }
  const button = event.target.closest("[data-press]");
  if (button) press(button);
});

async function press(button) {
  const id = button.dataset.press;
  if (button.closest("article") === [...log.querySelectorAll("article:not(.private)")].pop()) following = true;
  button.setAttribute("aria-busy", "true");
  const done = await send({ type: "press", button: id });
  button.removeAttribute("aria-busy");
  if (!button.classList.contains("choice") || done.tone !== "good") return;
  for (const other of button.closest(".choices").querySelectorAll("[data-press]")) {
    const isIt = other === button;
    if (isIt) chosen.add(other.dataset.press);
    else chosen.delete(other.dataset.press);
    other.setAttribute("aria-pressed", String(isIt));
  }
}

// The text box and the buttons that send commands

const menu = new Menu({
  box,
  list: at("menu"),
  status: at("menu-status"),
  commands: data.menu,
  say,
  ask: (path, option, typed) => send({ type: "complete", path, option, typed }).then((items) => (Array.isArray(items) ? items : [])),
});
const forms = new Forms({
  dialog: at("dialog"),
  say,
  send: (form, values) => send({ type: "submit", form, values }).then((done) => done.problem),
});
const sentLines = [];
let recalled = 0;

box.addEventListener("keydown", (event) => {
  if (menu.key(event)) return event.preventDefault();
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step || !sentLines.length || (box.value && box.value !== sentLines[recalled])) return;
  event.preventDefault();
  recalled = Math.min(sentLines.length, Math.max(0, recalled + step));
  box.value = sentLines[recalled] ?? "";
});
at("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value.trim();
  if (text) sendLine(text);
});
document.querySelector(".tools").addEventListener("click", (event) => {
  const tool = event.target.closest("[data-command]");
  if (tool) sendLine(tool.dataset.command, { typed: false });
});
document.addEventListener("keydown", (event) => {
  // A slash begins a command from wherever one is, as long as nothing else is being written.
  const writing = event.target.closest?.("input, textarea, select, dialog");
  if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  box.focus();
  box.value = "/";
  menu.refresh();
});

async function sendLine(text, { typed = true } = {}) {
  if (typed) {
    sentLines.push(text);
    recalled = sentLines.length;
    box.value = "";
    menu.close();
  }
  toEnd();
  const done = await send({ type: "say", text });
  at("box-problem").textContent = done.problem ?? "";
  if (done.problem && typed && !box.value) box.value = text;
}

setInterval(() => tick(log, now()), TICK_MS);
if (matchMedia("(pointer: fine)").matches) box.focus();
connect();
