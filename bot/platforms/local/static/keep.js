// What the person typed and the server has not taken yet: kept in this browser, also over a reload.
// Each unsent frame has a key of its own, so that two open pages do not overwrite each other's.

const DRAFT = "limber.draft";
const UNSENT = "limber.unsent.";

class MemoryStorage extends Map {
  getItem(key) { return this.get(key) ?? null; }
  setItem(key, value) { this.set(key, value); }
  removeItem(key) { this.delete(key); }
}

const memory = new MemoryStorage();
let count = 0;

function usableStorage() {
  try {
    localStorage.setItem("limber.probe", "");
    localStorage.removeItem("limber.probe");
    return localStorage;
  } catch {
    return memory;
  }
}

const storage = usableStorage();

function keysOf(store) {
  return store === memory ? [...memory.keys()] : Object.keys(store);
}

function write(key, value) {
  try {
    storage.setItem(key, value);
  } catch {
    memory.setItem(key, value);
  }
}

function remove(key) {
  storage.removeItem(key);
  memory.removeItem(key);
}

export function draft() {
  return memory.getItem(DRAFT) ?? storage.getItem(DRAFT) ?? "";
}

export function keepDraft(text) {
  remove(DRAFT);
  if (text) write(DRAFT, text);
}

function parsed(key) {
  try {
    return { ...JSON.parse(storage.getItem(key) ?? memory.getItem(key)), key };
  } catch {
    return null;
  }
}

// Oldest first: [{key, at, frame, refused?}]
export function unsent() {
  const keys = new Set([...keysOf(storage), ...memory.keys()]);
  const items = [...keys].filter((key) => key.startsWith(UNSENT)).sort().map(parsed);
  return items.filter((item) => item?.frame);
}

export function keepUnsent(frame) {
  const now = Date.now();
  const order = `${String(now).padStart(15, "0")}.${String(count++).padStart(6, "0")}`;
  const item = { at: new Date(now).toISOString(), frame };
  write(`${UNSENT}${order}.${frame.id}`, JSON.stringify(item));
  return item;
}

export function markRefused(id, words) {
  const item = unsent().find((each) => each.frame.id === id);
  if (item) write(item.key, JSON.stringify({ at: item.at, frame: item.frame, refused: words }));
}

export function forget(id) {
  const item = unsent().find((each) => each.frame.id === id);
  if (item) remove(item.key);
}
