/**
 * The head of the page: where else to go, and the language.
 */

import { fill, h } from "./dom.js";
import { lang, say } from "./words.js";

/**
 * Draw the ways to other pages and the switch of language.
 * @param {HTMLElement} place
 * @param {(lang: string) => void} speakAnew
 */
export function headerPart(place, speakAnew) {
  const other = lang() === "en" ? "zh" : "en";
  const name = other === "zh" ? "中文" : "English";
  fill(
    place,
    h("a", { href: `/lessons#l=${lang()}` }, say("nav.lessons")),
    h("a", { href: `/room#l=${lang()}` }, say("nav.room")),
    h("button.button.small", { type: "button", id: "language", lang: other === "zh" ? "zh-Hans" : "en", onclick: () => speakAnew(other) }, name),
  );
}
