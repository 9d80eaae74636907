// The socket to the server, opened again whenever it is lost.

const FIRST_WAIT = 250;
const LONGEST_WAIT = 4_000;

export class Link {
  #socket = null;
  #lost = 0;
  #timer = 0;
  #handlers;

  // handlers: opened(), received(event), lost()
  constructor(handlers) {
    this.#handlers = handlers;
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
    window.addEventListener("online", () => this.#hurry());
  }

  open() {
    this.#timer = 0;
    const socket = new WebSocket(`ws://${location.host}/socket`);
    this.#socket = socket;
    socket.addEventListener("open", () => this.#handlers.opened());
    socket.addEventListener("message", (message) => {
      this.#lost = 0;
      this.#handlers.received(JSON.parse(message.data));
    });
    socket.addEventListener("close", () => this.#onLost());
  }

  send(frame) {
    this.#socket.send(JSON.stringify(frame));
  }

  #onLost() {
    this.#handlers.lost();
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#lost) * (0.75 + Math.random() / 2);
    this.#lost += 1;
    this.#timer = setTimeout(() => this.#openAgain(), wait);
  }

  // Asking for the page first renews our cookie, and tells without a broken socket whether anyone is there.
  async #openAgain() {
    this.#timer = 0;
    try {
      const answer = await fetch("/", { cache: "no-store" });
      if (answer.status === 403) {
        location.replace("/"); // this browser is not known any more: the page says what to do
        return;
      }
    } catch {
      this.#onLost();
      return;
    }
    this.open();
  }

  #hurry() {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#openAgain();
  }
}
