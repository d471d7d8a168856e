/**
 * One invented person under both laws: where the two lives part, and why.
 */

import { ask, Trouble } from "../api.js";
import { fill, h } from "../dom.js";
import { announce } from "../live.js";
import { monthText } from "../numbers.js";
import { state } from "../store.js";
import { lang, say } from "../words.js";

const KINDS = ["came-only-because", "stayed-only-because", "left-despite", "kept-out"];
let kind = KINDS[0];
let skip = 0;
let life = /** @type {any} */ (null);
let lifeOf = "";
/** What a life belongs to: a question, in a language. */
const keyNow = () => `${lang()} ${state.answerKey}`;

/** Return the view; the life last seen stays while question and language are the same. */
export function lifeView() {
  const place = h("div", { id: "life" });
  if (lifeOf !== keyNow()) life = null;
  const buttons = KINDS.map((one) =>
    h("button.button", { type: "button", "aria-pressed": String(one === kind), onclick: (event) => choose(one, event.currentTarget, place) }, say(`life.${one}`)),
  );
  const number = h("input", { type: "number", id: "person", min: 1, step: 1, inputmode: "numeric", value: life?.id ?? "" });
  const byNumber = h(
    "form.by-number",
    { onsubmit: (event) => { event.preventDefault(); if (number.value) load({ id: Number(number.value) }, place); } },
    h("label", { for: "person" }, say("life.number")), number, h("button.button", {}, say("life.show")),
  );
  fill(place, life ? told(life, place) : h("p.note", {}, say("life.choose")));
  return [h("h3", {}, say("life.title")), h("p.subtitle", {}, say("life.subtitle")), h("div.buttons", { role: "group", "aria-label": say("life.kinds") }, buttons), byNumber, place];
}

function choose(id, button, place) {
  kind = id;
  skip = 0;
  for (const one of button.parentElement.children) one.setAttribute("aria-pressed", String(one === button));
  load({}, place);
}

async function load(more, place) {
  fill(place, h("p.note.busy", {}, say("life.busy")));
  const key = keyNow();
  try {
    life = await ask("/api/lives", { method: "POST", body: { asked: state.answerAsked ?? state.asked, kind, skip, ...more } });
    lifeOf = key;
    /** @type {any} */ (document.getElementById("person") ?? {}).value = life.id ?? "";
    fill(place, told(life, place));
    announce(life.none ?? say("life.found", { id: life.id, date: life.parting ? monthText(life.parting) : "–" }));
  } catch (error) {
    fill(place, h("p.warning", {}, error instanceof Trouble ? error.text : say("error.page")));
  }
}

function told(one, place) {
  const next = h("button.button", { type: "button", onclick: () => { skip += 1; load({}, place); } }, say("life.next"));
  if (one.none) return h("div.card", {}, h("p", {}, one.none), skip > 0 && h("button.button", { type: "button", onclick: () => { skip = 0; load({}, place); } }, say("life.first")));
  return h(
    "article.card.life",
    {},
    h("h4", {}, say("life.person", { id: one.id })),
    h("p.lead", {}, one.who),
    one.parting && h("div.parting", {}, h("h4", {}, say("life.parting", { date: monthText(one.parting) })), h("ul", {}, (one.why ?? []).map((why) => h("li", {}, why)))),
    h("div.sides", {}, side("today", one.today, one.ends?.today, one.parting), side("reform", one.reform, one.ends?.reform, one.parting)),
    one.note && h("p.note", {}, one.note),
    next,
  );
}

function side(law, events, end, parting) {
  const lines = (events ?? []).map((event) =>
    h(
      `li${parting && event.date >= parting ? ".after" : ""}`,
      {},
      h("b.when", {}, monthText(event.date, true)),
      h("div", {}, event.text, event.details?.length > 0 && h("details", {}, h("summary", {}, say("life.details")), h("ul", {}, event.details.map((detail) => h("li", {}, detail))))),
    ),
  );
  return h(`section.side.${law}`, {}, h("h4", {}, say(law === "today" ? "law.under-today" : "law.under-package")), h("ol", {}, lines), end && h("p.end", {}, end));
}
