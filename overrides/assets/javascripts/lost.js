/* One job: on the "no such page" page, offer a search for the words of the address. */

const last = location.pathname.split("/").findLast(Boolean) ?? "";
// An address may hold broken escapes.
const words = new URLSearchParams(`q=${last.replace(/\.\w+$/, "")}`).get("q")
  .replace(/[^\p{L}\p{N}]+/gu, " ").trim().match(/.{0,80}/u)[0];

if (words && words !== "404") {
  const link = document.querySelector("[data-lost-words] a");
  link.search = `?q=${encodeURIComponent(words)}`;
  link.textContent = `Search for “${words}”`;
}
