/* One job: let another search engine index the documents and answer the questions.

   node search_rivals.mjs ENGINE WHERE < {"docs": [{"id", "title", "text"}, …], "queries": […]}

   ENGINE is material (WHERE is its worker's file), minisearch or pagefind (WHERE is the folder
   that npm fetched it into). With "cold" each question is asked as a first one. Prints one object:
   "answers", each with the documents "found", the "ms" it took to rank them and, if cold, the
   "requests" and "bytes" to a first page of results; "bytes", the size of the index as it goes
   over the wire; "ready_ms", the time to take the documents in; "kilobytes", the most it held. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { runInThisContext } from "node:vm";
import { gzipSync } from "node:zlib";

const FIRST = 10, ALL = 100;
const [engine, where] = process.argv.slice(2);
const { docs, queries, cold } = JSON.parse(readFileSync(0, "utf8"));
const zipped = (bytes) => gzipSync(bytes, { level: 9 }).length;

const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escape = (text) => text.replace(/[&<>]/g, (mark) => entities[mark]);

/* An engine gives ask(query) → what it found, best first, and named(found) → the documents' ids;
   what a first page fetches is `fixed`, the same for all questions, and `fetched` since. */
const engines = {
  /* The worker that the theme installs, fed with what its plugin writes for one page a document. */
  async material() {
    const index = {
      config: {
        lang: ["en"],
        separator: "[\\s\\-]+",
        pipeline: ["stopWordFilter"],
        fields: { title: { boost: 1e3 }, text: { boost: 1 }, tags: { boost: 1e6 } },
      },
      docs: docs.map(({ id, title, text }) => ({
        location: id, title: escape(title), text: `<p>${escape(text)}</p>`,
      })),
    };
    const worker = readFileSync(where, "utf8"), json = JSON.stringify(index);
    let listen, answered;
    globalThis.self = globalThis;
    globalThis.addEventListener = (_, listener) => { listen = listener; };
    globalThis.postMessage = (message) => answered(message);
    const send = (message) => new Promise((resolve) => {
      answered = resolve;
      listen({ data: message });
    });
    runInThisContext(worker);
    if (!cold) await send({ type: 0, data: { ...index, options: { suggest: false } } });
    return {
      bytes: zipped(json),
      fixed: [zipped(json), zipped(worker)],
      ask: async (query) => {
        // What it fetches is the same for all.
        if (cold) return [];
        const { data } = await send({ type: 2, data: query });
        return data.items.map(([{ location }]) => location);
      },
    };
  },

  async minisearch() {
    const file = createRequire(join(where, "any.js")).resolve("minisearch");
    const MiniSearch = createRequire(file)(file);
    const index = new MiniSearch({ fields: ["title", "text"] });
    index.addAll(docs);
    const bytes = zipped(JSON.stringify(index));
    return {
      bytes,
      fixed: [bytes, zipped(readFileSync(file))],
      ask: (query) => index.search(query, { boost: { title: 2 } }).map(({ id }) => id),
    };
  },

  /* The binary makes the index of HTML pages, its own browser module is asked. */
  async pagefind() {
    const service = await import(pathToFileURL(join(where, "node_modules/pagefind/lib/index.js")));
    const { index } = await service.createIndex({ forceLanguage: "en" });
    for (const { id, title, text } of docs) {
      const body = `<body><h1>${escape(title)}</h1><p>${escape(text)}</p></body>`;
      const { errors } = await index.addHTMLFile({ url: `/${id}/`, content: `<html>${body}</html>` });
      if (errors.length) throw new Error(errors[0]);
    }
    const { files } = await index.getFiles();
    await service.close();
    const bundle = new Map(files.map(({ path, content }) => [path, content]));
    const script = Buffer.from(bundle.get("pagefind.js"));
    const fetched = [];
    globalThis.fetch = async (address) => {
      const path = new URL(address).pathname.slice(1), content = bundle.get(path);
      fetched.push(path.endsWith(".json") ? zipped(content) : content.length);
      return new Response(content, { status: content ? 200 : 404 });
    };
    const source = `data:text/javascript;base64,${script.toString("base64")}`;
    const { createInstance } = await import(source);
    const open = async () => {
      const instance = createInstance({ basePath: "http://site.invalid/" });
      await instance.init();
      return instance;
    };
    let warm = null;
    return {
      bytes: files.reduce((sum, { path, content }) =>
        sum + (/\.pf_|entry\.json$/.test(path) ? content.length : 0), 0),
      fixed: [zipped(script)],
      fetched,
      ask: async (query) => {
        if (cold || !warm) warm = await open();
        return (await warm.search(query)).results;
      },
      named: (found) => Promise.all(found.map(async (result) => {
        const { raw_url, url } = await result.data();
        return (raw_url ?? url).split("/").at(-2);
      })),
    };
  },
};

const begun = performance.now();
const { bytes, fixed, fetched = [], ask, named = (found) => found } = await engines[engine]();
const ready = performance.now() - begun;
const answers = [];
for (const query of queries) {
  fetched.length = 0;
  const start = performance.now();
  const found = await ask(query);
  const ms = performance.now() - start;
  const names = await named(found.slice(0, cold ? FIRST : ALL));
  const page = [...fixed, ...fetched];
  answers.push({
    found: names, ms, requests: page.length, bytes: page.reduce((sum, size) => sum + size, 0),
  });
}
const kilobytes = process.resourceUsage().maxRSS;
process.stdout.write(JSON.stringify({ answers, bytes, ready_ms: ready, kilobytes }));
