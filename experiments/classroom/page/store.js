/**
 * What is asked, what is answered and what is pinned; everyone who draws hears of a change.
 */

/**
 * @typedef {import("./link.js").Asked} Asked
 * @typedef {{start: any, asked: Asked, answer: any, pinned: any, first: any, progress: any, estimate: any,
 *   isAuto: boolean, trouble: any, notes: string[], outcome: string, tab: string, moves: Asked[],
 *   answerKey: string, answerAsked: any, answerRun: string, from: string, lesson: string}} State the last line: of what the
 *   answer is, under which number its files lie, when changes act, and from which lesson the reader came
 */

/** Month from which shipped measures act, and changes unless the reader says otherwise. */
export const START = "2027-01";

/** @type {State} */
export const state = {
  start: null,
  asked: /** @type {any} */ (null),
  answer: null,
  pinned: null,
  first: null,
  progress: { phase: "idle" },
  estimate: null,
  isAuto: false,
  trouble: null,
  notes: [],
  outcome: "stock",
  tab: "time",
  moves: [],
  answerKey: "",
  answerAsked: null,
  answerRun: "",
  from: START,
  lesson: "",
};

/** @type {Map<string, Set<() => void>>} */
const listeners = new Map();

/**
 * Call a function whenever one of some topics changes.
 * @param {string[]} topics `asked`, `answer`, `progress`, `estimate`, `view`, `start`
 * @param {() => void} listener
 */
export function on(topics, listener) {
  for (const topic of topics) {
    if (!listeners.has(topic)) listeners.set(topic, new Set());
    listeners.get(topic)?.add(listener);
  }
}

/**
 * Tell everyone that something changed.
 * @param {...string} topics
 */
export function tell(...topics) {
  const heard = new Set(topics.flatMap((topic) => [...(listeners.get(topic) ?? [])]));
  for (const listener of heard) listener();
}

/**
 * Ask another question; the one before can be had back.
 * @param {Partial<Asked>} change
 */
export function askFor(change) {
  state.moves = [...state.moves, state.asked].slice(-50);
  state.asked = { ...state.asked, ...change };
  tell("asked");
}

/** Take the last move back. */
export function undo() {
  const before = state.moves.pop();
  if (!before) return;
  state.asked = before;
  tell("asked");
}

/** Return a question as a text that is the same for equal questions. */
export function keyOf(asked) {
  const changes = [...asked.changes].sort((a, b) => (a.path + a.from < b.path + b.from ? -1 : 1));
  const { replicates, seed, draws, scale, until } = asked;
  const told = changes.map((change) => [change.path, change.from, change.set]);
  return JSON.stringify([[...asked.reforms].sort(), told, seed, replicates, draws, scale, until]);
}

/** Return whether a question changes anything. */
export function isEmpty(asked) {
  return asked.reforms.length + asked.changes.length === 0;
}

/** Return whether the answer on screen is to the question that is set. */
export function isCurrent() {
  return Boolean(state.answer) && state.answerKey === keyOf(state.asked);
}

/**
 * Set one lever, or give it back to today's law.
 * @param {string} path
 * @param {number | null} value null for today's law
 */
export function setLever(path, value) {
  const kept = state.asked.changes.filter((change) => change.path !== path);
  const before = state.asked.changes.find((change) => change.path === path);
  const from = before?.from ?? startsFrom();
  askFor({ changes: value === null ? kept : [...kept, { path, from, set: value }] });
}

/** Return the month from which changes act. */
export function startsFrom() {
  return state.asked.changes[0]?.from ?? state.from;
}

/** Put a measure of the article in, or take it out. */
export function toggleReform(id) {
  const has = state.asked.reforms.includes(id);
  askFor({ reforms: has ? state.asked.reforms.filter((one) => one !== id) : [...state.asked.reforms, id] });
}

/** Forget who listens: the page is drawn anew. */
export function forget() {
  listeners.clear();
}
