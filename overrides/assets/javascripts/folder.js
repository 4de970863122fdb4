/* One job: when the site is opened from a folder (file://), lead links to the files that a server
   would have found, and say what the browser does not allow there: modules, so this is none. */

if (location.protocol === "file:") {
  for (const act of ["pointerdown", "click"]) {
    addEventListener(act, ({ target }) => {
      const link = target.closest?.("a[href]");
      if (link?.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    }, true);
  }
  document.querySelector(".bs-folder").hidden = false;
}
