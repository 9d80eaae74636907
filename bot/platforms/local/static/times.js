// Instants in the words and the zone of whoever looks at the page.

import { language } from "./words.js";

const DAY = 86_400_000;

function capital(text) {
  return text.charAt(0).toLocaleUpperCase(language()) + text.slice(1);
}

function midnight(date) {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

export function sameDay(one, other) {
  return midnight(one) === midnight(other);
}

export function clock(date) {
  return new Intl.DateTimeFormat(language(), { timeStyle: "short" }).format(date);
}

export function dayName(date, now = new Date()) {
  const days = (midnight(date) - midnight(now)) / DAY;
  if (Math.abs(days) <= 1) {
    return capital(new Intl.RelativeTimeFormat(language(), { numeric: "auto" }).format(days, "day"));
  }
  const thisYear = date.getFullYear() === now.getFullYear();
  const parts = { weekday: "long", day: "numeric", month: "long", ...(thisYear ? {} : { year: "numeric" }) };
  return capital(new Intl.DateTimeFormat(language(), parts).format(date));
}

export function dayAndClock(date) {
  return `${dayName(date)}, ${clock(date)}`;
}

export function dayAndSpan(from, until) {
  return `${dayAndClock(from)}–${clock(until)}`;
}
