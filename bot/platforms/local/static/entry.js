// One message of the log, and the day above it where a new day begins.

import { toNodes } from "./markup.js";
import { clock, dayName, sameDay } from "./times.js";
import { say } from "./words.js";

const GROUP_MINUTES = 5;
const SHORT = 3; // characters: ratings, yes and no

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

function makeButton(label, onClick, className = "choice") {
  const button = make("button", className, label);
  button.type = "button";
  button.addEventListener("click", () => button.ariaDisabled === "true" || onClick());
  return button;
}

function isOwnFile(url) {
  return url.startsWith("/files/");
}

export class Entry {
  node = make("div", "entry");
  #day = make("h2", "day");
  #article = make("article", "message");
  #state = make("p", "state");
  #handlers;
  #pressed = null;
  #placeOffered = false;

  // handlers: press(entry, press), sharePlace(), editAgain(id)
  constructor(message, handlers) {
    this.#handlers = handlers;
    this.message = message;
    this.#day.hidden = true;
    this.#article.tabIndex = -1;
    this.#article.classList.add(message.who);
    this.node.append(this.#day, this.#article);
    this.#render();
  }

  get own() {
    return this.message.who === "me";
  }

  // In place, and only if it changed: whoever listens hears it once.
  update(message) {
    if (JSON.stringify(message) === JSON.stringify(this.message)) return;
    this.message = message;
    this.#pressed = null;
    const hadFocus = this.#article.contains(document.activeElement);
    this.#render();
    if (hadFocus) this.#article.focus({ preventScroll: true });
  }

  follow(before) {
    const at = new Date(this.message.at);
    const last = before && new Date(before.message.at);
    const newDay = !last || !sameDay(at, last);
    const name = newDay ? dayName(at) : "";
    if (this.#day.textContent !== name) this.#day.textContent = name;
    this.#day.hidden = !newDay;
    const grouped = !newDay && before.own === this.own && at - last < GROUP_MINUTES * 60_000;
    this.#article.classList.toggle("grouped", grouped);
  }

  offerPlace(offered) {
    if (offered === this.#placeOffered) return;
    this.#placeOffered = offered;
    this.#article.querySelector(".choices")?.replaceWith(this.#choices());
  }

  waiting() {
    this.#state.className = "state waiting";
    this.#state.replaceChildren(say("waiting"));
  }

  taken() {
    this.#state.className = "state";
    this.#state.replaceChildren();
  }

  refused(words) {
    this.#state.className = "state refused";
    const again = makeButton(say("edit_again"), () => this.#handlers.editAgain(this.message.id), "again");
    this.#state.replaceChildren(make("span", "", words), again);
  }

  showPressed(press) {
    this.#pressed = press;
    this.#markButtons();
  }

  #render() {
    const { who, text, picture, document: file, at } = this.message;
    const author = make("span", "unseen", say(who === "me" ? "you" : "limber"));
    const bubble = make("div", "bubble");
    if (picture && isOwnFile(picture.url)) bubble.append(this.#picture(picture));
    if (file && isOwnFile(file.url)) bubble.append(this.#file(file));
    if (text) bubble.append(this.#text(text));
    const time = make("time", "", clock(new Date(at)));
    time.dateTime = at;
    bubble.append(" ", time);
    this.#article.replaceChildren(author, bubble, this.#state, this.#choices());
  }

  #text(text) {
    const words = make("span", "text", toNodes(text));
    words.dir = "auto";
    return words;
  }

  #picture({ url, alt }) {
    const image = make("img", "picture");
    image.alt = alt;
    image.loading = "lazy";
    image.src = url;
    const link = make("a", "picture-link", image);
    link.href = url;
    link.target = "_blank";
    return link;
  }

  #file({ url, name }) {
    const link = make("a", "file", name);
    link.href = url;
    link.download = name;
    return link;
  }

  #choices() {
    const rows = (this.message.buttons ?? []).map((row) => {
      const buttons = row.map(({ label, press }) => {
        const button = makeButton(label, () => this.#handlers.press(this, press));
        button.dataset.press = press;
        return button;
      });
      const short = row.every(({ label }) => label.length <= SHORT);
      return make("div", short ? "row short" : "row", ...buttons);
    });
    if (this.#placeOffered) {
      rows.unshift(make("div", "row", makeButton(say("share_place"), this.#handlers.sharePlace, "choice place")));
    }
    const choices = make("div", "choices", ...rows);
    this.#markButtons(choices);
    return choices;
  }

  #markButtons(choices = this.#article.querySelector(".choices")) {
    for (const button of choices.querySelectorAll("[data-press]")) {
      button.ariaDisabled = this.#pressed === null ? null : "true";
      button.ariaBusy = this.#pressed === button.dataset.press ? "true" : null;
    }
  }
}
