// Searches INDEX, which index.js defines: a list of [name, kind, address, summary, names] of all definitions, with the names of
// their members or values.
"use strict";

const input = document.getElementById(":search");
const found = document.getElementById(":found");
const MAX_HITS = 40;
const KINDS = ["command", "event", "type"];

// Case, `_`, `-` and blanks are ignored.
const wordsOf = (text) => text.toLowerCase().split(/[-_\s]+/).filter(Boolean);
const flat = (text) => wordsOf(text).join("");

// Everything that can be found: definitions, and the members and values `of` them.
const ENTRIES = INDEX.flatMap(([name, kind, address, summary, names]) => {
  const order = KINDS.indexOf(kind);
  const members = names.map((member) => ({
    name: member, label: `in ${name}`, address: `${address}:${member}`, summary: "", order, flat: flat(member), of: flat(name),
  }));
  const words = wordsOf(name);
  return [{ name, label: kind, address, summary, order, flat: words.join(""), words }, ...members];
});

// The rank of a matching entry: lower is better. Undefined if the entry does not match.
function rank(entry, words) {
  const query = words.join("");
  const isInName = (word) => entry.flat.includes(word);
  if (entry.of !== undefined) {
    if (entry.flat === query) return 3;
    const isMeant = words.every(isInName) || words.some((word) => isInName(word) && !entry.of.includes(word));
    return isMeant && words.every((word) => isInName(word) || entry.of.includes(word)) ? 5 : undefined;
  }
  if (entry.flat === query) return 0;
  if (words.every((word) => entry.words.includes(word))) return 1;
  if (entry.flat.startsWith(query)) return 2;
  if (words.every(isInName)) return 4;
  const text = entry.summary.toLowerCase();
  return words.every((word) => isInName(word) || text.includes(word)) ? 6 : undefined;
}

// The matching entries, best first. Commands come before events and events before types of the same rank.
function search(query) {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  return ENTRIES.map((entry) => ({ entry, rank: rank(entry, words) }))
    .filter((hit) => hit.rank !== undefined)
    .sort((a, b) => a.rank - b.rank || a.entry.order - b.entry.order || a.entry.name.length - b.entry.name.length)
    .map((hit) => hit.entry);
}

// Text is inserted as text, never as HTML.
function element(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function show(hits) {
  const items = hits.slice(0, MAX_HITS).map(({ name, label, address, summary }) => {
    const link = element("a", "");
    link.href = address;
    link.append(element("code", name), " ", element("span", label, "kind"), element("small", summary));
    const item = element("li", "");
    item.append(link);
    return item;
  });
  if (hits.length > MAX_HITS) items.push(element("li", `The first ${MAX_HITS} of ${hits.length}`, "more"));
  if (hits.length === 0 && input.value.trim() !== "") items.push(element("li", "Nothing found", "more"));
  found.replaceChildren(...items);
  found.hidden = items.length === 0;
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
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && document.activeElement !== input) {
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

// A device with a mouse has a keyboard.
if (matchMedia("(hover: hover) and (pointer: fine)").matches) input.placeholder = "Search (press /)";

// On a wide screen the contents have their own column.
const contents = document.querySelector(".contents");
contents.open = matchMedia("(min-width: 75rem)").matches;

// A link can carry a search: index.html?q=block
const query = new URLSearchParams(location.search).get("q");
if (query) {
  input.value = query;
  show(search(query));
}
