/**
 * One lever: its name, its value with unit, today's value marked, and the law behind it one tap away.
 */

import { h, newId } from "./dom.js";
import { factorOf, unitOf, valueText } from "./numbers.js";
import { setLever, state } from "./store.js";
import { say, tongueOf } from "./words.js";
import { sourceOf } from "./views/about.js";

/**
 * Return a lever as it stands in the question.
 * @param {string} path
 */
export function leverField(path) {
  const lever = state.start.levers[path];
  const change = state.asked.changes.find((one) => one.path === path);
  const value = change ? change.set : lever.today;
  const id = newId("lever");
  const control = lever.kind === "switch" ? switchOf(path, lever, value, id) : lever.kind === "choice" ? choiceOf(path, lever, value, id) : sliderOf(path, lever, value, id);
  return h(
    `div.lever${change ? ".moved" : ""}`,
    { "data-path": path },
    control,
    movedBy(path),
    h("details.law", {}, h("summary", {}, say("lever.law"), h("span.unseen", {}, say("colon"), lever.label)), lawOf(lever)),
  );
}

/** Return the text that says where the value stands against today's law. */
function standing(lever, value) {
  const isToday = value === lever.today;
  return h(`span.standing${isToday ? "" : ".away"}`, {}, valueText(value, lever), h("span.was", {}, isToday ? say("lever.today") : say("lever.was", { value: valueText(lever.today, lever) })));
}

function sliderOf(path, lever, value, id) {
  const factor = factorOf(lever);
  const step = (lever.step ?? (lever.kind === "integer" ? 1 : 0.01)) * factor;
  const bounds = { min: round(lever.low * factor), max: round(lever.high * factor), step: round(step) };
  const told = h("span.told", {}, standing(lever, value));
  const slider = h("input.slider", { type: "range", id, ...bounds, value: round(value * factor), "aria-valuetext": valueText(value, lever) });
  const field = h("input.number", { type: "number", ...bounds, step: "any", value: round(value * factor), "aria-label": say("lever.number", { name: lever.label, unit: unitOf(lever) }), inputmode: "decimal" });
  const share = (lever.today - lever.low) / (lever.high - lever.low || 1);
  const mark = h("span.today-mark", { "aria-hidden": "true" });
  mark.style.setProperty("--at", String(share));
  const moving = () => {
    const now = Number(slider.value) / factor;
    told.replaceChildren(standing(lever, now));
    slider.setAttribute("aria-valuetext", valueText(now, lever));
    field.value = slider.value;
  };
  slider.addEventListener("input", moving);
  slider.addEventListener("change", () => put(path, lever, Number(slider.value) / factor));
  field.addEventListener("change", () => {
    const now = Math.min(bounds.max, Math.max(bounds.min, Number(field.value)));
    if (field.value !== "" && Number.isFinite(now)) put(path, lever, now / factor);
  });
  return [
    h("div.lever-head", {}, h("label", { for: id }, lever.label), told),
    h("div.lever-row", {}, h("div.track", {}, mark, slider), h("span.typed", {}, field, h("span.unit", { "aria-hidden": "true" }, lever.kind === "share" ? "%" : ""))),
  ];
}

function switchOf(path, lever, value, id) {
  const box = h("input", { type: "checkbox", role: "switch", id, checked: Boolean(value), onchange: () => put(path, lever, box.checked ? 1 : 0) });
  return h("div.lever-head.switch", {}, h("label", { for: id }, lever.label), h("span.told", {}, box, standing(lever, value)));
}

function choiceOf(path, lever, value, id) {
  const options = (lever.choices ?? []).map((one) => h("option", { value: one.value, selected: one.value === value }, one.label));
  return h("div.lever-head", {}, h("label", { for: id }, lever.label), h("select", { id, onchange: (event) => put(path, lever, Number(event.target.value)) }, options));
}

function put(path, lever, value) {
  const rounded = Number(value.toFixed(9));
  setLever(path, Math.abs(rounded - lever.today) < 1e-9 ? null : rounded);
}

function round(value) {
  return Number(value.toFixed(7));
}

/** Say which chosen measure moves the same lever. */
function movedBy(path) {
  const lines = state.start.presets
    .filter((preset) => state.asked.reforms.includes(preset.id))
    .flatMap((preset) => preset.changes.filter((change) => change.path === path).map((change) => `${preset.title}${say("colon")}${change.text}`));
  return lines.length > 0 && h("p.note.moved-by", {}, lines.join(say("semicolon")));
}

function lawOf(lever) {
  const range = (low, high) => say("lever.range", { low: valueText(low, lever), high: valueText(high, lever) });
  return h(
    "dl.facts",
    {},
    lever.law && [h("dt", {}, say("lever.says")), h("dd", {}, lever.law)],
    lever.note && [h("dt", {}, say("lever.note")), h("dd", tongueOf(lever), lever.note)],
    lever.kind !== "switch" && [h("dt", {}, say("lever.possible")), h("dd", {}, range(lever.low, lever.high))],
    lever.plausible && lever.kind !== "switch" && [h("dt", {}, say("lever.plausible")), h("dd", {}, range(...lever.plausible))],
    h("dt", {}, say("lever.source")),
    h("dd", {}, h(`span.chip.${lever.is_assumption ? "warm" : "cool"}`, {}, say(lever.is_assumption ? "lever.assumption" : "lever.data")), " ", sourceOf(lever)),
  );
}
