/**
 * A schematic map: one tile a region, coloured by what it gains or loses.
 */

import { s } from "../dom.js";
import { isClear, plain, signed, stepOf } from "../numbers.js";
import { lang } from "../words.js";
import { drawingOf } from "./figure.js";

const JOINT_FROM = 4;

/**
 * Return the map. A region of two or three provinces has its number on the first; one of more is told below the map.
 * @param {{regions: any[], title: string}} data regions with their tiles and their difference
 * @param {number} width
 */
export function tiles({ regions, title }, width) {
  const placed = regions.flatMap((region) => (region.tiles ?? [region]).map((one, k, all) => ({ region, ...spot(one), isFirst: k === 0 && all.length < JOINT_FROM, isJoint: all.length >= JOINT_FROM })));
  const span = (key) => [Math.min(...placed.map((one) => one[key])), Math.max(...placed.map((one) => one[key]))];
  const [[left, right], [top, bottom]] = [span("col"), span("row")];
  const drawn = Math.min(width, 720);
  const side = drawn / (right - left + 1);
  const tall = side * (side < 60 ? 1 : 0.78);
  const most = Math.max(...regions.map((one) => Math.abs(one.difference ?? 0)), 1e-9);
  const cells = placed.map((one) => tile(one, { x: (one.col - left) * side, y: (one.row - top) * tall, side, tall, most }));
  const text = regions.map((one) => `${one.label} ${toldOf(one)}`).join("; ");
  return drawingOf(drawn, (bottom - top + 1) * tall, title, text, cells);
}

/** Return the regions of so many provinces that their number stands below the map. */
export function jointRegions(regions) {
  return regions.filter((one) => (one.tiles?.length ?? 1) >= JOINT_FROM);
}

function spot({ row, col, label, code }) {
  return { row, col, label, code };
}

/** Return a region's difference as text, rounded to its noise. */
export function toldOf(one) {
  return one.difference === null ? "–" : signed(one.difference, stepOf(one, {}));
}

function tile({ region, label, code, isFirst, isJoint }, { x, y, side, tall, most }) {
  const isNarrow = side < 60;
  const shade = isClear(region) && !isJoint ? Math.min(5, 1 + Math.floor((Math.abs(region.difference) / most) * 4.999)) : 0;
  const hue = region.difference < 0 ? "loss" : "gain";
  const name = isNarrow ? (code ?? label.slice(0, lang() === "zh" ? 3 : 5)) : label;
  const letters = [...name].length * (lang() === "zh" ? 1 : 0.68);
  const size = Math.max(8, Math.min(14, (side - 8) / letters));
  const middle = x + side / 2;
  const number = isFirst && s("text", { x: middle, y: y + tall / 2 + (isNarrow ? 11 : 16), "text-anchor": "middle", "font-size": isNarrow ? 9.5 : 13 }, short(region, isNarrow));
  return s(
    `g.tile.${shade ? `${hue}-${shade}` : isJoint ? "joint" : "none"}`,
    {},
    s("rect", { x: x + 2, y: y + 2, width: side - 4, height: tall - 4, rx: 4 }),
    s("text.name", { x: middle, y: y + tall / 2 - (number ? 1 : -5), "text-anchor": "middle", "font-size": size }, name),
    number,
  );
}

function short(one, isNarrow) {
  if (!isNarrow || one.difference === null || Math.abs(one.difference) < 1000) return toldOf(one);
  return `${one.difference > 0 ? "+" : "−"}${plain(Math.abs(one.difference) / 1000, Math.abs(one.difference) < 9950 ? 0.1 : 1)}k`;
}
