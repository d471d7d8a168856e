/**
 * The question in the address, after `#`: only what differs from the defaults.
 *
 * A link comes from anywhere, so nothing in it is trusted: what has not exactly the right form is dropped and named.
 */

/**
 * @typedef {{path: string, from: string, set: number}} Change
 * @typedef {{schema: string, reforms: string[], changes: Change[], seed: number, replicates: number, draws: number,
 *   scale: number, until: string, lang: string}} Asked
 * @typedef {{asked: Asked, lang: string | null, version: string | null, dropped: string[], lesson: string, isQuestion: boolean}} Read
 */

const VERSION = "1";
const LONGEST = 8000;
const MOST = 60;
const REFORM = /^[a-z0-9]+(-[a-z0-9]+){0,12}$/;
const CHANGE = /^([a-z0-9_]+(?:\.[a-z0-9_]+){1,4})@((?:19|20)\d\d-(?:0[1-9]|1[0-2]))=(-?\d{1,12}(?:\.\d{1,9})?)$/;
const NUMBERS = { seed: "seed", n: "replicates", d: "draws", k: "scale" };

/**
 * Read a question out of the part of an address after `#`.
 * @param {string} hash
 * @param {Asked} defaults
 * @returns {Read}
 */
export function parse(hash, defaults) {
  const asked = { ...defaults, reforms: [], changes: [] };
  const read = { asked, lang: null, version: null, dropped: [], lesson: "", isQuestion: false };
  const text = hash.replace(/^#/, "");
  if (text.length > LONGEST) return { ...read, dropped: ["#"] };
  for (const pair of text.split("&").filter(Boolean)) take(pair, read);
  read.isQuestion = asked.reforms.length + asked.changes.length > 0;
  return read;
}

/**
 * Write a question as the part of an address after `#`.
 * @param {Asked} asked
 * @param {Asked} defaults
 * @param {string} version of the model
 * @param {string} lang
 */
export function build(asked, defaults, version, lang) {
  const parts = [`v=${VERSION}`];
  if (asked.reforms.length) parts.push(`r=${asked.reforms.join(",")}`);
  if (asked.changes.length) parts.push(`c=${asked.changes.map(changeText).join(",")}`);
  for (const [key, name] of Object.entries(NUMBERS)) if (asked[name] !== defaults[name]) parts.push(`${key}=${asked[name]}`);
  if (asked.until !== defaults.until) parts.push(`u=${asked.until}`);
  parts.push(`l=${lang}`);
  if (asked.reforms.length + asked.changes.length) parts.push(`ver=${version}`);
  return `#${parts.join("&")}`;
}

function changeText(change) {
  return `${change.path}@${change.from}=${Number(change.set.toFixed(9))}`;
}

function take(pair, read) {
  const cut = pair.indexOf("=");
  const [key, value] = [pair.slice(0, cut), decoded(pair.slice(cut + 1))];
  if (value === null || !Object.hasOwn(READERS, key)) read.dropped.push(pair.slice(0, 40));
  else READERS[key](value, read);
}

function decoded(value) {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

/** Return what reads a whole number. */
function wholeNumber(key, name) {
  return (value, read) => (/^\d{1,9}$/.test(value) ? (read.asked[name] = Number(value)) : drop(read, key, value));
}

function drop(read, key, value) {
  read.dropped.push(`${key}=${value}`.slice(0, 60));
}

const READERS = {
  ...Object.fromEntries(Object.entries(NUMBERS).map(([key, name]) => [key, wholeNumber(key, name)])),
  v: (value, read) => value === VERSION || drop(read, "v", value),
  r: (value, read) => {
    for (const id of value.split(",").slice(0, MOST)) {
      if (!REFORM.test(id)) drop(read, "r", id);
      else if (!read.asked.reforms.includes(id)) read.asked.reforms.push(id);
    }
  },
  c: (value, read) => {
    for (const one of value.split(",").slice(0, MOST)) {
      const found = CHANGE.exec(one);
      if (!found) drop(read, "c", one);
      else read.asked.changes.push({ path: found[1], from: found[2], set: Number(found[3]) });
    }
  },
  u: (value, read) => (/^20\d\d-(0[1-9]|1[0-2])$/.test(value) ? (read.asked.until = value) : drop(read, "u", value)),
  l: (value, read) => (value === "en" || value === "zh" ? (read.lang = value) : drop(read, "l", value)),
  ver: (value, read) => (/^[0-9A-Za-z.+]{1,40}$/.test(value) ? (read.version = value) : drop(read, "ver", value)),
  lesson: (value, read) => (/^[a-z0-9-]{1,60}$/.test(value) ? (read.lesson = value) : drop(read, "lesson", value)),
};
