/**
 * The estimate shown at once, where there is one; the page does without where there is none.
 */

import { isEmpty, on, state, tell } from "./store.js";

/** Load the estimates and keep one for the question that is set. */
export async function guessAtOnce() {
  try {
    const { load, estimateOf } = await import("./estimate.js");
    await load();
    on(["asked"], () => guess(estimateOf));
    guess(estimateOf);
  } catch {
    state.estimate = null;
  }
}

function guess(estimateOf) {
  try {
    state.estimate = isEmpty(state.asked) ? null : readable(estimateOf(state.asked));
  } catch {
    state.estimate = null;
  }
  tell("estimate");
}

function readable(estimate) {
  if (!estimate) return null;
  const stocks = Object.keys(estimate.outcomes ?? {}).filter((key) => key.startsWith("stock@")).sort();
  const key = stocks.find((one) => one.endsWith(state.asked.until)) ?? stocks.at(-1);
  const one = estimate.isOn && key ? estimate.outcomes[key] : null;
  const isKnown = one && Number.isFinite(one.difference) && Number.isFinite(one.error);
  if (!isKnown) return estimate.why ? { why: estimate.why } : null;
  const low = one.low ?? one.difference - 2 * one.error;
  const high = one.high ?? one.difference + 2 * one.error;
  return { headline: { difference: one.difference, error: one.error, low, high, date: key.split("@")[1] }, why: estimate.why };
}
