/* One job: which digests were there when the reader was last here. A visit ends after half an
   hour without a page view. Kept are the times of the last page view (`at`) and of the last one
   of the visit before (`last`), and the digests of that visit (`before`) and of this one (`now`). */

import { attempt, idle, recall, remember, root } from "./dom.js";

async function begin() {
  // What cannot be read is as on a first visit.
  let visit = attempt(() => JSON.parse(recall("visits"))) ?? {};
  if (!(Date.now() - visit.at < 18e5)) visit = { last: visit.at, before: visit.now ?? visit.before };
  // Asked for once a visit, in no hurry; failing that, on the next page.
  visit.now ??= (await new Promise(idle).then(() => fetch(new URL("digests.json", root)))
    .then((answer) => answer.json()).catch(() => ({}))).digests;
  remember("visits", JSON.stringify({ ...visit, at: Date.now() }));
  return visit;
}

/** Promise of {last, before}: the last visit's time and digests, if there was one. */
export const visit = begin();
