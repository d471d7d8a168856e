/**
 * The question: measures of the article and levers, in the article's four families.
 */

import { fill, h } from "./dom.js";
import { leverField } from "./lever.js";
import { valueText } from "./numbers.js";
import { askFor, isEmpty, on, startsFrom, state, toggleReform, undo } from "./store.js";
import { say, tongueOf } from "./words.js";

const VISIBLE = 4;
const FOUND_MOST = 8;
let search = "";

/**
 * Draw the question and keep it drawn.
 * @param {HTMLElement} place
 */
export function questionPart(place) {
  const found = h("div.found", { id: "found" });
  const families = h("div.families");
  const box = h("input", { type: "search", id: "search", autocomplete: "off", placeholder: say("search.example"), oninput: () => { search = box.value; keepFocus(found, () => drawFound(found)); } });
  box.value = search;
  fill(
    place,
    h("h2", {}, say("question.title")),
    h("p.note", {}, say("question.how")),
    families,
    h("div.field.search", {}, h("label", { for: "search" }, say("search.label")), box, found),
    settings(),
  );
  drawFamilies(families);
  drawFound(found);
  return () => {
    keepFocus(families, () => drawFamilies(families));
    keepFocus(found, () => drawFound(found));
  };
}

/** Draw again, with the focus on the same control of the same lever, and what was open still open. */
function keepFocus(place, draw) {
  const active = document.activeElement;
  const owner = place.contains(active) ? active.closest("[data-path]") : null;
  const order = owner ? [...owner.querySelectorAll("input,select,summary,button")].indexOf(active) : -1;
  const open = [...place.querySelectorAll("details[open]")].map((one) => one.closest("[data-path]")?.dataset.path);
  draw();
  for (const path of open) if (path) for (const one of owners(place, path)) one.querySelector("details")?.setAttribute("open", "");
  if (owner) owners(place, owner.dataset.path)[0]?.querySelectorAll("input,select,summary,button")[order]?.focus({ preventScroll: true });
}

function owners(place, path) {
  return [...place.querySelectorAll("[data-path]")].filter((one) => one.dataset.path === path);
}

const opened = new Set();
let isFresh = true;

function drawFamilies(place) {
  const { families, presets } = state.start;
  // On a phone all begin closed, so that the answer is near.
  if (isFresh && families.length && matchMedia("(min-width: 60rem)").matches) opened.add(families[0].id);
  isFresh = false;
  const packages = presets.filter((preset) => !families.some((family) => family.id === preset.family));
  fill(
    place,
    families.map((family) => familyPart(family, presets.filter((preset) => preset.family === family.id))),
    packages.length > 0 && familyPart({ id: "packages", title: say("family.packages"), levers: [] }, packages),
  );
}

function familyPart(family, presets) {
  const featured = family.levers.filter((path) => state.start.levers[path]?.is_featured);
  const moved = state.asked.changes.map((change) => change.path).filter((path) => family.levers.includes(path));
  const shown = [...new Set([...featured.slice(0, VISIBLE), ...moved])];
  const chosen = presets.filter((preset) => state.asked.reforms.includes(preset.id)).length + moved.length;
  const part = h(
    "details.family",
    { open: opened.has(family.id), ontoggle: () => (part.open ? opened.add(family.id) : opened.delete(family.id)) },
    h("summary", {}, h("span.family-name", {}, family.title), chosen > 0 && h("span.chip.cool", {}, say("family.chosen", { n: chosen }))),
    presets.length > 0 && h("div.presets", { role: "group", "aria-label": say("family.measures", { name: family.title }) }, presets.map(presetLine)),
    shown.length > 0 && h("div.levers", {}, h("h3", {}, say("family.levers")), shown.map(leverField)),
  );
  return part;
}

/** Return one measure: a sentence to tick, and what it does and cannot show. */
function presetLine(preset) {
  const id = `preset-${preset.id}`;
  const box = h("input", { type: "checkbox", id, checked: state.asked.reforms.includes(preset.id), onchange: () => toggleReform(preset.id) });
  return h(
    "div.preset",
    { "data-path": preset.id },
    h("div.preset-head", {}, box, h("label", { for: id }, preset.title)),
    h(
      "details.law",
      {},
      h("summary", {}, say("preset.more"), h("span.unseen", {}, say("colon"), preset.title)),
      preset.why && tongueOf(preset).lang && h("p.strong", {}, say("preset.english")),
      preset.why && h("p", tongueOf(preset), preset.why),
      preset.how && h("p", tongueOf(preset), preset.how),
      preset.changes?.length > 0 && h("ul", {}, preset.changes.map((change) => h("li", {}, change.label, say("colon"), change.text))),
      preset.cannot_show?.length > 0 && [h("p.strong", {}, say("preset.cannot")), h("ul", tongueOf(preset), preset.cannot_show.map((text) => h("li", {}, text)))],
    ),
  );
}

