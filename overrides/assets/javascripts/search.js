/* One job: find papers, tags, acronyms and pages in the index that generator/searching makes.
   It touches no page, and runs in a window, a worker and node alike. All text is plain, never HTML.
   One file and no imports, since each would be one more request before the first result.

   const engine = await open(root);           the site's root: an address with a slash at its end
   engine.counts                              {paper, tag, term, page}: how many there are
   await engine.search(text, {from, size, prefix, pairs})
     prefix: whether the last word is still being typed
     pairs: ["with" | "not", word] of query.js; here a word can also be `kind.paper`, `kind.tag` …
     gives {total, papers, results, counts, tags, words, corrected, loose, dull}
       total, papers: how many there are in the list, and how many of them are papers
       results: [{kind, slug, address, title, spans, about, tags, has, digest, words}, …]
       counts: {word: how many of all that fits has it}; tags: [[slug, name], …], the commonest first
       corrected: the query with mistyped words mended, or ""
       loose: whether a "phrase" stands nowhere and its words were searched instead
       dull: whether one has so few words that tell something that it counts in titles alone
   await engine.sentence(result)              {text, spans}: the best of what it says

   spans are [[start, end], …] in the text beside them. In a query: "a phrase", -without, title:word,
   tag:name, has:code, before:2025-03, after:2025. Without a word, all papers that fit are found.

   As a worker it is asked {id, act: "open" | "search" | "sentence", given: [what the function takes]}
   and answers {id, gives} or {id, fails: words for the reader}. */

const FOLDER = "search/data/";
const TITLE = 16, STEPS = 15;                // A posting's byte, as in shards.py.
const LONGEST = 1000, MOST = 32, KEPT = 100; // Signs and words of a query that count; files kept.
const MARK = 8;                              // Signs of a file's name that tell its content.
const LONGEST_WORD = 40;                     // As in words.py.
const COMPLETED = 0.6, MENDED = 0.8;         // What is not the word itself counts less.
const ENOUGH = 0.4, PLENTY = 100;            // Of so many good hits, those that match far less are dropped.
const ON_TOP = 3;                            // Tags, acronyms and pages before the papers.
const SAME = 0.02;                           // Of the best score: too little to tell hits apart.
const KINDS = ["paper", "tag", "term", "page"];
const DENSE = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3041-\\u30ff\\u3400-\\u9fff"
  + "\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const RUN = RegExp(`[${DENSE}]+|[^${DENSE}]+`, "gu"), IS_DENSE = RegExp(`^[${DENSE}]`, "u");
