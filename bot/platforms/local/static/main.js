// Puts the parts of the page together.

import { Composer } from "./composer.js";
import { Delivery } from "./delivery.js";
import * as keep from "./keep.js";
import { Link } from "./link.js";
import { Panel } from "./panel.js";
import { Talk, ownId } from "./talk.js";
import { adopt, say, wordPage } from "./words.js";

const TYPING_LASTS = 15_000;
const LOST_SHOWS_AFTER = 600;
const MINUTE = 60_000;
const PLACE_DIGITS = 2; // about a kilometre: enough for a time zone

const at = (id) => document.getElementById(id);

wordPage();

const panel = new Panel(at("upcoming-toggle"), at("upcoming-next"), at("upcoming-list"));
const talk = new Talk(at("log"), at("newest"), {
  pressed: (message, press) => delivery.add({ press, message }),
  sharePlace,
  editAgain,
});
const link = new Link({ opened: greet, received, lost });
const delivery = new Delivery(link, {
  taken: (frame) => talk.taken(frame),
  refused: (frame, words) => {
    talk.refused(frame, words);
    if (frame.text === undefined) notice(words);
  },
});
const composer = new Composer(at("composer"), at("message"), { send, tooLong: () => notice(say("too_long")) });

let lostTimer = 0;
let typingTimer = 0;
let unread = 0;

function notice(words) {
  at("notice").textContent = words;
}

function send(text) {
  notice("");
  showUnsent({ text });
}

function showUnsent(content) {
  talk.showUnsent(delivery.add(content));
  at("welcome").hidden = true;
}

function editAgain(id) {
  const item = keep.unsent().find(({ frame }) => ownId(frame) === id);
  if (!item) return;
  talk.remove(id);
  if (item.frame.text) composer.take(item.frame.text);
  delivery.drop(item.frame.id);
}

function sharePlace() {
  const found = ({ coords }) => {
    const place = [coords.latitude, coords.longitude].map((degrees) => Number(degrees.toFixed(PLACE_DIGITS)));
    showUnsent({ place });
  };
  navigator.geolocation.getCurrentPosition(found, () => notice(say("place_failed")), { timeout: 20_000 });
}

// A file goes by itself, once: it is too large to be kept and sent again.
async function sendFile(file) {
  notice("");
  const headers = { "X-Id": crypto.randomUUID(), "X-Name": encodeURIComponent(file.name) };
  const answer = await fetch("/upload", { method: "POST", headers, body: file }).catch(() => null);
  if (!answer?.ok) notice(say("not_taken"));
}

function greet() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  link.send({ hello: { zone, language: navigator.language, dark } });
}

function lost() {
  delivery.lost();
  showTyping(false);
  lostTimer ||= setTimeout(() => { at("connection").textContent = say("reconnecting"); }, LOST_SHOWS_AFTER);
}

function found() {
  clearTimeout(lostTimer);
  lostTimer = 0;
  at("connection").textContent = "";
}

function received(event) {
  if ("history" in event) begin(event);
  else if ("message" in event) show(event.message);
  else if ("taken" in event) delivery.taken(event.taken);
  else if ("refused" in event) delivery.refused(event.refused, event.words, event.later);
  else if ("typing" in event) showTyping(event.typing);
  if ("upcoming" in event) panel.show(event.upcoming);
}

function begin({ words, history }) {
  found();
  adopt(words);
  talk.reset(history, keep.unsent());
  at("welcome").hidden = !talk.empty;
  delivery.ready();
}

function show(message) {
  at("welcome").hidden = true;
  if (message.who === "limber") showTyping(false);
  talk.show(message);
  if (document.hidden && message.who === "limber") count(unread + 1);
}

function showTyping(shown) {
  clearTimeout(typingTimer);
  at("typing").hidden = !shown;
  if (shown) typingTimer = setTimeout(() => showTyping(false), TYPING_LASTS);
}

function count(messages) {
  unread = messages;
  document.title = unread ? `(${unread}) ${say("title")}` : say("title");
}

document.addEventListener("visibilitychange", () => document.hidden || count(0));
at("attach").addEventListener("click", () => at("file").click());
at("file").addEventListener("change", () => {
  const [file] = at("file").files;
  at("file").value = "";
  if (file) sendFile(file);
});
at("begin").addEventListener("click", () => send("/start"));
setInterval(() => {
  talk.tick();
  panel.tick();
}, MINUTE);

lostTimer = setTimeout(() => { at("connection").textContent = say("reconnecting"); }, LOST_SHOWS_AFTER * 5);
link.open();
if (matchMedia("(hover: hover) and (pointer: fine)").matches) at("message").focus();
