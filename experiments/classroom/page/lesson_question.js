/**
 * One question of a lesson: a number, a choice or an order, checked by the server against the model.
 */

import { ask, Trouble } from "./api.js";
import { fill, h, newId } from "./dom.js";
import { announce } from "./live.js";
import { say } from "./words.js";

/**
 * Return a question with its check.
 * @param {string} lesson
 * @param {{id: string, text: string, kind: string, choices?: {id: string, text: string}[], unit?: string, hint?: string}} question
 */
export function questionCard(lesson, question) {
  const verdict = h("p.verdict");
  const { control, answerOf } = CONTROLS[question.kind](question);
  const check = async (event) => {
    event.preventDefault();
    const answer = answerOf();
    if (answer === null) return tell(verdict, "wrong", say("lessons.missing"));
    tell(verdict, "busy", say("lessons.busy"));
    try {
      const told = await ask(`/api/lessons/${lesson}/check`, { method: "POST", body: { question: question.id, answer } });
      tell(verdict, told.right ? "right" : "wrong", told.text ?? "", told.right ? "" : told.hint);
    } catch (error) {
      tell(verdict, "wrong", error instanceof Trouble ? error.text : say("error.page"));
    }
  };
  return h(
    "form.card.ask",
    { onsubmit: check, novalidate: true },
    control,
    question.hint && h("details", {}, h("summary", {}, say("lessons.hint")), h("p", {}, question.hint)),
    h("div.buttons", {}, h("button.button", {}, say("lessons.check"))),
    verdict,
  );
}

/** Tell a verdict, and what helps after a wrong answer. */
function tell(verdict, kind, text, hint = "") {
  verdict.className = `verdict ${kind}`;
  fill(verdict, text, hint && h("span.helps", {}, ` ${hint}`));
  if (kind !== "busy") announce(verdict.textContent);
}

const CONTROLS = { number: numberOf, choice: choiceOf, order: orderOf };

function numberOf(question) {
  const id = newId("answer");
  const box = h("input", { type: "number", id, step: "any", inputmode: "decimal" });
  const control = [h("p.text", { id: `${id}-text` }, question.text), h("p.field", {}, h("label", { for: id }, say("lessons.answer")), box, question.unit && h("span.note", {}, question.unit))];
  box.setAttribute("aria-describedby", `${id}-text`);
  return { control, answerOf: () => (box.value === "" ? null : Number(box.value)) };
}

function choiceOf(question) {
  const name = newId("choice");
  const boxes = (question.choices ?? []).map((one) => h("input", { type: "radio", name, value: one.id, id: `${name}-${one.id}` }));
  const lines = (question.choices ?? []).map((one, k) => h("div.choice", {}, boxes[k], h("label", { for: `${name}-${one.id}` }, one.text)));
  return { control: h("fieldset", {}, h("legend", {}, question.text), lines), answerOf: () => boxes.find((box) => box.checked)?.value ?? null };
}

function orderOf(question) {
  let order = [...(question.choices ?? [])];
  const list = h("ol.order");
  const swap = (from, to, key) => {
    [order[from], order[to]] = [order[to], order[from]];
    draw();
    const buttons = list.children[to].querySelectorAll("button");
    ([...buttons].find((one) => one.dataset.way === key && !one.disabled) ?? [...buttons].find((one) => !one.disabled))?.focus();
  };
  const way = (k, step, key, text) => h("button.button.small", { type: "button", "data-way": key, disabled: k + step < 0 || k + step >= order.length, "aria-label": say(`lessons.${key}`, { what: text }), onclick: () => swap(k, k + step, key) }, step < 0 ? "↑" : "↓");
  const draw = () => fill(list, order.map((one, k) => h("li", {}, one.text, way(k, -1, "up", one.text), way(k, 1, "down", one.text))));
  draw();
  return { control: h("fieldset", {}, h("legend", {}, question.text), list), answerOf: () => order.map((one) => one.id) };
}
