/**
 * Charts over time: both laws above, the band of the paired difference below.
 */

import { s } from "../dom.js";
import { factorOf, isClear, monthText, plain, rangeText, signed, stepOf } from "../numbers.js";
import { say } from "../words.js";
import { drawingOf } from "./figure.js";
import { bandOf, lineOf, monthNumber, straight, ticksOf } from "./scale.js";

const TOP = 26;
const BOTTOM = 28;

/**
 * @typedef {{dates: string[], start: string, until: string, measure: any, lines: {kind: string, label: string, values: (number|null)[]}[],
 *   title: string, quantum?: number}} Levels kind is `baseline`, `reform` or `pinned`; numbers are rounded to the quantum
 */

/**
 * Return the chart of levels.
 * @param {Levels} data
 * @param {number} width
 */
export function levels(data, width) {
  const height = width < 520 ? 250 : 330;
  const factor = factorOf(data.measure);
  const values = data.lines.flatMap((line) => line.values).filter(Number.isFinite).map((value) => value * factor);
  const ticks = ticksOf(Math.min(0, ...values), Math.max(...values, 1e-9));
  const frame = frameOf(data, width, height, ticks, labelRoom(data.lines, width));
  const paths = data.lines.map((line) =>
    s(`path.line.${line.kind}`, { d: lineOf(line.values.map((value, k) => [frame.xs[k], value === null ? null : frame.y(value * factor)])) }),
  );
  const labels = spread(data.lines, frame, factor).map((label) => endLabel(label, frame, width, data));
  const text = data.lines.map((line) => `${line.label}: ${plain((lastOf(line.values) ?? NaN) * factor, data.quantum)}`).join("; ");
  return drawingOf(width, height, data.title, text, axes(frame, ticks, data), paths, labels);
}

/**
 * Return the chart of the paired difference with its band.
 * @param {{dates: string[], start: string, until: string, measure: any, series: any, pinned?: any, title: string}} data
 * @param {number} width
 */
export function difference(data, width) {
  const height = width < 520 ? 190 : 220;
  const { series } = data;
  const factor = factorOf(data.measure);
  const all = [...series.difference, ...series.low, ...series.high, ...(data.pinned ?? [])].filter(Number.isFinite).map((value) => value * factor);
  const ticks = ticksOf(Math.min(0, ...all), Math.max(0, ...all, 1e-9), 3);
  const lines = [{ label: say("chart.difference") }];
  const frame = frameOf(data, width, height, ticks, labelRoom(lines, width));
  const at = (values, k) => (values[k] === null ? NaN : frame.y(values[k] * factor));
  const last = series.difference.length - 1;
  const end = { difference: series.difference[last], low: series.low[last], high: series.high[last], is_clear: series.is_clear?.[last] };
  const mark = Number.isFinite(end.difference) && s(`circle.mark.${isClear(end) ? "clear" : "open"}`, { cx: frame.xs[last], cy: at(series.difference, last), r: 5 });
  const told = `${signed(end.difference * factor, stepOf(end, data.measure))} (${rangeText(end, data.measure)})`;
  return drawingOf(
    width, height, data.title, told,
    axes(frame, ticks, data),
    s("path.band", { d: bandOf(series.low.map((_, k) => [frame.xs[k], at(series.low, k), at(series.high, k)])) }),
    s("line.zero", { x1: frame.left, x2: frame.right, y1: frame.y(0), y2: frame.y(0) }),
    data.pinned && s("path.line.pinned", { d: lineOf(data.pinned.map((value, k) => [frame.xs[k], value === null ? null : frame.y(value * factor)])) }),
    s("path.line.reform", { d: lineOf(series.difference.map((value, k) => [frame.xs[k], value === null ? null : at(series.difference, k)])) }),
    mark,
    differenceLabel(frame, width, at(series.difference, last), signed(end.difference * factor, stepOf(end, data.measure))),
  );
}

