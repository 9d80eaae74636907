// "Coming up": the next reminders. Folded on a phone, beside the talk on a wide screen.

import { dayAndClock } from "./times.js";
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
    this.#next.textContent = this.#items.length ? dayAndClock(new Date(this.#items[0].at)) : "";
    const rows = this.#items.map(({ at, words }) => this.#row(at, words));
    if (rows.length === 0) rows.push(this.#nothing());
    this.#list.replaceChildren(...rows);
  }

  #row(at, words) {
    const row = document.createElement("li");
    const time = document.createElement("time");
    time.dateTime = at;
    time.textContent = dayAndClock(new Date(at));
    const what = document.createElement("span");
    what.dir = "auto";
    what.textContent = words;
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
