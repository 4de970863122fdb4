/* One job: keep the theme's script, on pages written by hand, from taking feeds for translations:
   it would fetch a sitemap for each. */

for (const link of document.querySelectorAll("link[rel=alternate]:not([hreflang])")) link.rel += " feed";
