/* One job: what has to happen before anything of a page is seen: the colours that the reader chose.
   No module, so that the page waits for it; page.js has the button. Opened from a folder it fetches
   what a browser allows there. */

{
  const root = new URL("../../", document.currentScript.src);
  let chosen;
  try {
    chosen = JSON.parse(localStorage.getItem(`${root.pathname}.__palette`)).color;
  } catch {}
  document.body.dataset.mdColorScheme = /:/.test(chosen?.media) ? chosen.scheme
    : matchMedia("(prefers-color-scheme: dark)").matches ? "slate" : "default";
  if (location.protocol === "file:") {
    document.head.append(Object.assign(document.createElement("script"), { src: new URL("folder.js", document.currentScript.src) }));
  }
}
