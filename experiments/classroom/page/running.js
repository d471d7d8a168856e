/**
 * A run from the question to its last event: queued, begun, months, pairs, answer.
 */

import { ask, listen, Trouble } from "./api.js";
import { isEmpty, keyOf, on, state, tell } from "./store.js";
import { say } from "./words.js";

const BUSY = new Set(["asking", "queued", "began", "pairs"]);
const STILL_FOR = 700;
const RETRIES = 4;
const RETRY_AFTER = 1500;
/** Milliseconds after which who is next is told why it takes so long. */
export const PATIENCE = 6000;

let stopListening = () => {};
let running = /** @type {string | null} */ (null);
let turn = 0;
let timer = 0;
let retries = 0;

/** Return whether a run is under way. */
export function isBusy() {
  return BUSY.has(state.progress.phase);
}

/** Run by itself when the reader stops moving, where that is wished. */
export function runWhenStill() {
  on(["asked"], () => {
    clearTimeout(timer);
    if (state.isAuto && !isEmpty(state.asked)) timer = window.setTimeout(run, STILL_FOR);
  });
}

/** Ask the server to run the question that is set; a run under way is given up. */
export async function run() {
  retries = 0;
  await attempt();
}

async function attempt() {
  clearTimeout(timer);
  if (isEmpty(state.asked)) return;
  giveUp();
  turn += 1;
  const [mine, asked] = [turn, state.asked];
  state.trouble = null;
  state.first = null;
  move({ phase: "asking" });
  try {
    const { run: id } = await ask("/api/runs", { method: "POST", body: asked });
    if (mine !== turn) return;
    running = id;
    stopListening = listen(id, (name, data) => mine === turn && hear(name, data, asked), (isOver) => lose(isOver));
  } catch (error) {
    if (mine !== turn) return;
    if (retries && error instanceof Trouble && error.code === "network") lose(true);
    else fail(error);
  }
}

/** Stop the run under way. */
export function cancel() {
  clearTimeout(timer);
  giveUp();
  turn += 1;
  move({ phase: "stopped" });
}

function giveUp() {
  stopListening();
  stopListening = () => {};
  if (running && isBusy()) ask(`/api/runs/${encodeURIComponent(running)}`, { method: "DELETE" }).catch(() => {});
  running = null;
}

function move(progress) {
  state.progress = progress;
  tell("progress");
}

function fail(error) {
  state.trouble = error instanceof Trouble ? error : new Trouble("page", say("error.page"));
  move({ phase: "failed" });
}

/** A run that a server forgot when it was started anew is asked for again: what it had computed is kept. */
function lose(isOver) {
  if (isOver && retries >= RETRIES) return fail(new Trouble("network", say("error.stream")));
  move({ ...state.progress, isLost: true });
  if (!isOver) return;
  retries += 1;
  timer = window.setTimeout(attempt, RETRY_AFTER * retries);
}

/** @type {Record<string, (data: any, asked: any) => void>} */
const HEARD = {
  queued: (data) => {
    move({ phase: "queued", ahead: Number(data.ahead) || 0, since: Date.now() });
    window.setTimeout(() => state.progress.phase === "queued" && tell("progress"), PATIENCE + 50);
  },
  began: (data) => move({ phase: "began", of: data.pairs, done: 0 }),
  months: (data) => {
    takeMonths(data);
    move({ ...state.progress, phase: "began", isLost: false, month: data.dates?.at(-1) });
  },
  pairs: (data, asked) => {
    if (data.answer) show(data.answer, asked);
    move({ phase: "pairs", done: data.done, of: data.of });
  },
  answer: (data, asked) => {
    retries = 0;
    show(data, asked);
    running = null;
    move({ phase: "done", done: data.n, of: data.of });
  },
  problems: (data) => fail(new Trouble("problems", say("error.problems"), data.problems ?? [])),
  failed: (data) => fail(new Trouble("failed", data.text ?? say("error.page"))),
  stopped: () => move({ phase: "stopped" }),
};

function hear(name, data, asked) {
  HEARD[name](data, asked);
}

function show(answer, asked) {
  state.answer = answer;
  state.answerKey = keyOf(asked);
  state.answerAsked = asked;
  state.answerRun = running ?? state.answerRun;
  state.first = null;
  tell("answer");
}

/** Add the months of the first pair as they come; a stream that began anew sends some twice. */
function takeMonths(data) {
  const first = state.first ?? { dates: [], outcomes: {} };
  const known = new Set(first.dates);
  (data.dates ?? []).forEach((date, place) => {
    if (known.has(date)) return;
    first.dates.push(date);
    for (const [name, series] of Object.entries(data.outcomes ?? {})) {
      first.outcomes[name] ??= { baseline: [], reform: [] };
      for (const law of ["baseline", "reform"]) first.outcomes[name][law].push(series[law]?.[place] ?? null);
    }
  });
  state.first = first;
}
