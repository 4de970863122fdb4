/* One job: keep the theme from taking feeds for translations of the site. It would fetch a sitemap
   from beside every link[rel=alternate], on every page. Programs that look for feeds find "alternate"
   alone in the page as it is served, and among the words of `rel` in the page as it runs.
   A classic script: it has to run before the document is ready. */

for (const link of document.querySelectorAll("link[rel=alternate]:not([hreflang])")) {
  link.rel = "alternate feed";
}
