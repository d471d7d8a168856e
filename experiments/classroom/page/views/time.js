/**
 * The view over time: both laws, the paired difference, the first pair as its months come.
 */

import { difference, levels } from "../charts/time.js";
import { figure } from "../charts/figure.js";
import { h } from "../dom.js";
import { factorOf, isClear, monthText, plain, rangeText, signed, stepOf, unitOf } from "../numbers.js";
import { START, state, tell } from "../store.js";
import { say } from "../words.js";

/**
 * Return the view.
 * @param {any} answer
 * @param {number} width
 */
export function timeView(answer, width) {
  const outcomes = answer.series.outcomes;
  const id = outcomes[state.outcome] ? state.outcome : Object.keys(outcomes)[0];
  const series = outcomes[id];
  const { dates, start } = answer.series;
  const shared = { dates, start, until: dates.at(-1), measure: series, quantum: stepOf(endOf(series), series) };
  const pinned = pinnedSeries(id, dates);
  return [
    chooser(outcomes, id),
    figure({
      title: series.label,
      subtitle: say("time.levels", { unit: unitOf(series) || say("unit.people") }),
      drawing: levels({ ...shared, title: series.label, lines: linesOf(series, pinned) }, width),
      table: tableOf(series, dates),
      answer,
    }),
    figure({
      title: titleOf(series, dates),
      subtitle: `${say("time.difference", { unit: unitOf(series, true) || say("unit.people") })} ${answer.interval}`,
      drawing: difference({ ...shared, series, pinned: pinned?.difference, title: titleOf(series, dates) }, width),
      table: tableOf(series, dates),
      answer,
    }),
  ];
}

/** Return the chart of the first pair while its months come. */
export function firstPair(first, until, label, width) {
  const id = first.outcomes[state.outcome] ? state.outcome : Object.keys(first.outcomes)[0];
  if (!id || first.dates.length < 2) return null;
  const known = state.start.outcomes.find((one) => one.id === id) ?? { label: id };
  const lines = linesOf(first.outcomes[id], null);
  const drawing = levels({ dates: first.dates, start: state.asked.changes[0]?.from ?? START, until, measure: known, lines, title: known.label }, width);
  return h("section.figure", {}, h("h3", {}, known.label), h("p.subtitle", {}, label), h("div.drawing", {}, drawing));
}

function linesOf(series, pinned) {
  return [
    { kind: "baseline", label: say("law.today"), values: series.baseline },
    pinned && { kind: "pinned", label: say("law.pinned"), values: pinned.reform },
    { kind: "reform", label: say("law.package"), values: series.reform },
  ].filter(Boolean);
}

function pinnedSeries(id, dates) {
  const pinned = state.pinned?.series;
  const isSame = pinned?.outcomes[id] && pinned.dates.length === dates.length && state.pinned !== state.answer;
  return isSame ? pinned.outcomes[id] : null;
}

function titleOf(series, dates) {
  const end = endOf(series);
  const words = { what: series.label, date: monthText(dates.at(-1)) };
  if (!isClear(end)) return say("time.unclear", words);
  const unit = unitOf(series, true);
  return say("time.clear", { ...words, size: `${signed(end.difference * factorOf(series), stepOf(end, series))}${unit ? `\u00a0${unit}` : ""}` });
}

/** Return an outcome's numbers at the last date. */
export function endOf(series) {
  const last = series.difference.length - 1;
  return Object.fromEntries(["baseline", "reform", "difference", "low", "high", "is_clear"].map((key) => [key, series[key]?.[last] ?? null]));
}

function chooser(outcomes, chosen) {
  const change = (event) => {
    state.outcome = event.target.value;
    tell("view");
    document.getElementById("outcome")?.focus();
  };
  const options = Object.entries(outcomes).map(([id, one]) => h("option", { value: id, selected: id === chosen }, one.label));
  return h("p.field.chooser", {}, h("label", { for: "outcome" }, say("time.outcome")), h("select", { id: "outcome", onchange: change }, options));
}

/** Return a level rounded as its difference is; before the reform there is no noise to round to. */
function levelText(value, factor, step) {
  return value === null ? "–" : plain(value * factor, step);
}

function tableOf(series, dates) {
  const factor = factorOf(series);
  const lastStep = stepOf(endOf(series), series);
  const rows = dates
    .map((date, k) => [date, k])
    .filter(([date, k]) => date.endsWith("-12") || k === dates.length - 1)
    .map(([date, k]) => {
      const one = { difference: series.difference[k], low: series.low[k], high: series.high[k] };
      const step = stepOf(one, series);
      const told = one.difference === null ? "–" : signed(one.difference * factor, step);
      return [monthText(date, true), levelText(series.baseline[k], factor, step || lastStep), levelText(series.reform[k], factor, step || lastStep), told, rangeText(one, series)];
    });
  const unit = unitOf(series);
  return {
    caption: unit ? `${series.label} (${unit})` : series.label,
    heads: [say("table.month"), say("law.today"), say("law.package"), say("table.difference"), say("table.range")],
    rows,
  };
}
