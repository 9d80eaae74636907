// The log: all messages, in order, and where the reader is in it.

import { Entry } from "./entry.js";
import { escaped } from "./markup.js";
import { say } from "./words.js";

const NEAR_END = 96;
const ANSWER_WAIT = 4_000;

export function ownId(frame) {
  return `local:${frame.id}`;
}

function ownMessage({ frame, at }) {
  const text = escaped(frame.place ? say("my_place") : frame.text);
  return { id: ownId(frame), who: "me", text, buttons: [], at };
}

export class Talk {
  #log;
  #newest;
  #handlers;
  #entries = new Map();
  #atEnd = true;
  #size = "";
  #settling = new Map();

  // handlers: pressed(messageId, press), sharePlace(), editAgain(messageId)
  constructor(log, newest, handlers) {
    this.#log = log;
    this.#newest = newest;
    this.#handlers = { ...handlers, press: (entry, press) => this.#press(entry, press) };
    log.addEventListener("scroll", () => this.#look(), { passive: true });
    log.addEventListener("load", () => this.#keepPlace(), { capture: true });
    new ResizeObserver(() => this.#keepPlace()).observe(log);
    newest.addEventListener("click", () => this.#toEnd("smooth"));
  }

  get empty() {
    return this.#entries.size === 0;
  }

  // The whole talk, as the server has it, followed by what it does not have yet. Quiet: not read aloud.
  reset(history, unsent) {
    this.#log.ariaLive = "off";
    const own = unsent.filter(({ frame }) => frame.press === undefined);
    const messages = [...history, ...own.map(ownMessage)];
    const wanted = new Map(messages.map((message) => [message.id, message]));
    this.#removeAllBut(wanted);
    for (const message of wanted.values()) this.#put(message);
    this.#reorder([...wanted.keys()]);
    this.#restoreUnsent(unsent);
    this.#arrange();
    this.#keepPlace();
    setTimeout(() => { this.#log.ariaLive = "polite"; }, 250);
  }

  show(message) {
    const isNew = !this.#entries.has(message.id);
    const entry = this.#put(message);
    if (!entry.own) this.#settle();
    if (entry.own) entry.taken();
    this.#arrange();
    this.#keepPlace();
    if (isNew && !entry.own && !this.#atEnd) this.#newest.hidden = false;
  }

  showUnsent(item) {
    this.#put(ownMessage(item)).waiting();
    this.#arrange();
    this.#toEnd("instant");
  }

  taken(frame) {
    if (frame.press === undefined) this.#entries.get(ownId(frame))?.taken();
    else this.#settleSoon(frame.message);
  }

  refused(frame, words) {
    if (frame.press === undefined) this.#entries.get(ownId(frame))?.refused(words);
    else this.#entries.get(frame.message)?.showPressed(null);
    this.#keepPlace();
  }

  remove(id) {
    this.#entries.get(id)?.node.remove();
    this.#entries.delete(id);
    this.#arrange();
  }

  tick() {
    this.#arrange();
  }

  #put(message) {
    const known = this.#entries.get(message.id);
    if (known) {
      known.update(message);
      return known;
    }
    const entry = new Entry(message, this.#handlers);
    this.#entries.set(message.id, entry);
    this.#log.append(entry.node);
    return entry;
  }

  #removeAllBut(wanted) {
    for (const [id, entry] of this.#entries) {
      if (wanted.has(id)) continue;
      entry.node.remove();
      this.#entries.delete(id);
    }
  }

  // Moves only what is out of place, so that focus and reading position stay.
  #reorder(ids) {
    this.#entries = new Map(ids.map((id) => [id, this.#entries.get(id)]));
    let place = this.#log.firstElementChild;
    for (const { node } of this.#entries.values()) {
      if (node === place) place = place.nextElementSibling;
      else this.#log.insertBefore(node, place);
    }
  }

  #restoreUnsent(unsent) {
    for (const entry of this.#entries.values()) {
      entry.showPressed(null);
      entry.taken();
    }
    for (const { frame, refused } of unsent) {
      if (frame.press !== undefined) this.#entries.get(frame.message)?.showPressed(frame.press);
      else if (refused) this.#entries.get(ownId(frame)).refused(refused);
      else this.#entries.get(ownId(frame)).waiting();
    }
  }

  #arrange() {
    let before = null;
    let asking = null;
    for (const entry of this.#entries.values()) {
      entry.follow(before);
      before = entry;
      if (entry.own) asking = null;
      else if (entry.message.asks_place) asking = entry;
    }
    for (const entry of this.#entries.values()) entry.offerPlace(entry === asking);
  }

  #press(entry, press) {
    entry.showPressed(press);
    this.#handlers.pressed(entry.message.id, press);
  }

  // A press that was taken stays busy until its answer shows.
  #settleSoon(id) {
    this.#settling.set(id, setTimeout(() => this.#settle(), ANSWER_WAIT));
  }

  #settle() {
    for (const [id, timer] of this.#settling) {
      clearTimeout(timer);
      this.#entries.get(id)?.showPressed(null);
    }
    this.#settling.clear();
  }

  // A scroll that comes with a change of size is the browser's own, not the reader's.
  #look() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    const size = `${scrollHeight} ${clientHeight}`;
    const resized = size !== this.#size;
    this.#size = size;
    if (resized && this.#atEnd) {
      this.#toEnd("instant");
      return;
    }
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (this.#atEnd) this.#newest.hidden = true;
  }

  #keepPlace() {
    if (this.#atEnd) this.#toEnd("instant");
  }

  #toEnd(behavior) {
    this.#atEnd = true;
    this.#newest.hidden = true;
    this.#log.scrollTo({ top: this.#log.scrollHeight, behavior });
  }
}
