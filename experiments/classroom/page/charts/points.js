/**
 * The points scale with people on it, and the cuts of both laws.
 */

import { s } from "../dom.js";
import { plain } from "../numbers.js";
import { say } from "../words.js";
import { drawingOf } from "./figure.js";
import { straight, ticksOf } from "./scale.js";

/**
 * Return the histogram of both laws with their cuts.
 * @param {{bins: number[], baseline: number[], reform: number[], cuts: any, title: string}} data
 * @param {number} width
 */
export function points({ bins, baseline, reform, cuts, title }, width) {
  const height = width < 520 ? 280 : 340;
  const step = bins[1] - bins[0];
  const drawn = [...cutsOf(cuts)];
  const ticks = ticksOf(0, Math.max(...baseline, ...reform, 1));
  const left = 14 + 7.8 * Math.max(...ticks.map((tick) => plain(tick).length));
  const x = straight([bins[0], (bins.length > reform.length ? bins.at(-1) : bins.at(-1) + step)], [left, width - 14]);
  const y = straight([0, ticks.at(-1)], [height - 44, 14 + 19 * drawn.length]);
  const bars = reform.map((value, k) => s("rect.bin", { x: x(bins[k]) + 1, y: y(value), width: Math.max(1, x(bins[k] + step) - x(bins[k]) - 2), height: y(0) - y(value) }));
  const outline = baseline.map((value, k) => `${k ? "L" : "M"}${x(bins[k]).toFixed(1)} ${y(value).toFixed(1)}H${x(bins[k] + step).toFixed(1)}`).join("");
  const every = width < 520 ? 20 : 10;
  const marks = bins.filter((bin) => bin % every === 0).map((bin) => s("text.tick", { x: x(bin), y: height - 26, "text-anchor": "middle" }, String(bin)));
  const text = drawn.map((cut) => cut.label).join("; ");
  return drawingOf(
    width, height, title, text,
    ticks.map((tick) => [s("line.grid", { x1: left, x2: width - 14, y1: y(tick), y2: y(tick) }), s("text.tick", { x: left - 8, y: y(tick) + 4, "text-anchor": "end" }, plain(tick))]),
    bars,
    s("path.line.baseline", { d: outline }),
    marks,
    s("text.tick", { x: (left + width) / 2, y: height - 6, "text-anchor": "middle" }, say("points.axis")),
    drawn.map((cut, k) => cutLine(cut, 16 + 19 * k, x, y, width, drawn)),
  );
}

/** Yield the cuts of both laws; where they are the same, once. */
function* cutsOf(cuts) {
  const names = [...new Set([...Object.keys(cuts?.baseline ?? {}), ...Object.keys(cuts?.reform ?? {})])];
  for (const name of names) {
    const [today, now] = [cuts.baseline?.[name], cuts.reform?.[name]];
    if (today === now) yield { at: now, kind: "same", label: say("points.cut-same", { name, at: now }) };
    else {
      if (today !== undefined) yield { at: today, kind: "baseline", label: say("points.cut-today", { name, at: today }) };
      if (now !== undefined) yield { at: now, kind: "reform", label: say("points.cut-package", { name, at: now }) };
    }
  }
}

function cutLine(cut, top, x, y, width, all) {
  const at = x(cut.at);
  const reach = at + 8 * cut.label.length + 10;
  // To the left where it would run off the drawing or across the line of another.
  const isRight = reach > width || all.some((one) => one.at > cut.at && x(one.at) < reach);
  return [
    s(`line.cut.${cut.kind}`, { x1: at, x2: at, y1: top - 10, y2: y(0) }),
    s(`text.label.${cut.kind}`, { x: at + (isRight ? -6 : 6), y: top, "text-anchor": isRight ? "end" : "start" }, cut.label),
  ];
}
