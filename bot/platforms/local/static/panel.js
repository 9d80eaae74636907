// "Coming up": the next reminders. Folded on a phone, beside the talk on a wide screen.

import { dayAndClock, dayAndSpan } from "./times.js";
import { say } from "./words.js";

export class Panel {
  #toggle;
  #next;
  #list;
  #items = [];

  constructor(toggle, next, list) {
    this.#toggle = toggle;
    this.#next = next;
    this.#list = list;
    toggle.addEventListener("click", () => {
      toggle.ariaExpanded = toggle.ariaExpanded === "true" ? "false" : "true";
    });
  }

  show(items) {
    this.#items = items;
    this.tick();
  }

  tick() {
    this.#next.textContent = this.#items.length ? this.#when(this.#items[0]) : "";
    const rows = this.#items.map((item) => this.#row(item));
    if (rows.length === 0) rows.push(this.#nothing());
    this.#list.replaceChildren(...rows);
  }

  #when({ at, until }) {
    return until ? dayAndSpan(new Date(at), new Date(until)) : dayAndClock(new Date(at));
  }

  #row(item) {
    const row = document.createElement("li");
    const time = document.createElement("time");
    time.dateTime = item.at;
    time.textContent = this.#when(item);
    const what = document.createElement("span");
    what.dir = "auto";
    what.textContent = item.words;
    row.append(time, what);
    return row;
  }

  #nothing() {
    const row = document.createElement("li");
    row.className = "nothing";
    row.textContent = say("nothing_coming_up");
    return row;
  }
}
