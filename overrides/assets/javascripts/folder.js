/* One job: when the site is opened from a folder (file://), lead links to the files that a server
   would have found, and say what the browser does not allow there: modules, so this is none. The
   page's head fetches it there alone. */

for (const act of ["pointerdown", "click"]) {
  addEventListener(act, ({ target }) => {
    const link = target.closest?.("a[href]");
    if (link?.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  }, true);
}

function say() {
  const note = document.createElement("p");
  note.className = "bs-note bs-folder";
  note.setAttribute("role", "note");
  note.textContent = "Opened from a folder: pages and links work; search, filters, marks and names on the map need a server. For these, run “python -m http.server” in the site’s folder and open http://localhost:8000.";
  document.querySelector("article").prepend(note);
}

// However late it comes.
if (document.readyState === "loading") addEventListener("DOMContentLoaded", say);
else say();
