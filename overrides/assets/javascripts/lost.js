/* One job: on the "no such page" page, offer a search for the words of the address. */

const last = location.pathname.split("/").findLast(Boolean) ?? "";
// A query may hold broken escape sequences.
const words = new URLSearchParams(`q=${last.replace(/\.\w+$/, "")}`).get("q")
  .replace(/[^\p{L}\p{N}]+/gu, " ").trim().slice(0, 80);

if (words && words !== "404") {
  const place = document.querySelector("[data-lost-words]");
  const link = place.querySelector("a");
  link.href += `?q=${encodeURIComponent(words)}`;
  link.textContent = `Search for “${words}”`;
  place.hidden = false;
}