function differenceLabel(frame, width, y, text) {
  if (!Number.isFinite(y)) return null;
  const place = width < 520 ? { x: frame.right, y: y - 11, "text-anchor": "end" } : { x: frame.right + 12, y: y + 4 };
  return s("text.label.reform", place, text);
}

function labelRoom(lines, width) {
  if (width < 520) return 14;
  return Math.min(210, 30 + 7.6 * Math.max(...lines.map((line) => widthOf(line.label))));
}

/** Return about how many Latin letters wide a text is. */
function widthOf(text) {
  return [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? 1.8 : 1), 0);
}

function frameOf(data, width, height, ticks, right) {
  const widest = Math.max(...ticks.map((tick) => plain(tick).length));
  const left = 10 + 7.8 * widest;
  const [first, last] = [monthNumber(data.dates[0]), monthNumber(data.until)];
  const x = straight([first, last], [left, width - right]);
  const y = straight([ticks[0], ticks.at(-1)], [height - BOTTOM, TOP]);
  return { x, y, xs: data.dates.map((date) => x(monthNumber(date))), left, right: width - right, height, first, last };
}

function axes(frame, ticks, data) {
  const rows = ticks.map((tick) => [
    s("line.grid", { x1: frame.left, x2: frame.right, y1: frame.y(tick), y2: frame.y(tick) }),
    s("text.tick", { x: frame.left - 8, y: frame.y(tick) + 4, "text-anchor": "end" }, plain(tick)),
  ]);
  const step = frame.right - frame.left < 360 ? 60 : frame.right - frame.left < 640 ? 48 : 24;
  const years = [];
  for (let month = Math.ceil(frame.first / step) * step; month <= frame.last; month += step) {
    years.push(s("text.tick", { x: frame.x(month), y: frame.height - 8, "text-anchor": "middle" }, String(month / 12)));
  }
  const from = frame.x(monthNumber(data.start));
  const isShown = monthNumber(data.start) > frame.first;
  const start = isShown && [
    s("line.start", { x1: from, x2: from, y1: 14, y2: frame.height - BOTTOM }),
    s("text.tick", { x: from + 6, y: 18 }, say("chart.starts", { date: monthText(data.start, true) })),
  ];
  return [rows, years, start];
}

function lastOf(values) {
  return values.findLast((value) => value !== null && Number.isFinite(value)) ?? null;
}

/** Place the labels at line ends so that none covers another. */
function spread(lines, frame, factor) {
  const gap = 36;
  const labels = lines
    .map((line) => ({ ...line, last: lastOf(line.values), at: line.values.length - 1 }))
    .filter((line) => line.last !== null)
    .map((line) => ({ ...line, value: line.last * factor, y: frame.y(line.last * factor) }))
    .sort((a, b) => a.y - b.y);
  for (let k = 1; k < labels.length; k += 1) labels[k].y = Math.max(labels[k].y, labels[k - 1].y + gap);
  const over = (labels.at(-1)?.y ?? 0) - (frame.height - BOTTOM - 18);
  if (over > 0) for (const label of labels) label.y -= over;
  for (let k = labels.length - 2; k >= 0; k -= 1) labels[k].y = Math.min(labels[k].y, labels[k + 1].y - gap);
  return labels;
}

function endLabel(label, frame, width, { measure, quantum }) {
  const number = plain(label.value, quantum) + (measure.kind === "share" ? "%" : "");
  if (width < 520) {
    const isUpper = label.kind !== "baseline";
    const y = frame.y(label.value) + (isUpper ? -10 : 20);
    return s(`text.label.${label.kind}`, { x: frame.right, y, "text-anchor": "end" }, `${label.label} ${number}`);
  }
  const x = frame.right + 12;
  return s(`text.label.${label.kind}`, { x, y: label.y }, s("tspan", { x }, label.label), s("tspan.value", { x, dy: 17 }, number));
}
