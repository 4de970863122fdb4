/* One job: ask the site's own search module, under node, what a file of questions says.

   node search_driver.mjs search.js SITE < {"asks": [{"text": …, "options": …}, …], "cold": false}

   Prints one line of JSON per question: what was found, how long it took, and which files it
   fetched; then one with the memory that is held. With "cold" each question is a first one. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const [script, site] = process.argv.slice(2);
const source = await readFile(script, "base64");
const { open } = await import(`data:text/javascript;base64,${source}`);

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { asks, cold, sentences } = JSON.parse(Buffer.concat(chunks).toString("utf8"));

const onDisk = new Map();
let files = [];
async function fetcher(address) {
  const name = decodeURIComponent(new URL(address).pathname).slice(1);
  if (!onDisk.has(name)) {
    onDisk.set(name, await readFile(join(fileURLToPath(site), name)).catch(() => null));
  }
  const bytes = onDisk.get(name);
  files.push([name, bytes?.length ?? 0]);
  return new Response(bytes, { status: bytes ? 200 : 404 });
}

const start = () => open("http://site.invalid/", fetcher);
globalThis.gc?.();
const held = () => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const disk = [...onDisk.values()].reduce((sum, bytes) => sum + (bytes?.length ?? 0), 0);
  return heapUsed + arrayBuffers - disk;
};
const before = held();
let engine = cold ? null : await start();
for (const { text, options } of asks) {
  files = [];
  if (cold) engine = await start();
  const cpu = process.cpuUsage(), clock = performance.now();
  const found = await engine.search(text, options);
  const ms = performance.now() - clock, { user, system } = process.cpuUsage(cpu);
  if (sentences) {
    for (const result of found.results) result.sentence = await engine.sentence(result);
  }
  console.log(JSON.stringify({ ...found, ms, cpu: (user + system) / 1000, files }));
}
console.log(JSON.stringify({ bytes: held() - before }));
