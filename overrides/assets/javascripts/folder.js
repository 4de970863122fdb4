/* One job: when the site is opened from a folder (file://), lead links to the files that a server
   would have found for them, and say what the browser does not allow there. A classic script,
   since modules are among that; anywhere else it does nothing. */

if (location.protocol === "file:") {
  const complete = (link) => {
    if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  };
  document.querySelectorAll("a[href]").forEach(complete);
  // Links that came later.
  for (const act of ["pointerdown", "click"]) {
    addEventListener(act, ({ target }) => {
      const link = target.closest?.("a[href]");
      if (link) complete(link);
    }, true);
  }

  const note = document.createElement("p");
  note.className = "bs-note bs-folder";
  note.setAttribute("role", "note");
  note.textContent =
    "Opened from a folder: pages and links work; search, filters and marks need a server. For these, " +
    "run “python -m http.server” in the site’s folder and open http://localhost:8000.";
  document.querySelector(".md-content__inner")?.prepend(note);
}
