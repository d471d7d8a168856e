/**
 * The answer: finding, warnings, three numbers, then the views.
 */

import { fill, h } from "./dom.js";
import { announce } from "./live.js";
import { factorOf, isClear, monthText, plain, quantumOf, rangeText, signed, stepOf, unitOf } from "./numbers.js";
import { changeText } from "./question.js";
import { kindChip } from "./runbar.js";
import { isBusy, run } from "./running.js";
import { askFor, isCurrent, isEmpty, on, state, tell } from "./store.js";
import { tabRow } from "./tabs.js";
import { aboutView } from "./views/about.js";
import { lifeView } from "./views/life.js";
import { flowsView, groupsView, pointsView, regionsView } from "./views/places.js";
import { endOf, firstPair, timeView } from "./views/time.js";
import { hasWord, lang, say, tongueOf } from "./words.js";

const VIEWS = { time: timeView, regions: regionsView, flows: flowsView, points: pointsView, groups: groupsView, life: lifeView, about: aboutView };
/** So many levers are named one by one. */
const NAMED_MOST = 2;
const HEADLINES = ["stock", "stay_3y", "days_to_permit_median"];

/**
 * Draw the answer and keep it drawn.
 * @param {HTMLElement} place
 */
export function answerPart(place) {
  const head = h("div.answer-head");
  const first = h("div");
  const tabs = tabRow(Object.keys(VIEWS).map((id) => ({ id, label: say(`tab.${id}`) })), say("tab.label"), (id) => {
    state.tab = id;
    drawView();
  });
  const views = h("div.views", {}, tabs.list, tabs.panel);
  fill(place, head, first, views);
  tabs.choose(state.tab);
  const widthOf = () => Math.max(280, Math.floor(place.clientWidth));

  function drawHead() {
    fill(head, trouble(), notes(), isCurrent() ? finding() : waiting());
    place.classList.toggle("stale", Boolean(state.answer) && !isCurrent() && !state.first);
  }

  function drawFirst() {
    const isShown = state.first && isBusy();
    fill(first, isShown && firstPair(state.first, state.asked.until, say("first.label"), widthOf()));
    views.hidden = !state.answer || Boolean(isShown);
  }

  function drawView() {
    const active = document.activeElement;
    const keep = tabs.panel.contains(active) && active.id ? active.id : "";
    if (state.answer) tabs.show(VIEWS[state.tab](state.answer, widthOf()));
    if (keep) document.getElementById(keep)?.focus({ preventScroll: true });
  }

  let frame = 0;
  const soon = (draw) => () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  };
  on(["progress"], () => { drawHead(); soon(drawFirst)(); });
  on(["asked", "estimate"], drawHead);
  on(["answer"], () => { drawHead(); drawFirst(); if (state.tab !== "life" || state.answer.is_last) drawView(); if (state.answer.is_last !== false) announce(state.answer.finding.text); });
  on(["view"], drawView);
  let width = 0;
  new ResizeObserver(() => {
    if (Math.abs(widthOf() - width) < 8) return;
    width = widthOf();
    if (state.tab !== "life") drawView();
    drawFirst();
  }).observe(place);
  drawHead();
  drawFirst();
  drawView();
}

function finding() {
  const { answer } = state;
  return [
    h("p.kicker", {}, kindChip(), h("span", {}, packageName())),
    h("h1.finding", {}, findingText(answer)),
    answer.interval && (answer.n === 1 || answer.finding.low !== null) && h("p.subtitle", {}, answer.interval),
    answer.warnings?.length > 0 && h("ul.warning", { "aria-label": say("warnings") }, answer.warnings.map((one) => h("li", {}, one.text))),
    threeNumbers(answer),
    h("div.buttons", {}, pinButton()),
  ];
}

const VERBS = /^(adds|leaves|raises|lowers|changes) /;

/** Return the finding without the package's name, which stands above it. */
function findingText(answer) {
  const { text } = answer.finding;
  const start = [": ", "："].map((colon) => `${answer.title}${colon}`).find((one) => answer.title && text.startsWith(one));
  if (!start) return text;
  const rest = text.slice(start.length);
  return VERBS.test(rest) || lang() === "zh" ? say("finding", { rest }) : rest[0].toUpperCase() + rest.slice(1);
}

function pinButton() {
  const isPinned = state.pinned === state.answer;
  const press = () => {
    state.pinned = isPinned ? null : state.answer;
    tell("estimate", "view");
    announce(say(isPinned ? "pin.off" : "pin.done"));
    document.getElementById("pin")?.focus({ preventScroll: true });
  };
  return h("button.button.small", { type: "button", id: "pin", "aria-pressed": String(isPinned), onclick: press }, say(isPinned ? "pin.pinned" : "pin.pin"));
}

