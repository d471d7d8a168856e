/**
 * The bar to run with: run, stop, run when still, and how far it is.
 */

import { h, fill } from "./dom.js";
import { announce } from "./live.js";
import { cancel, isBusy, PATIENCE, run } from "./running.js";
import { isCurrent, isEmpty, on, state } from "./store.js";
import { say } from "./words.js";

/**
 * Draw the bar and keep it drawn.
 * @param {HTMLElement} place
 */
export function runBar(place) {
  const button = h("button.button.primary", { type: "button", id: "run", onclick: () => (isBusy() ? cancel() : start()) });
  const auto = h("input", { type: "checkbox", id: "auto", checked: state.isAuto, onchange: () => { state.isAuto = auto.checked; if (auto.checked && !isEmpty(state.asked) && !isCurrent()) run(); } });
  const status = h("span.status", { id: "status" });
  const bar = h("progress", { max: 1, value: 0, "aria-label": say("run.progress") });
  fill(place, h("div.run-row", {}, button, h("span.auto", {}, auto, h("label", { for: "auto" }, say("run.auto")))), h("div.run-row", {}, bar, status));
  const draw = () => {
    const busy = isBusy();
    button.textContent = say(busy ? "run.stop" : "run.run");
    button.disabled = !busy && isEmpty(state.asked);
    const { done = 0, of = 0, phase } = state.progress;
    bar.hidden = !busy;
    if (of && phase === "pairs") bar.value = done / of;
    else bar.removeAttribute("value");
    status.textContent = statusText();
    if (["queued", "failed", "stopped"].includes(phase)) announce(statusText());
  };
  on(["progress", "asked", "answer"], draw);
  draw();
}

async function start() {
  const isNarrow = matchMedia("(max-width: 60rem)").matches;
  const running = run();
  if (isNarrow) document.getElementById("answer")?.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  await running;
}

function statusText() {
  const { phase, ahead, since, done, of, month, isLost } = state.progress;
  if (isLost) return say("status.lost");
  if (phase === "asking") return say("status.asking");
  if (phase === "queued" && !ahead && Date.now() - since >= PATIENCE) return say("status.warming");
  if (phase === "queued") return say(ahead ? "status.queued" : "status.next", { n: ahead });
  if (phase === "began") return month ? say("status.month", { date: month }) : say("status.began");
  if (phase === "pairs") return say("status.pairs", { n: done, of });
  if (phase === "stopped") return say("status.stopped");
  if (phase === "done" && isCurrent()) return say("status.done", { n: done });
  if (!isEmpty(state.asked) && !isCurrent() && state.answer) return say("status.changed");
  return "";
}

/** Return the chip that says what kind of number is on screen. */
export function kindChip() {
  const { phase, done, of } = state.progress;
  if (!isCurrent()) {
    if (state.first) return h("span.chip.warm", {}, say("chip.first"));
    return state.estimate?.headline ? h("span.chip.warm", {}, say("chip.estimate")) : null;
  }
  if (phase === "pairs" && done === 1) return h("span.chip.warm", {}, say("chip.first"));
  const { n, of: all } = state.answer;
  return h(`span.chip.${n < all ? "warm" : "good"}`, {}, say("chip.simulated", { n: n ?? done, of: all ?? of }));
}
