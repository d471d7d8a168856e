/**
 * Dots with intervals: who gains and who loses, a zero line through all; hollow where the range holds zero.
 */

import { s } from "../dom.js";
import { factorOf, isClear, rangeText, signed, stepOf } from "../numbers.js";
import { drawingOf } from "./figure.js";
import { straight, ticksOf } from "./scale.js";

/**
 * Return the drawing of one dot a row.
 * @param {{rows: any[], measure: any, title: string}} data
 * @param {number} width
 */
export function dots({ rows, measure, title }, width) {
  const isNarrow = width < 560;
  const [tall, top, bottom] = [isNarrow ? 46 : 34, 8, 30];
  const height = top + rows.length * tall + bottom;
  const factor = factorOf(measure);
  const ends = rows.flatMap((row) => [row.low, row.high, row.difference, 0]).filter(Number.isFinite).map((value) => value * factor);
  const ticks = ticksOf(Math.min(...ends), Math.max(...ends, 1e-9), isNarrow ? 3 : 5);
  const x = straight([ticks[0], ticks.at(-1)], [isNarrow ? 16 : 240, width - (isNarrow ? 30 : 90)]);
  const floor = height - bottom;
  const text = rows.map((row) => `${row.label}: ${signed(row.difference * factor, stepOf(row, measure))} (${rangeText(row, measure)})`).join("; ");
  return drawingOf(
    width, height, title, text,
    ticks.map((tick) => [
      s("line.grid", { x1: x(tick), x2: x(tick), y1: top, y2: floor }),
      s("text.tick", { x: x(tick), y: height - 8, "text-anchor": "middle" }, signed(tick)),
    ]),
    s("line.zero", { x1: x(0), x2: x(0), y1: top, y2: floor }),
    rows.map((row, k) => rowOf(row, { y: top + k * tall + tall / 2, x, isNarrow, factor, measure })),
  );
}

function rowOf(row, { y, x, isNarrow, factor, measure }) {
  const state = isClear(row) ? "clear" : "open";
  const at = (value) => x(value * factor);
  const middle = isNarrow ? y + 10 : y;
  const told = signed(row.difference * factor, stepOf(row, measure));
  const hasRange = row.low !== null && row.high !== null;
  return [
    isNarrow
      ? s("text.tick.strong", { x: 0, y: y - 6 }, `${row.label} ${told}`)
      : s("text.tick.strong", { x: 226, y: y + 4, "text-anchor": "end" }, row.label),
    hasRange && s(`line.range.${state}`, { x1: at(row.low), x2: at(row.high), y1: middle, y2: middle }),
    row.difference !== null && s(`circle.mark.${state}`, { cx: at(row.difference), cy: middle, r: 5.5 }),
    !isNarrow && s(`text.label.${state === "clear" ? "reform" : "faint"}`, { x: Math.max(at(row.high ?? row.difference), at(row.difference)) + 10, y: y + 4 }, told),
  ];
}