function packageName() {
  const titles = state.asked.reforms.map((id) => state.start.presets.find((preset) => preset.id === id)?.title ?? id);
  const { changes } = state.asked;
  if (changes.length > NAMED_MOST) titles.push(say("package.levers", { n: changes.length }));
  else titles.push(...changes.map(changeText));
  return titles.join(" + ");
}

function threeNumbers(answer) {
  const known = Object.keys(answer.series.outcomes);
  const ids = [...HEADLINES.filter((id) => known.includes(id)), ...known.filter((id) => !HEADLINES.includes(id))].slice(0, 3);
  return h("ul.three", {}, ids.map((id) => {
    const series = answer.series.outcomes[id];
    const end = endOf(series);
    const factor = factorOf(series);
    const clear = isClear(end);
    const step = stepOf(end, series);
    const unit = unitOf(series, true);
    const level = (value) => `${plain(value * factor, step)}${series.kind === "share" ? "%" : ""}`;
    return h(
      `li${clear ? "" : ".open"}`,
      {},
      h("strong", {}, !clear && h("span.hollow", { "aria-hidden": "true" }), end.difference === null ? "–" : signed(end.difference * factor, step), unit !== say("unit.people") && h("span.unit", {}, ` ${unit}`)),
      h("span.what", {}, `${series.label}${say("comma")}${monthText(answer.series.dates.at(-1))}`),
      h("span.span", {}, spanOf(end, series)),
      h("span.span", {}, say("three.levels", { baseline: level(end.baseline), reform: level(end.reform) })),
    );
  }));
}

/** Return an interval as it stands below its number. */
function spanOf(end, series) {
  if (end.low === null || end.high === null) return say("three.early");
  return isClear(end) ? rangeText(end, series) : say("three.open", { range: rangeText(end, series) });
}

/** Return what stands above where the question was changed since the answer, or there is none yet. */
function waiting() {
  if (isEmpty(state.asked) && !state.answer) return welcome();
  const estimated = state.estimate?.headline;
  return [
    h("p.kicker", {}, kindChip(), h("span", {}, packageName() || say("law.today"))),
    isEmpty(state.asked)
      ? h("h1.finding", {}, say("waiting.today"))
      : h("h1.finding", {}, estimated ? estimateText(estimated) : say(isBusy() ? "waiting.busy" : "waiting.run")),
    h("p.subtitle", {}, estimated ? say("estimate.what") : state.estimate?.why && say("estimate.off", { why: state.estimate.why }), " ", state.answer && !state.first ? say("waiting.stale") : ""),
  ];
}

function estimateText({ difference, error, low, high, date }) {
  const quantum = quantumOf(error) || 100;
  if (low <= 0 && high >= 0) return say("estimate.none", { size: plain(Math.max(-low, high), quantum), date: monthText(date) });
  return say(difference > 0 ? "estimate.more" : "estimate.fewer", { size: plain(Math.abs(difference), quantum), error: plain(error, quantum), date: monthText(date) });
}

function welcome() {
  const wanted = ["one-stop", "points-based-pr", "whole-article"];
  const presets = wanted.map((id) => state.start.presets.find((preset) => preset.id === id)).filter(Boolean);
  const shown = presets.length ? presets : state.start.presets.slice(0, 3);
  const tryIt = (id) => {
    askFor({ reforms: [id], changes: [] });
    run();
  };
  return h(
    "div.welcome",
    {},
    h("h1.finding", {}, say("welcome.title")),
    h("p.lead", {}, say("welcome.what")),
    h("ol.steps", {}, ["choose", "guess", "run"].map((key) => h("li", {}, say(`welcome.${key}`)))),
    h("h2", {}, say("welcome.try")),
    h("div.tries", {}, shown.map((preset) => h("button.try", { type: "button", onclick: () => tryIt(preset.id) }, h("b", {}, preset.title), h("span", hasWord(`try.${preset.id}`) ? {} : tongueOf(preset), hasWord(`try.${preset.id}`) ? say(`try.${preset.id}`) : preset.why)))),
    state.start.disclaimer && h("p.note", {}, state.start.disclaimer),
  );
}

function trouble() {
  if (!state.trouble) return null;
  const { text, problems } = state.trouble;
  return h(
    "div.warning.trouble",
    { role: "alert" },
    h("p", {}, text),
    problems.length > 0 && h("ul", {}, problems.map((one) => h("li", {}, problemText(one)))),
    h("div.buttons", {}, h("button.button", { type: "button", onclick: run }, say("error.retry")), h("button.button.small", { type: "button", onclick: () => { state.trouble = null; tell("progress"); } }, say("error.close"))),
  );
}

function problemText(one) {
  if (typeof one === "string") return one;
  const text = one.message ?? one.text ?? "";
  return one.line ? `${say("error.line", { n: one.line })}${say("colon")}${text}` : text;
}

function notes() {
  return state.notes.length > 0 && h("ul.warning.notes", {}, state.notes.map((text) => h("li", {}, text)));
}
