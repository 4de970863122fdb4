/* One job: keep the theme from taking feeds, which are served as rel=alternate alone, for
   translations: it would fetch a sitemap for each, on every page.
   A classic script: it has to run before the document is ready. */

for (const link of document.querySelectorAll("link[rel=alternate]:not([hreflang])")) link.rel += " feed";
