// Where the person writes. What is typed is kept at every stroke.

import * as keep from "./keep.js";

const MOST_CHARACTERS = 20_000;
const MOST_BYTES = 60_000;

function isTooLong(text) {
  return [...text].length > MOST_CHARACTERS || new TextEncoder().encode(JSON.stringify(text)).length > MOST_BYTES;
}

export class Composer {
  #form;
  #box;

  // handlers: send(text), tooLong()
  constructor(form, box, handlers) {
    this.#form = form;
    this.#box = box;
    box.value = keep.draft();
    box.addEventListener("input", () => this.#changed());
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(handlers);
    });
    this.#changed();
  }

  take(text) {
    this.#box.value = [text, this.#box.value].filter(Boolean).join("\n");
    this.#changed();
    this.#box.focus();
  }

  #submit(handlers) {
    const text = this.#box.value.toWellFormed?.() ?? this.#box.value;
    this.#box.focus();
    if (!text.trim()) return;
    if (isTooLong(text)) {
      handlers.tooLong();
      return;
    }
    handlers.send(text);
    this.#box.value = "";
    this.#changed();
  }

  #changed() {
    keep.keepDraft(this.#box.value);
    this.#form.classList.toggle("filled", this.#box.value.trim() !== "");
    this.#box.style.height = "auto";
    this.#box.style.height = `${this.#box.scrollHeight + 2}px`;
  }
}
