/**
 * Flows: ribbons from where people were to where they are under the package, today's law as open bars beside.
 */

import { s } from "../dom.js";
import { plain, signed } from "../numbers.js";
import { drawingOf } from "./figure.js";

const GAP = 34;
const BAR = 12;

/**
 * Return the drawing of flows.
 * @param {{nodes: {id: string, label: string}[], links: {from: string, to: string, baseline: number, reform: number}[], title: string}} data
 * @param {number} width
 */
export function flows({ nodes, links, title }, width) {
  const names = new Map(nodes.map((node) => [node.id, node.label]));
  const sides = { from: sideOf("from", nodes, links), to: sideOf("to", nodes, links) };
  const isNarrow = width < 560;
  const most = Math.max(...Object.values(sides).map((side) => side.reduce((sum, node) => sum + Math.max(node.reform, node.baseline), 0)), 1);
  const count = Math.max(sides.from.length, sides.to.length);
  const thick = Math.max(180, 420 - GAP * count);
  const scale = thick / most;
  const room = isNarrow ? 4 : 190;
  const height = thick + GAP * (count + 1);
  place(sides.from, scale, height);
  place(sides.to, scale, height);
  const [left, right] = [room, width - room - BAR];
  const ribbons = links.filter((link) => link.reform > 0).map((link) => ribbon(link, sides, left + BAR, right, scale));
  const bars = [...sides.from.map((node) => bar(node, left, -6, scale)), ...sides.to.map((node) => bar(node, right, BAR + 2, scale))];
  const labels = [
    ...sides.from.map((node) => label(node, names, isNarrow ? left : left - 12, isNarrow ? "start" : "end", isNarrow)),
    ...sides.to.map((node) => label(node, names, isNarrow ? right + BAR : right + BAR + 12, isNarrow ? "end" : "start", isNarrow)),
  ];
  const text = links.map((link) => `${names.get(link.from)} → ${names.get(link.to)}: ${plain(link.reform)}`).join("; ");
  return drawingOf(width, height, title, text, ribbons, bars, labels);
}

function sideOf(key, nodes, links) {
  return nodes
    .filter((node) => !node.side || node.side === key)
    .map((node, order) => {
      const own = links.filter((link) => link[key] === node.id);
      const sum = (law) => own.reduce((total, link) => total + (link[law] ?? 0), 0);
      return { id: node.id, hue: order % 5, baseline: sum("baseline"), reform: sum("reform"), used: 0, y: 0 };
    })
    .filter((node) => node.baseline + node.reform > 0);
}

function place(side, scale, height) {
  const all = side.reduce((sum, node) => sum + Math.max(node.reform, node.baseline) * scale, 0);
  const gap = (height - all) / (side.length + 1);
  let y = gap;
  for (const node of side) {
    node.y = y;
    y += Math.max(node.reform, node.baseline) * scale + gap;
  }
}

function ribbon(link, sides, left, right, scale) {
  const from = sides.from.find((node) => node.id === link.from);
  const to = sides.to.find((node) => node.id === link.to);
  const thick = link.reform * scale;
  const [y0, y1, middle] = [from.y + from.used, to.y + to.used, (left + right) / 2];
  from.used += thick;
  to.used += thick;
  const d = `M${left} ${y0}C${middle} ${y0} ${middle} ${y1} ${right} ${y1}V${y1 + thick}C${middle} ${y1 + thick} ${middle} ${y0 + thick} ${left} ${y0 + thick}Z`;
  return s(`path.ribbon.hue-${to.hue}`, { d });
}

function bar(node, x, ghostAt, scale) {
  return [
    s(`rect.node.hue-${node.hue}`, { x, y: node.y, width: BAR, height: Math.max(1, node.reform * scale) }),
    s("rect.node-ghost", { x: x + ghostAt, y: node.y, width: 4, height: Math.max(1, node.baseline * scale) }),
  ];
}

function label(node, names, x, anchor, isNarrow) {
  const name = names.get(node.id);
  const change = signed(Math.round(node.reform) - Math.round(node.baseline));
  const told = `${plain(node.reform)} (${change})`;
  if (isNarrow) return s("text.tick.strong", { x, y: node.y - 7, "text-anchor": anchor }, `${name} ${plain(node.reform)}`);
  const words = inLines(name, 24);
  return s(
    "text.tick",
    { x, y: node.y + 12, "text-anchor": anchor },
    words.map((line, k) => s("tspan.strong", { x, dy: k ? 15 : 0 }, line)),
    s("tspan", { x, dy: 16 }, told),
  );
}

function inLines(text, most) {
  const wide = [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? 2 : 1), 0);
  if (wide <= most || !text.includes(" ")) return [text];
  const words = text.split(" ");
  let first = "";
  while (words.length && (first + words[0]).length < most) first += `${words.shift()} `;
  return [first.trim(), words.join(" ")].filter(Boolean);
}