const WORD = /[a-z](?:\+\+|#)(?![\p{L}\p{N}])|[\p{L}\p{N}]*[0-9](?:\.[0-9]+)+[\p{L}\p{N}]*|[\p{L}\p{N}]+/gu;
const PIECE = /[\p{L}\p{N}\p{M}]+(?:\.[0-9]+)*/gu;
const HYPHEN = /^[-\u2010\u2011]$/;
const PART = /(?:(-)(?=[\p{L}\p{N}"]))?(?:(\p{L}+):)?(?:"([^"]*)"|([^\s"]+))/gu;
const SHORT = /[\u0080-\u07ff](?=([^]?))/g, TIGHT = /[,:;.?!)\-\t]/;
const HAS = /^has\.(code|model|data|demo|paper|project|video|other)$/;
const DAY = /^\d{4}(-\d\d){0,2}$/;
const ENDING = /^(e|d|e?s|ed|e?rs?|ors?|ings?|ions?|ations?|ments?|ly|al|y|ies|ied|ity|i[sz](e[drs]?|ing|ations?))?$/;

const PLAIN = { ł: "l", ø: "o", đ: "d", ð: "d", ħ: "h", ı: "i", ß: "ss", æ: "ae", œ: "oe", þ: "th" };
const LETTERS = RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");

export const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]+/g, "").normalize("NFC").toLowerCase()
  .replace(LETTERS, (letter) => PLAIN[letter]);

/** The words of a text with their places; hyphens tie words to one unit. As words.py cuts. */
export function cut(text) {
  const folded = fold(text), words = [];
  let end = -1, place = 0, unit = 0;
  for (const { 0: word, index } of folded.matchAll(WORD)) {
    const gap = end < 0 ? "" : folded.slice(end, index);
    end = index + word.length;
    if (word === "s" && /^['\u2019]$/.test(gap)) continue;
    if (!HYPHEN.test(gap)) unit++;
    for (const run of word.match(RUN)) {
      const signs = [...run];
      if (!IS_DENSE.test(run) || signs.length === 1) {
        words.push({ word: run.slice(0, LONGEST_WORD), place: place++, unit });
        continue;
      }
      signs.slice(1).forEach((sign, at) =>
        words.push({ word: signs[at] + sign, place: place++, unit: unit++ }));
      place++;
    }
  }
  return words;
}

/** Whether one letter more, less or other, or two swapped, make one word of the other. */
export function near(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const rest = (a, b) => one.slice(at + a) === other.slice(at + b);
  return one !== other && (rest(1, 1) || rest(1, 0) || rest(0, 1)
    || (one[at] === other[at + 1] && one[at + 1] === other[at] && rest(2, 2)));
}

/** The words of a text and where they stand. Of a flood of accents the beginning tells enough. */
const piecesOf = (text) => [...text.matchAll(PIECE)].map(({ 0: piece, index }) =>
  ({ start: index, end: index + piece.length, word: fold(piece.slice(0, 2 * LONGEST_WORD)) }));

/** Where the words of a query stand in a text. */
export function mark(text, words, pieces = piecesOf(text)) {
  const forms = new Set(words.flatMap((word) => word.forms));
  const dense = [...forms].filter((form) => IS_DENSE.test(form));
  const starts = words.map((word) => word.start).filter(Boolean);
  const spans = [];
  for (let at = 0; at < pieces.length; at++) {
    const { start, end, word } = pieces[at];
    const next = pieces[at + 1];
    if (next && HYPHEN.test(text.slice(end, next.start)) && forms.has(word + next.word)) {
      spans.push([start, next.end]);
      at++;
    } else if (forms.has(word) || starts.some((first) => word.startsWith(first))) {
      spans.push([start, end]);
    } else if (dense.length) {
      for (let from = start; from < end; from++) {
        const form = dense.find((form) => text.startsWith(form, from) && from + form.length <= end);
        if (!form) continue;
        const last = spans.at(-1);
        if (last?.[1] >= from) last[1] = from + form.length;
        else spans.push([from, from + form.length]);
      }
    }
  }
  return spans;
}

const times = (count, make) => Array.from({ length: count }, make);

/** Numbers of seven bits a byte; `next.at` is where the next one starts. */
function reader(bytes, at) {
  const next = () => {
    let number = 0, scale = 1, byte;
    do { byte = bytes[next.at++]; number += (byte & 127) * scale; scale *= 128; } while (byte > 127);
    return number;
  };
  next.at = at;
  return next;
}

/** Where so many of those numbers end. */
function skip(bytes, at, count) {
  for (let left = count; left; at++) if (bytes[at] < 128) left--;
  return at;
}

/** A head of text, and behind it numbers: all of a file, or what stands in it from some place on. */
function section(bytes, start) {
  const end = start + 4 + new DataView(bytes.buffer).getUint32(start, true);
  return { head: new TextDecoder().decode(bytes.subarray(start + 4, end)), bytes, next: reader(bytes, end) };
}

/** Words of which each says how much of the one before it repeats. */
function unfold(lines) {
  let last = "";
  return lines.map((line) => (last = last.slice(0, line.charCodeAt(0) - 48) + line.slice(1)));
}

/** Which of the files that start with these words has a word. */
function place(firsts, word) {
  const after = firsts.findIndex((first) => first > word);
  return Math.max((after < 0 ? firsts.length : after) - 1, 0);
}
const range = (firsts, start, most) => {
  const from = place(firsts, start), to = place(firsts, `${start}\uffff`);
  return times(Math.min(to - from + 1, most), (_, at) => from + at);
};

/** The index: its root, and functions that fetch the rest when it is needed. */
async function load(root, fetcher) {
  const kept = new Map();
  async function get(name, options) {
    const answer = await fetcher(new URL(`${FOLDER}${name}.bin`, root).href, options);
    if (!answer.ok) throw Error(`search: ${name} gave ${answer.status}`);
    const plain = answer.body.pipeThrough(new DecompressionStream("gzip"));
    const bytes = new Uint8Array(await new Response(plain).arrayBuffer());
    return section(bytes, 0);
  }
  const { head, next } = await get("root", { cache: "no-cache" });
  const index = JSON.parse(head);
  index.names.p = index.names.w;
  // Leaves of both layers as one list: papers first, then the others, each time the lower ones first.
  const sum = (numbers) => numbers.reduce((sum, number) => sum + number, 0);
  const sizes = index.kinds.map(([papers, ...others]) => ({ papers, others: sum(others), total: papers + sum(others) }));
  const [{ papers: oldest, others: first }] = sizes;
  index.papers = sum(sizes.map(({ papers }) => papers));
  index.total = sum(sizes.map(({ total }) => total));
  const newer = index.papers - oldest;
  /** The number of a leaf that a file of the one or the other layer has as its own number. */
  const leafOf = (isUpper) => (isUpper ? (leaf) => leaf + oldest + (leaf < newer ? 0 : first)
    : (leaf) => leaf + (leaf < oldest ? 0 : newer));
  index.gone = index.gone.map(leafOf(false));
  const written = index.words.split(" ");
  index.stop = new Set(index.stop.split(" "));
  index.common = [...new Set(written.map(fold))].filter((word) => word.length > 2 && !index.stop.has(word));
  /** A line as it reads: common words stand in it as one sign each. */
  index.read = (line) => (line[0] === "\x01" ? line.slice(1) : line.replace(SHORT, (code, behind) =>
    written[code.charCodeAt(0) - 128] + (behind && !TIGHT.test(behind) ? " " : ""))).split("\t");
  index.linksOf = times(index.papers, () => index.links[next()]);
  index.issuesOf = times(index.papers, next).map((count) => times(count, next));
  index.tagsOf = times(index.papers, () => []);
  index.tags = index.tags.map(([slug, name, broader]) => ({ slug, name, broader, count: next() }));
  index.tags.forEach(({ count }, at) => {
    let paper = 0;
    for (let left = count; left; left--) index.tagsOf[paper += next()].push(at);
  });
  const kinds = [...times(index.papers, () => KINDS[0]),
    ...index.kinds.flatMap((counts) => counts.flatMap((count, at) => (at ? times(count, () => KINDS[at]) : [])))];
  index.kindOf = (leaf) => kinds[leaf];
  const gone = new Set(index.gone);
  index.counts = Object.fromEntries(KINDS.map((kind) =>
    [kind, kinds.filter((each, leaf) => each === kind && !gone.has(leaf)).length]));
  /** The words that are true of each leaf, as numbers; tags come first, in their order. */
  index.asked = new Map(index.tags.map(({ slug }, at) => [slug, at]));
  const number = (word) => index.asked.get(word) ?? index.asked.set(word, index.asked.size).size - 1;
  index.truths = times(index.total, (_, leaf) => [...new Set([
    // What is of a tag is of the broader one as well.
    ...(index.tagsOf[leaf] ?? []).flatMap((at) => [at, index.tags[at].broader]).filter((at) => at >= 0),
    ...(index.linksOf[leaf] ?? []).map((kind) => number(`has.${kind}`)),
    ...(index.issuesOf[leaf] ?? []).map((at) => number(`digest:${index.digests[at][0]}`)),
    number(`kind.${index.kindOf(leaf)}`),
  ])]);

  const file = (name, read) => {
    const at = MARK * name.slice(1), mark = index.names[name[0]].slice(at, at + MARK);
    const found = kept.get(name) ?? get(`${name}.${mark}`).then(read);
    kept.delete(name);
    kept.set(name, found);
    found.catch(() => kept.delete(name));
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
    return found;
  };
  /** What a file of words has of one layer, and where that ends. */
  const words = ({ head, bytes, next }, isUpper) => {
    const real = leafOf(isUpper), parts = times(next(), () => ({ bytes, real, joins: 0 }));
    const shown = times(next(), () => 0);
    for (const told of [...(isUpper ? ["joins"] : []), "forms", "count"]) {
      for (const part of parts) part[told] = next();
    }
    let leaf = 0, joins = 0;
    const leaves = shown.map(() => real(leaf += next()));
    let { at } = next;
    for (const part of parts) at = skip(bytes, part.gaps = at, part.count);
    for (const part of parts) at = (part.codes = at) + part.count;
    const lines = head.split("\n"), texts = lines.splice(lines.length - shown.length);
    const forms = unfold(lines).values();
    for (const part of parts) {
      part.joins = joins += part.joins;
      part.forms = times(part.forms, () => forms.next().value);
    }
    return { parts, lines: leaves.map((leaf, at) => [leaf, texts[at]]), end: at };
  };
  /** The words of one stretch of the alphabet, each with what both layers have of it. */
  index.shard = (number) => file(`w${number}`, (opened) => {
    const { parts, lines, end } = words(opened, false);
    const layers = [parts, []];
    const entry = (part) => ({ number, forms: part.forms, count: part.count, parts: [part], layers });
    const entries = parts.map(entry), forms = new Map();
    if (end < opened.bytes.length) {
      const upper = words(section(opened.bytes, end), true);
      layers[1] = upper.parts;
      lines.push(...upper.lines);
      for (const part of upper.parts) {
        const joined = entries[part.joins - 1];
        if (!joined) entries.push(entry(part));
        else {
          joined.forms.push(...part.forms);
          joined.count += part.count;
          joined.parts.push(part);
        }
      }
    }
    for (const one of entries) for (const form of one.forms) forms.set(form, one);
    return { forms, lines: new Map(lines) };
  });
  /** Find where the places of each part start, and how often each leaf has it; returns where all end. */
  const locate = (bytes, start, parts) => {
    const next = reader(bytes, start), totals = parts.map((part) => {
      let total = 0;
      part.often = next.at;
      for (let at = 0; at < part.count; at++) {
        if (part.bytes[part.codes + at] & TITLE) next();
        total += next();
      }
      return total;
    });
    let { at } = next;
    parts.forEach((part, n) => (at = skip(bytes, part.spots = at, totals[n])));
    return at;
  };
  /** Where a stem stands in each leaf, or in its title: leaf → places. */
  index.places = async ({ number, parts, layers: [lower, upper] }, inTitle) => {
    const bytes = await file(`p${number}`, ({ bytes }) => bytes);
    const end = locate(bytes, section(bytes, 0).next.at, lower);
    if (upper.length) locate(bytes, section(bytes, end).next.at, upper);
    const found = new Map();
    for (const part of parts) {
      const count = reader(bytes, part.often), next = reader(bytes, part.spots);
      index.each({ parts: [part] }, (leaf, code) => {
        let spot = 0;
        const titled = code & TITLE ? count() : 0;
        const here = times(count(), () => (spot += next()));
        found.set(leaf, inTitle ? here.slice(0, titled) : here);
      });
    }
    return found;
  };
  index.each = ({ parts }, act) => {
    for (const { bytes, gaps, codes, count, real } of parts) {
      const next = reader(bytes, gaps);
      for (let at = 0, leaf = 0; at < count; at++) act(real(leaf += next()), bytes[codes + at]);
    }
  };
  const moved = new Map(index.moved);
  /** The file of words that has a word, and those that have what starts so. */
  index.place = (word) => moved.get(word) ?? place(index.firsts, word);
  index.range = (start, most) => [...new Set([...range(index.firsts, start, most),
    ...index.moved.filter(([form]) => form.startsWith(start)).map(([, number]) => number)])];
  index.line = async (leaf) => {
    const isPaper = leaf < index.papers, isUpper = isPaper ? leaf >= oldest : leaf >= index.papers + first;
    // As leafOf has it, the other way round.
    const own = leaf - (isUpper ? oldest + (isPaper ? 0 : first) : isPaper ? 0 : newer);
    const before = isUpper ? Math.ceil(sizes[0].total / index.block) : 0;
    const lines = await file(`t${before + Math.floor(own / index.block)}`, ({ head }) => head.split("\n"));
    return lines[own % index.block];
  };
  /** Words spelt backwards, of files that may have such a start. */
  index.backwards = (start, most) => Promise.all(index.ends.flatMap((firsts, layer) => firsts.length
    ? range(firsts, start, most).map((at) => file(`e${layer * index.ends[0].length + at}`, ({ head }) => unfold(head.split("\n"))))
    : []));
  index.shards = (numbers) => Promise.all([...new Set(numbers)].map(index.shard));
  return index;
}

/** What a word of a query stands for: entries of the index, each with a weight. What is to be left
    out is nothing but itself. */
async function meaning(index, word, typed, not) {
  const own = index.place(word), shard = await index.shard(own);
  const exact = shard.forms.get(word);
  const found = new Map(exact ? [[exact, 1]] : []);
  if (not) return { word, start: "", found, exact, forms: [] };
  const add = (entries, weight) => {
    for (const entry of entries) if (entry && !found.has(entry)) found.set(entry, weight);
  };
  const formed = (shards, fits) => shards.flatMap(({ forms }) =>
    [...forms].filter(([form]) => fits(form)).sort((a, b) => b[1].count - a[1].count));
  let mended;

  // "ai" is a word, and nobody who means it wants "aim".
  const isBegun = typed && (word.length > (exact ? 3 : 1) || IS_DENSE.test(word));
  if (isBegun) {
    const starts = (form) => form.startsWith(word);
    let all = index.range(word, Infinity);
    if (exact) all = [own];
    else if (all.length > 2) {
      all = index.common.filter(starts).slice(0, 2).map(index.place);
    }
    add(formed(await index.shards(all), starts).slice(0, 12).map(([, entry]) => entry), COMPLETED);
  }
  const slip = (form) => word.length > 4 && near(word, form);
  if (!found.size && !index.common.some(slip)) {
    add(formed([shard], (form) => {
      let at = 0;
      while (at < word.length && word[at] === form[at]) at++;
      return word === `${form}s` || form === `${word}s`
        || (at > 3 && ENDING.test(word.slice(at)) && ENDING.test(form.slice(at)));
    }).map(([, entry]) => entry), MENDED);
  }
  if (word.length > 4 && /^\p{L}+$/u.test(word) && !IS_DENSE.test(word) && (!found.size || (!typed && exact?.count < 3))) {
    const like = (form) => near(word, form) || (typed && form.length > word.length
      && [0, 1].some((more) => near(word, form.slice(0, word.length + more))));
    const half = Math.ceil(word.length / 2);
    let forms = index.common.filter(like);
    if (!forms.length && !found.size) {
      const tail = [...word.slice(half)].reverse().join("");
      const [heads, ends] = await Promise.all([
        index.shards([...index.range(word.slice(0, half - 1), 3), own]),
        index.backwards(tail, 2),
      ]);
      forms = [...formed(heads, like).map(([form]) => form), ...ends.flat()
        .filter((end) => end.startsWith(tail)).map((end) => [...end].reverse().join("")).filter(like)];
    }
    const better = [];
    for (const form of new Set(forms.slice(0, 4))) {
      const entry = (await index.shard(index.place(form))).forms.get(form);
      if (entry) better.push([form, entry]);
    }
    better.sort((a, b) => b[1].count - a[1].count);
    if (!exact || better[0]?.[1].count > 20 * exact.count) mended = better[0]?.[0];
    if (mended) add(better.map(([, entry]) => entry), exact ? COMPLETED : MENDED);
  }
  if (!found.size) {
    // Two words in one, as in "largelanguage", "topk" and "fewshot".
    for (let at = word.length - 1; at > 1; at--) {
      const head = word.slice(0, at), rest = word.slice(at), isDull = index.stop.has(head);
      if (isDull ? rest.length < 4 : !shard.forms.has(head)) continue;
      if ((await index.shard(index.place(rest))).forms.has(rest)) {
        return Promise.all((isDull ? [rest] : [head, rest]).map((part) => meaning(index, part)));
      }
    }
  }
  return { word, start: isBegun ? word : "", found, mended, exact,
    forms: [...new Set([word, ...[...found.keys()].flatMap((entry) => entry.forms)])] };
}

/** A test of leaves by one of the words that query.js has. */
const having = (index, word) => {
  const number = index.asked.get(word);
  return (leaf) => index.truths[leaf].includes(number);
};

/** What a query can ask by name; a value that means nothing gives no test. */
const OPERATORS = new Map(Object.entries({
  tag(index, value) {
    const slug = fold(value).replace(/[^\p{L}\p{N}]+/gu, "-");
    const same = index.tags.filter((tag) => tag.slug === slug || fold(tag.name) === fold(value));
    const tags = same.length ? same : index.tags.filter((tag) => slug && tag.slug.startsWith(slug));
    const tests = tags.map((tag) => having(index, tag.slug));
    return tests.length && ((leaf) => tests.some((test) => test(leaf)));
  },
  has(index, value) {
    const word = `has.${fold(value)}`;
    return HAS.test(word) && having(index, word);
  },
  before: (index, value) => within(index, value, (day) => day < value),
  after: (index, value) => within(index, value, (day) => day >= value),
}));

const isOf = (index, leaf, days) => index.issuesOf[leaf]?.some((issue) =>
  days.every((fits) => fits(index.digests[issue][1]))) ?? false;
const within = (index, value, day) =>
  DAY.test(value) && Object.assign((leaf) => isOf(index, leaf, [day]), { day });

/** What is asked: units to rank by, phrases, and conditions. */
function parse(index, text, typed) {
  const units = [], phrases = [], tests = [], days = [];
  const words = [];
  for (const [, minus, field, quoted, plain] of text.matchAll(PART)) {
    const value = quoted ?? plain, name = field && fold(field), not = !!minus;
    const test = OPERATORS.get(name)?.(index, value);
    if (test) {
      // One digest has to fit all days that are asked for.
      if (test.day && !not) days.push(test.day);
      else tests.push({ test, not });
      continue;
    }
    const title = name === "title";
    const cuts = cut(field && !title ? `${field} ${value}` : value);
    if (cuts.length > 1 && (not || quoted !== undefined)) {
      phrases.push({ cuts, not, title });
      if (not) continue;
    }
    words.push(...cuts.map((word, at) =>
      ({ ...word, not, title, quoted: quoted !== undefined, first: !at || cuts[at - 1].unit !== word.unit })));
  }
  if (days.length) tests.push({ test: (leaf) => isOf(index, leaf, days), not: false });
  const telling = words.some(({ word, not }) => !not && !index.stop.has(word));
  const last = typed && /[\p{L}\p{N}]$/u.test(text) && words.at(-1);
  for (const word of words) {
    const group = { ...word, typed: word === last && !word.not && !word.quoted };
    if (!word.first) units.at(-1).groups.push(group);
    else units.push({ groups: [group], not: word.not, title: word.title });
  }
  const seen = new Map();
  for (const unit of units) {
    const parts = unit.groups.map(({ word }) => word);
    unit.joined = parts.length > 1 && parts.length < 4 ? parts.join("") : "";
    unit.groups = unit.groups.filter(({ word, typed }) =>
      !telling || !index.stop.has(word) || (typed && units.length === 1));
    if (unit.groups.length) seen.set(`${[unit.not, unit.title, ...parts]}`, unit);
  }
  return { units: [...seen.values()].slice(0, MOST), phrases, tests };
}

/** Find what the words of the units stand for, and what units make when they are written as one. */
async function resolve(index, units) {
  await Promise.all(units.map(async (unit, at) => {
    const [{ word }] = unit.groups, after = units[at + 1], next = after?.groups[0];
    unit.meanings = (await Promise.all(
      unit.groups.map(({ word, typed }) => meaning(index, word, typed, unit.not)))).flat();
    // "top k" is "top-k" as well: what both make as one mostly stands in the file of the first.
    const isNear = next && !unit.not && !after.not && unit.title === after.title
      && (word.length < 6 || /^\d/.test(next.word)) && !index.stop.has(word);
    const near = isNear ? word + next.word : "";
    const whole = unit.joined || near, file = index.place(whole);
    if (unit.joined || (near && file === index.place(word))) {
      unit.whole = (await index.shard(file)).forms.get(whole);
    }
  }));
}

/** Rank all leaves: scores, how much of the query each covers, and which are out. */
function rank(index, units) {
  const { papers, total } = index;
  const idf = (count) => {
    const n = Math.min(count, papers);
    return Math.log1p((papers - n + 0.5) / (n + 0.5));
  };
  /** In how many papers it stands: tags and acronyms have words too, on a young site the most. */
  const held = (entry) => {
    if (entry.papers === undefined) {
      entry.papers = 0;
      index.each(entry, (leaf) => { entry.papers += leaf < papers; });
    }
    return entry.papers;
  };
  const ranking = { score: new Float32Array(total), cover: new Float32Array(total), all: 0,
    allowed: new Uint8Array(total).fill(1),
    keep(test, not = false) {
      for (let leaf = 0; leaf < total; leaf++) if (!test(leaf) !== not) this.allowed[leaf] = 0;
    } };
  for (const leaf of index.gone) ranking.allowed[leaf] = 0;
  const [best, sum, tied, hits] = times(4, () => new Float32Array(total));
  const told = new Set();
  for (const { meanings, whole, joined, not, title } of units) {
    const raise = (values, entry, value) => index.each(entry, (leaf, code) => {
      if (title && !(code & TITLE)) return;
      values[leaf] = Math.max(values[leaf], value * ((code & STEPS) + 1));
    });
    let worth = 0;
    for (const values of [sum, tied, hits]) values.fill(0);
    for (const { found, exact } of meanings) {
      // "wing" and "wings" say it once.
      if (exact && !not && !title) {
        if (told.has(exact)) continue;
        told.add(exact);
      }
      let top = 0, others = 0;
      for (const entry of found.keys()) if (entry !== exact) others += held(entry);
      best.fill(0);
      for (const [entry, weight] of found) {
        const value = weight * idf(entry === exact ? held(entry) : others);
        top = Math.max(top, value);
        raise(best, entry, value);
      }
      worth += top;
      for (let leaf = 0; leaf < total; leaf++) {
        sum[leaf] += best[leaf];
        hits[leaf] += best[leaf] > 0;
      }
    }
    if (whole) raise(tied, whole, joined ? idf(held(whole)) : Math.min(idf(held(whole)), worth));
    // In a title all parts of "real-time" have to stand, or what they make as one.
    if (not || title) ranking.keep((leaf) => tied[leaf] || hits[leaf] === meanings.length, not);
    for (let leaf = 0; leaf < total; leaf++) {
      // What a hyphen ties is a word of its own, beside its parts.
      sum[leaf] = joined ? sum[leaf] + tied[leaf] : Math.max(sum[leaf], tied[leaf]);
    }
    if (not) continue;
    ranking.all += worth;
    for (let leaf = 0; leaf < total; leaf++) {
      ranking.score[leaf] += sum[leaf];
      if (sum[leaf]) ranking.cover[leaf] += worth;
    }
  }
  return ranking;
}

/** Papers, and others, that a ranking leaves, the best first. */
function hitsOf(index, { score, cover, all, allowed }, ranked, lines) {
  let papers = [];
  const others = [];
  for (let leaf = 0; leaf < index.total; leaf++) {
    if (!allowed[leaf] || (ranked && !cover[leaf])) continue;
    if (leaf < index.papers) papers.push(leaf);
    else if (ranked && cover[leaf] > all * 0.99) others.push(leaf);
  }
  const most = papers.reduce((most, leaf) => Math.max(most, cover[leaf]), 0);
  const strong = papers.filter((leaf) => cover[leaf] >= most * ENOUGH);
  if (strong.length >= PLENTY) papers = strong;
  // Of what is about as good, that comes first whose line is at hand: a page waits for fewer files.
  const top = papers.reduce((most, leaf) => Math.max(most, score[leaf]), 0) || 1;
  const grade = (leaf) => Math.round(score[leaf] / top / SAME);
  const order = (a, b) => grade(b) - grade(a) || lines.has(b) - lines.has(a) || score[b] - score[a]
    || (index.issuesOf[a]?.[0] ?? 0) - (index.issuesOf[b]?.[0] ?? 0) || a - b;
  return [papers.sort(order), others.sort(order)];
}

/** How many leaves each word is true of, and the tags among those words. */
function tally(index, leaves, named) {
  const counts = new Uint32Array(index.asked.size);
  for (const leaf of leaves) for (const number of index.truths[leaf]) counts[number]++;
  const found = [...index.asked].map(([word, at]) => [word, counts[at]]).filter(([, count]) => count);
  const tags = index.tags.map(({ slug, name }, at) => ({ slug, name, count: counts[at] }))
    .filter(({ slug, count }) => count || named.has(slug)).sort((a, b) => b.count - a.count);
  return { counts: Object.fromEntries(found), tags: tags.map(({ slug, name }) => [slug, name]) };
}

/** A hit as the interface shows it. */
async function show(index, leaf, line, words) {
  const [title, way, about = ""] = index.read(line ?? await index.line(leaf));
  const result = { kind: index.kindOf(leaf), slug: "", address: way, title, spans: mark(title, words),
    about, tags: [], has: [], digest: null, words, leaf };
  if (leaf >= index.papers) return result;
  const [slug, date, name] = index.digests[index.issuesOf[leaf][0]];
  const tags = index.tagsOf[leaf].map((at) => [index.tags[at].slug, index.tags[at].name]);
  result.slug = way ?? slugOf(title);
  return { ...result, address: `papers/${result.slug}/`, tags: tags.reverse(),
    has: index.linksOf[leaf], digest: { slug, date, name } };
}

async function run(index, text, { from = 0, size = 10, prefix = false, pairs = [] }) {
  const { units, phrases, tests } = parse(index, index.firsts.length ? text : "", prefix);
  for (const [part, word] of pairs) tests.push({ test: having(index, word), not: part !== "with" });

  await resolve(index, units);
  const ranking = rank(index, units);
  let loose = false, dull = false;
  for (const { cuts, not, title } of phrases) {
    const { found, isSure } = await phrase(index, cuts, title);
    // Words that never stand together are searched as words, and the answer says so.
    if (!not && !title && !isSure) {
      dull = true;
      for (const leaf of found) ranking.score[leaf] += ranking.all;
    } else if (!not && !title && !found.size) loose = true;
    else ranking.keep((leaf) => found.has(leaf), not);
  }
  for (const { test, not } of tests) ranking.keep(test, not);

  const meanings = units.flatMap(({ meanings, whole, not }) =>
    not ? [] : meanings.map((meaning) => ({ ...meaning, whole })));
  const lines = new Map();
  for (const { found, whole } of meanings) {
    for (const entry of [...found.keys(), ...(whole ? [whole] : [])]) {
      for (const [leaf, line] of (await index.shard(entry.number)).lines) lines.set(leaf, line);
    }
  }
  const ranked = units.some(({ not }) => !not);
  const [papers, others] = ranked || tests.length || units.length || phrases.length
    ? hitsOf(index, ranking, ranked, lines) : [[], []];
  // Of the others, those come first whose names have the words, and whose lines are so at hand.
  const bare = (text) => cut(text).map(({ word }) => word).join("");
  const named = (leaf) => {
    const [title, , about = ""] = index.read(lines.get(leaf));
    const names = index.kindOf(leaf) === "term" ? [title, ...about.split("; ")] : [title];
    return names.some((name) => bare(name) === bare(text));
  };
  const top = others.filter((leaf) => lines.has(leaf)).map((leaf) => [leaf, named(leaf)])
    .sort((a, b) => b[1] - a[1]).map(([leaf]) => leaf).slice(0, papers.length ? ON_TOP : Infinity);
  const list = [...top, ...papers, ...others.filter((leaf) => !top.includes(leaf))];

  const words = meanings.map(({ word, start, found, mended = "", forms, whole }) =>
    ({ word, start, known: found.size > 0, mended, forms: [...forms, ...(whole?.forms ?? [])] }));
  let corrected = fold(text);
  for (const { word, mended } of words) if (mended) corrected = corrected.replace(word, () => mended);
  return {
    total: list.length,
    papers: papers.length,
    results: await Promise.all(list.slice(from, from + size)
      .map((leaf) => show(index, leaf, lines.get(leaf), words))),
    ...tally(index, [...papers, ...others], new Set(pairs.map(([, word]) => word))),
    words,
    corrected: corrected === fold(text) ? "" : corrected,
    loose,
    dull,
  };
}

/** Leaves in which the words of a phrase follow each other, and whether those are all. */
async function phrase(index, cuts, inTitle) {
  const telling = cuts.filter(({ word }) => !index.stop.has(word));
  // Beside two words that tell something, the distance between them is enough. Else all count, but
  // of those that tell nothing the index has the places in titles alone.
  const isSure = telling.length > 1 || telling.length === cuts.length || inTitle;
  const words = telling.length > 1 ? telling : cuts;
  const entryOf = async (word) => (await index.shard(index.place(word))).forms.get(word);
  if (!isSure && cuts.length === 2) {
    // "few-shot" is a word of its own.
    const whole = await entryOf(cuts[0].word + cuts[1].word), found = new Set();
    if (whole) {
      index.each(whole, (leaf) => found.add(leaf));
      return { found, isSure: true };
    }
  }
  const spots = await Promise.all(words.map(async ({ word }) => {
    const entry = await entryOf(word);
    return entry ? index.places(entry, inTitle || !isSure) : new Map();
  }));
  const found = new Set();
  for (const [leaf, starts] of spots[0]) {
    const here = spots.map((spot) => new Set(spot.get(leaf)));
    if (starts.some((start) => here.every((spot, at) => spot.has(start + words[at].place - words[0].place)))) {
      found.add(leaf);
    }
  }
  return { found, isSure };
}

/** The address that most titles get, as leaves.py says. */
function slugOf(title) {
  let slug = "";
  for (const word of fold(title).replace(/['\u2019]/g, "").match(/[a-z0-9]+/g) ?? []) {
    if (slug.length + word.length > 79) break;
    slug += (slug && "-") + word;
  }
  return slug;
}

/** The sentence with most of the words that were asked for. */
export function best(text, words) {
  let most = -1, found = "";
  for (const one of text.split(/(?<=[.!?])\s+(?=[\p{Lu}\p{N}"“(])|(?<=[。！？])/u)) {
    const pieces = piecesOf(one);
    const here = words.filter((word) => mark(one, [word], pieces).length).length;
    if (here > most) [most, found] = [here, one];
  }
  return { text: found, spans: mark(found, words) };
}

export async function open(root, fetcher = fetch) {
  const loaded = () => load(root, fetcher).catch((cause) => {
    throw Error("The search index could not be read.", { cause });
  });
  let index = await loaded();
  return {
    counts: index.counts,
    async search(text, options = {}) {
      const query = String(text).slice(0, LONGEST);
      try {
        return await run(index, query, options);
      } catch {
        // The site was built anew, and the files of the old index are gone.
        index = await loaded();
        return run(index, query, options);
      }
    },
    async sentence({ kind, slug, leaf, about, words }) {
      if (kind === "page") return best(index.read(await index.line(leaf))[2], words);
      if (kind !== "paper") return best(about, words);
      const answer = await fetcher(new URL(`papers/${slug}/papers.ris`, root).href);
      const [, abstract] = (answer.ok && (await answer.text()).match(/^AB {2}- (.*)/m)) || ["", ""];
      return best(abstract, words);
    },
  };
}

if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  let engine;
  const acts = {
    open: async (root) => (engine = await open(root)).counts,
    search: (...given) => engine.search(...given),
    sentence: (...given) => engine.sentence(...given),
  };
  self.onmessage = async ({ data: { id, act, given } }) => {
    try {
      self.postMessage({ id, gives: await acts[act](...given) });
    } catch (error) {
      self.postMessage({ id, fails: error.message });
    }
  };
}
