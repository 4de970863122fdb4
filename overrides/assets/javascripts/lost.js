/* One job: on the "no such page" page, offer a search for the words of the address. */

const place = document.querySelector("[data-lost-words]");
const last = location.pathname.split("/").filter(Boolean).pop() ?? "";

let words = "";
try {
  words = decodeURIComponent(last);
} catch {
  // A broken escape sequence: there are no words to offer.
}
words = words.replace(/\.\w+$/, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim().slice(0, 80);

if (place && words && words !== "404") {
  const link = place.querySelector("a");
  link.href += `?q=${encodeURIComponent(words)}`;
  link.textContent = `Search for “${words}”`;
  place.hidden = false;
}
