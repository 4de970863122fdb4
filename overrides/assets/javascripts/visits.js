/* One job: which digests were there when the reader was last here. A visit ends after half an
   hour without a page view. Kept are the times of the last page view (`at`) and of the last one
   of the visit before (`last`), and the digests of that visit (`before`) and of this one (`now`). */

import { recall, remember } from "./dom.js";
import { PLACE } from "./store.js";

const KEY = `${PLACE}visits`;
const known = (list) => (Array.isArray(list) ? list : null);

async function begin() {
  let kept = null;
  try {
    kept = JSON.parse(recall(KEY));
  } catch {
    // Nothing that can be read: as on a first visit.
  }
  let { at = 0, last, before, now } = kept ?? {};
  if (!(Date.now() - at < 18e5)) [last, before, now] = [at, known(now) ?? before, null];
  const keep = () => remember(KEY, JSON.stringify({ at: Date.now(), last, before, now }));
  keep();
  try {
    // Asked for once a visit; if it cannot be had, the next page asks again.
    now ??= (await (await fetch(new URL("../../digests.json", import.meta.url))).json()).digests;
    keep();
  } catch {
    // Offline.
  }
  return { last, before: known(before) };
}

/** Promise of {last, before}: the last visit's time and digests; null on the first visit. */
export const visit = begin();
