// Hands what is unsent to the server, one at a time and in order, until it was taken or refused for good.

import * as keep from "./keep.js";

const RETRY = 1_000;
const LONGEST_RETRY = 60_000;

export class Delivery {
  #link;
  #handlers;
  #ready = false;
  #underWay = null;
  #failures = new Map();

  // handlers: taken(frame), refused(frame, words, later)
  constructor(link, handlers) {
    this.#link = link;
    this.#handlers = handlers;
  }

  add(content) {
    const item = keep.keepUnsent({ id: crypto.randomUUID(), ...content });
    this.#next();
    return item;
  }

  ready() {
    this.#ready = true;
    this.#next();
  }

  lost() {
    this.#ready = false;
    this.#underWay = null;
  }

  drop(id) {
    keep.forget(id);
    if (this.#underWay?.id === id) this.#underWay = null;
    this.#next();
  }

  taken(id) {
    const frame = this.#settle(id);
    keep.forget(id);
    this.#failures.delete(id);
    if (frame) this.#handlers.taken(frame);
    this.#next();
  }

  refused(id, words, later) {
    const frame = this.#settle(id ?? this.#underWay?.id);
    if (!frame) return;
    if (later) this.#postpone(frame.id);
    else if (frame.text === undefined) keep.forget(frame.id);
    else keep.markRefused(frame.id, words);
    this.#handlers.refused(frame, words, later);
    this.#next();
  }

  #settle(id) {
    if (this.#underWay?.id === id) this.#underWay = null;
    return keep.unsent().find((item) => item.frame.id === id)?.frame;
  }

  #postpone(id) {
    const times = (this.#failures.get(id)?.times ?? 0) + 1;
    const wait = Math.min(LONGEST_RETRY, RETRY * 2 ** (times - 1));
    this.#failures.set(id, { times, until: Date.now() + wait });
    setTimeout(() => this.#next(), wait + 10);
  }

  // What failed waits its turn without holding up what came after it: /crisis must get through.
  #next() {
    if (!this.#ready || this.#underWay) return;
    const now = Date.now();
    const item = keep.unsent().find(
      ({ frame, refused }) => !refused && (this.#failures.get(frame.id)?.until ?? 0) <= now,
    );
    if (!item) return;
    this.#underWay = item.frame;
    this.#link.send(item.frame);
  }
}
