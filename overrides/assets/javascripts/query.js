/* One job: which papers of a list are asked for, and how many of them have what. Words stand for
   what can be asked of a paper: `robotics` is a tag, others are like `has.code`, `is.saved`. */

/** A function from paper to all words that are true of it, and its digests' lists. */
export const describer = ({ tags, digests }, isMarked) => (paper) => new Set([
  ...paper.digests.map((at) => `digest:${digests[at].slug}`),
  // A broad tag holds the papers of finer ones.
  ...paper.tags.flatMap((at) => [tags[at], tags[tags[at].broader] ?? tags[at]]).map(({ slug }) => slug),
  ...paper.kinds.map((kind) => `has.${kind}`),
  isMarked("read", paper.slug) || "is.unread",
  isMarked("saved", paper.slug) && "is.saved",
].filter((word) => word.length));

/** Papers with the words of all pairs ["with", word] and of no ["not", word], and how many of them
    have each word. */
export function narrow(papers, pairs, describe) {
  const counts = new Map();
  const found = papers.filter((paper) => {
    const words = describe(paper);
    const fits = pairs.every(([part, word]) => words.has(word) === (part === "with"));
    if (fits) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    return fits;
  });
  return { found, counts };
}
