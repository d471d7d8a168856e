/**
 * A figure: finding, measure, drawing, table twin, source, and how to make it again elsewhere.
 */

import { copyText } from "../api.js";
import { h, newId, s } from "../dom.js";
import { announce } from "../live.js";
import { say } from "../words.js";

/**
 * @typedef {{caption: string, heads: string[], rows: (string | number)[][]}} Table first column names the row
 */

/**
 * Return a figure with everything a reader needs beside the drawing.
 * @param {{title: string, subtitle: string, drawing: any, table: Table, answer?: any, note?: string}} parts
 */
export function figure({ title, subtitle, drawing, table, answer, note }) {
  return h(
    "section.figure",
    {},
    h("div.figure-head", {}, h("h3", {}, title), h("p.subtitle", {}, subtitle)),
    h("div.drawing", {}, drawing),
    note && h("p.note", {}, note),
    h("details.twin", {}, h("summary", {}, say("figure.table")), numbers(table)),
    answer && h("p.source", {}, answer.sources),
    answer && h("p.copies", {}, copyButton("copy.command", answer.command), copyButton("copy.python", answer.python)),
  );
}

/** Return a table that can be read without the drawing. */
export function numbers({ caption, heads, rows }) {
  const cells = (row) => row.map((cell, place) => (place ? h("td", {}, cell) : h("th", { scope: "row" }, cell)));
  return h(
    "div.scroll",
    { tabindex: 0, role: "group", "aria-label": caption },
    h(
      "table.numbers",
      {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, cells(row)))),
    ),
  );
}

/**
 * Return a button that copies a text and says so.
 * @param {string} key of its words
 * @param {string | (() => string)} text
 */
export function copyButton(key, text) {
  const button = h("button.button.small", { type: "button", onclick: copy }, say(key));
  async function copy() {
    const isCopied = await copyText(typeof text === "function" ? text() : text);
    button.textContent = say(isCopied ? "copy.done" : "copy.failed");
    announce(button.textContent);
    setTimeout(() => (button.textContent = say(key)), 2500);
  }
  return button;
}

/**
 * Return a drawing that screen readers can name.
 * @param {number} width
 * @param {number} height
 * @param {string} title
 * @param {string} text what is to be seen, in a sentence or two
 * @param {...any} children
 */
export function drawingOf(width, height, title, text, ...children) {
  const [titleId, textId] = [newId("title"), newId("desc")];
  return s(
    "svg.chart",
    { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": titleId, "aria-describedby": textId },
    s("title", { id: titleId }, title),
    s("desc", { id: textId }, text),
    children,
  );
}
