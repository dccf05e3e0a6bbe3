// Search over INDEX, a list of [name, kind, address, summary] that index.js defines.
"use strict";

const input = document.getElementById("search");
const found = document.getElementById("found");
const MOST = 40;

// How well an entry fits: lower is better, none if it does not.
function rank([name, , , summary], words) {
  const lower = name.toLowerCase();
  const all = words.every((word) => lower.includes(word) || summary.toLowerCase().includes(word));
  if (!all) return undefined;
  const query = words.join("-");
  if (lower === query || lower.replaceAll("_", "-") === query) return 0;
  if (lower.startsWith(words[0])) return 1;
  return words.every((word) => lower.includes(word)) ? 2 : 3;
}

function search(query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return INDEX.map((entry) => ({ entry, rank: rank(entry, words) }))
    .filter((hit) => hit.rank !== undefined)
    .sort((a, b) => a.rank - b.rank || a.entry[0].length - b.entry[0].length)
    .slice(0, MOST)
    .map((hit) => hit.entry);
}

// Text goes in as text, never as HTML.
function show(hits) {
  found.replaceChildren(...hits.map(([name, kind, address, summary]) => {
    const link = document.createElement("a");
    link.href = address;
    const title = document.createElement("code");
    title.textContent = name;
    const label = document.createElement("span");
    label.className = "kind";
    label.textContent = kind;
    const text = document.createElement("small");
    text.textContent = summary;
    link.append(title, " ", label, text);
    const item = document.createElement("li");
    item.append(link);
    return item;
  }));
  if (hits.length === 0 && input.value.trim() !== "") {
    const none = document.createElement("li");
    none.className = "none";
    none.textContent = "Nothing found";
    found.append(none);
  }
  found.hidden = found.children.length === 0;
}

function close() {
  found.hidden = true;
}

input.addEventListener("input", () => show(search(input.value)));
input.addEventListener("focus", () => show(search(input.value)));
found.addEventListener("click", close);
document.addEventListener("click", (event) => {
  if (!event.target.closest(".search")) close();
});
document.addEventListener("keydown", (event) => {
  const links = [...found.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  if (event.key === "/" && document.activeElement !== input) {
    event.preventDefault();
    input.focus();
  } else if (event.key === "Escape") {
    close();
  } else if (event.key === "Enter" && document.activeElement === input && links.length > 0) {
    links[0].click();
  } else if (!found.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    (links[next] ?? input).focus();
  }
});

// On a wide screen the contents have a column of their own.
const contents = document.querySelector(".contents");
contents.open = matchMedia("(min-width: 75rem)").matches;

// A link can carry a search: index.html?q=block
const query = new URLSearchParams(location.search).get("q");
if (query) {
  input.value = query;
  show(search(query));
}
