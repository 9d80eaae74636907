// The strings of the page. The server hands them over; none are written here.

let words = JSON.parse(document.getElementById("words").textContent);

export function say(key) {
  return words[key] ?? key;
}

export function language() {
  const own = navigator.language;
  return own.split("-")[0] === say("lang").split("-")[0] ? own : say("lang");
}

export function adopt(newWords) {
  words = newWords;
  wordPage();
}

export function wordPage() {
  document.documentElement.lang = say("lang");
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = say(element.dataset.word);
  }
  for (const element of document.querySelectorAll("[data-word-label]")) {
    element.setAttribute("aria-label", say(element.dataset.wordLabel));
  }
  for (const element of document.querySelectorAll("[data-word-placeholder]")) {
    element.placeholder = say(element.dataset.wordPlaceholder);
  }
}