function drawFound(place) {
  const wanted = search.trim().toLowerCase();
  if (!wanted) return fill(place);
  const words = wanted.split(/\s+/);
  const hits = Object.entries(state.start.levers)
    .filter(([path, lever]) => words.every((word) => `${lever.label} ${path} ${lever.law ?? ""}`.toLowerCase().includes(word)))
    .sort(([, one], [, other]) => Number(other.label.toLowerCase().includes(wanted)) - Number(one.label.toLowerCase().includes(wanted)));
  fill(place, h("p.note", { role: "status" }, say("search.found", { n: hits.length, shown: Math.min(hits.length, FOUND_MOST) })), hits.slice(0, FOUND_MOST).map(([path]) => leverField(path)));
}

/** Return the settings that most never touch: when changes begin, how many pairs, which seed. */
function settings() {
  const years = Array.from({ length: 9 }, (_, k) => `${2027 + k}-01`);
  const from = startsFrom();
  if (!years.includes(from)) years.unshift(from);
  const pairs = [...new Set([5, 10, 20, 40, state.asked.replicates])].sort((a, b) => a - b);
  const pick = (id, label, values, now, chosen) => h("p.field", {}, h("label", { for: id }, label), h("select", { id, onchange: (event) => chosen(event.target.value) }, values.map((value) => h("option", { value, selected: value === now }, String(value)))));
  const seed = h("input", { type: "number", id: "seed", min: 0, max: 999999999, step: 1, value: state.asked.seed, onchange: () => /^\d{1,9}$/.test(seed.value) && askFor({ seed: Number(seed.value) }) });
  const begin = (month) => {
    state.from = month;
    askFor({ changes: state.asked.changes.map((change) => ({ ...change, from: month })) });
  };
  return h("details.settings", {}, h("summary", {}, say("settings.title")), pick("from", say("settings.from"), years, from, begin), pick("pairs", say("settings.pairs"), pairs, state.asked.replicates, (value) => askFor({ replicates: Number(value) })), h("p.field", {}, h("label", { for: "seed" }, say("settings.seed")), seed), h("p.note", {}, say("settings.note")));
}

/** Return the line of what is chosen, each to be taken out with one press, and the ways back. */
export function chosenPart(place) {
  const draw = () => {
    const hadFocus = place.contains(document.activeElement);
    const chips = [
      ...state.asked.reforms.map((id) => [state.start.presets.find((preset) => preset.id === id)?.title ?? id, () => toggleReform(id)]),
      ...state.asked.changes.map((change) => [changeText(change), () => askFor({ changes: state.asked.changes.filter((one) => one !== change) })]),
    ];
    const list = chips.map(([text, remove]) => h("li", {}, h("button.pick", { type: "button", onclick: remove, "aria-label": say("chosen.remove", { what: text }) }, text, h("span", { "aria-hidden": "true" }, " ×"))));
    fill(
      place,
      isEmpty(state.asked) ? h("p.note", {}, say("chosen.none")) : h("ul.picks", { "aria-label": say("chosen.label") }, list),
      h("div.ways-back", {}, h("button.button.small", { type: "button", disabled: !state.moves.length, onclick: undo }, say("chosen.undo")), h("button.button.small", { type: "button", disabled: isEmpty(state.asked), onclick: () => askFor({ reforms: [], changes: [] }) }, say("chosen.reset"))),
    );
    if (hadFocus) place.querySelector("button:not([disabled])")?.focus();
  };
  on(["asked"], draw);
  draw();
}

/** Return a change as a few words: the rule and its new value. */
export function changeText(change) {
  const lever = state.start.levers[change.path];
  return lever ? `${lever.label}${say("colon")}${valueText(change.set, lever)}` : `${change.path} = ${change.set}`;
}
