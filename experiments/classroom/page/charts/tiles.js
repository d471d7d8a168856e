/**
 * A schematic map: one tile a region, coloured by what it gains or loses.
 */

import { s } from "../dom.js";
import { isClear, plain, signed, stepOf } from "../numbers.js";
import { lang } from "../words.js";
import { drawingOf } from "./figure.js";

/**
 * Return the map.
 * @param {{regions: any[], title: string}} data tiles with row, col, label, code and their difference
 * @param {number} width
 */
export function tiles({ regions, title }, width) {
  const columns = 1 + Math.max(...regions.map((one) => one.col)) - Math.min(...regions.map((one) => one.col));
  const rows = 1 + Math.max(...regions.map((one) => one.row)) - Math.min(...regions.map((one) => one.row));
  const drawn = Math.min(width, 720);
  const side = drawn / columns;
  const tall = side * (side < 60 ? 1 : 0.8);
  const most = Math.max(...regions.map((one) => Math.abs(one.difference ?? 0)), 1e-9);
  const [left, top] = [Math.min(...regions.map((one) => one.col)), Math.min(...regions.map((one) => one.row))];
  const cells = regions.map((one) => tile(one, { x: (one.col - left) * side, y: (one.row - top) * tall, side, tall, most }));
  const text = regions.map((one) => `${one.label} ${toldOf(one)}`).join("; ");
  return drawingOf(drawn, rows * tall, title, text, cells);
}

/** Return a region's difference as text, rounded to its noise. */
export function toldOf(one) {
  return one.difference === null ? "–" : signed(one.difference, stepOf(one, {}));
}

function tile(one, { x, y, side, tall, most }) {
  const isNarrow = side < 60;
  const shade = one.is_clear ?? isClear(one) ? Math.min(5, 1 + Math.floor((Math.abs(one.difference) / most) * 4.999)) : 0;
  const hue = one.difference < 0 ? "loss" : "gain";
  const name = isNarrow ? (one.code ?? one.label.slice(0, lang() === "zh" ? 2 : 4)) : one.label;
  const letters = side / (isNarrow ? 4.2 : 8.2);
  const size = Math.max(9, Math.min(14, lang() === "zh" ? letters * 2 : (side - 10) / (name.length * 0.56)));
  const middle = x + side / 2;
  return s(
    `g.tile.${shade ? `${hue}-${shade}` : "none"}`,
    {},
    s("rect", { x: x + 2, y: y + 2, width: side - 4, height: tall - 4, rx: 4 }),
    s("text.name", { x: middle, y: y + tall / 2 - 1, "text-anchor": "middle", "font-size": size }, name),
    s("text", { x: middle, y: y + tall / 2 + (isNarrow ? 11 : 16), "text-anchor": "middle", "font-size": isNarrow ? 9.5 : 13 }, short(one, isNarrow)),
  );
}

function short(one, isNarrow) {
  if (!isNarrow || one.difference === null || Math.abs(one.difference) < 1000) return toldOf(one);
  return `${one.difference > 0 ? "+" : "−"}${plain(Math.abs(one.difference) / 1000, Math.abs(one.difference) < 9950 ? 0.1 : 1)}k`;
}
