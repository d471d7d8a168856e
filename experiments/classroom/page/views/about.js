/**
 * What the model is, what it leaves out, and how well its numbers are known.
 */

import { numbers } from "../charts/figure.js";
import { h, safeAddress } from "../dom.js";
import { state } from "../store.js";
import { say, tongueOf } from "../words.js";

/** Return the view. */
export function aboutView() {
  const asked = state.answerAsked ?? state.asked;
  const presets = state.start.presets.filter((preset) => asked.reforms.includes(preset.id));
  const limits = presets.flatMap((preset) => (preset.cannot_show ?? []).map((text) => h("li", {}, h("b", {}, preset.title), say("colon"), h("span", tongueOf(preset), text))));
  return [
    h("h3", {}, say("about.title")),
    state.start.disclaimer && h("p.lead", {}, state.start.disclaimer),
    h("ul.plain", {}, ["one", "two", "three", "four", "five"].map((key) => h("li", {}, say(`about.${key}`)))),
    limits.length > 0 && [h("h3", {}, say("about.cannot")), h("ul.plain", {}, limits)],
    h("h3", {}, say("about.known")),
    h("p", {}, say("about.known-text")),
    h("details.twin", { open: asked.changes.length > 0 }, h("summary", {}, asked.changes.length ? say("about.moved") : say("about.levers", { n: Object.keys(state.start.levers).length })), leverTable(asked)),
  ];
}

function leverTable(asked) {
  const paths = asked.changes.length ? asked.changes.map((change) => change.path) : state.start.families.flatMap((family) => family.levers);
  const rows = paths
    .map((path) => state.start.levers[path])
    .filter(Boolean)
    .map((lever) => [lever.label, say(lever.is_assumption ? "lever.assumption" : "lever.data"), sourceOf(lever)]);
  return numbers({ caption: say("about.caption"), heads: [say("about.rule"), say("about.from"), say("lever.source")], rows });
}

/** Return a lever's source, as a link where it has an address that is safe to follow. */
export function sourceOf(lever) {
  const address = safeAddress(lever.source_url);
  return address ? h("a", { href: address, rel: "noreferrer noopener", target: "_blank" }, lever.source || address) : (lever.source ?? "–");
}
