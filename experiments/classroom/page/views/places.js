/**
 * The views of provinces, flows, points and groups.
 */

import { dots } from "../charts/dots.js";
import { figure } from "../charts/figure.js";
import { flows } from "../charts/flows.js";
import { points } from "../charts/points.js";
import { jointRegions, tiles, toldOf } from "../charts/tiles.js";
import { h } from "../dom.js";
import { isClear, monthText, plain, rangeText, signed, stepOf } from "../numbers.js";
import { state } from "../store.js";
import { say } from "../words.js";

const nothing = () => h("p.note", {}, say("view.nothing"));

/** Return the map of provinces. */
export function regionsView(answer, width) {
  if (!answer.regions?.length) return nothing();
  const known = new Map((state.start.regions ?? []).map((one) => [one.region, one]));
  const regions = answer.regions.map((one) => ({ ...known.get(one.region), ...one }));
  const gaining = regions.filter((one) => isClear(one) && one.difference > 0).sort((a, b) => b.difference - a.difference);
  const title = gaining.length ? say("regions.title", { n: gaining.length, of: regions.length, most: gaining[0].label }) : say("regions.unclear");
  const rows = regions.toSorted((a, b) => b.difference - a.difference).map((one) => [one.label, plain(one.baseline, stepOf(one, {})), toldOf(one), rangeText(one, {})]);
  return figure({
    title,
    subtitle: say("regions.subtitle", { date: monthText(answer.finding.date) }),
    drawing: tiles({ regions, title }, width),
    table: { caption: say("regions.caption"), heads: [say("regions.region"), say("law.today"), say("table.difference"), say("table.range")], rows },
    note: [...jointRegions(regions).map((one) => say("regions.joint", { name: one.label, size: toldOf(one), range: rangeText(one, {}) || say("three.early") })), say("regions.note")].join(" "),
    answer,
  });
}

/** Return the flow between states. */
export function flowsView(answer, width) {
  const data = answer.flows;
  if (!data?.links?.length) return nothing();
  const names = new Map(data.nodes.map((node) => [node.id, node.label]));
  const title = say("flows.title", { date: monthText(data.date) });
  const rows = data.links.map((link) => [`${names.get(link.from)} → ${names.get(link.to)}`, plain(Math.round(link.baseline)), plain(Math.round(link.reform)), signed(Math.round(link.reform - link.baseline))]);
  return figure({
    title,
    subtitle: say("flows.subtitle"),
    drawing: flows({ ...data, title }, width),
    table: { caption: title, heads: [say("flows.flow"), say("law.today"), say("law.package"), say("table.difference")], rows },
    answer,
  });
}

/** Return the points scale with people on it. */
export function pointsView(answer, width) {
  const data = answer.points;
  if (!data?.bins?.length) return nothing();
  const title = say("points.title");
  const rows = data.reform.map((value, k) => [String(data.bins[k]), plain(data.baseline[k]), plain(value), signed(value - data.baseline[k])]);
  return figure({
    title,
    subtitle: say("points.subtitle", { date: monthText(data.date) }),
    drawing: points({ ...data, title }, width),
    table: { caption: title, heads: [say("points.from"), say("law.today"), say("law.package"), say("table.difference")], rows },
    answer,
  });
}

/** Return who gains and who loses, one figure a dimension. */
export function groupsView(answer, width) {
  if (!answer.groups?.length) return nothing();
  const dimensions = [...new Set(answer.groups.map((one) => one.dimension))];
  return [
    [answer.persons, answer.cost].map((one) => one?.text && h("p.lead", {}, withoutTitle(one.text, answer.title))),
    dimensions.map((dimension, k) => groupFigure(answer, answer.groups.filter((one) => one.dimension === dimension), width, k === dimensions.length - 1)),
  ];
}

/** Return a sentence without the package's name before it, which stands at the head of the page. */
function withoutTitle(text, title) {
  const start = [", ", "，"].map((comma) => `${title}${comma}`).find((one) => text.startsWith(one));
  return start ? text.slice(start.length) : text;
}

/** Return the figure of one dimension; the sources stand once, below the last. */
function groupFigure(answer, rows, width, isLast) {
  const name = rows[0].dimension_label;
  const clear = rows.filter((row) => isClear(row)).length;
  return figure({
    title: clear ? say("groups.title", { n: clear, of: rows.length, name }) : say("groups.unclear", { name }),
    subtitle: say("groups.subtitle", { date: monthText(answer.finding.date) }),
    drawing: dots({ rows, measure: {}, title: name }, width),
    table: {
      caption: name,
      heads: [name, say("law.today"), say("law.package"), say("table.difference"), say("table.range")],
      rows: rows.map((row) => [row.label, plain(row.baseline, stepOf(row, {})), plain(row.reform, stepOf(row, {})), toldOf(row), rangeText(row, {})]),
    },
    answer: isLast ? answer : undefined,
  });
}
