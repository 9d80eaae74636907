// Message text as nodes. The text knows <b>, </b>, &lt;, &gt; and &amp;; anything else is shown as it stands.

const ESCAPES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g;

function unescaped(text) {
  return text.replace(/&(?:lt|gt|amp);/g, (escape) => ESCAPES[escape]);
}

function appendLinked(parent, text) {
  let done = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const link = document.createElement("a");
    link.href = found[0];
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.textContent = found[0];
    parent.append(text.slice(done, found.index), link);
    done = found.index + found[0].length;
  }
  parent.append(text.slice(done));
}

export function toNodes(text) {
  const nodes = document.createDocumentFragment();
  let parent = nodes;
  for (const piece of text.split(/(<\/?b>)/)) {
    if (piece === "<b>") {
      parent = document.createElement("b");
      nodes.append(parent);
    } else if (piece === "</b>") {
      parent = nodes;
    } else {
      appendLinked(parent, unescaped(piece));
    }
  }
  return nodes;
}

export function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
