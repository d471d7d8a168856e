/**
 * The head of the page: where else to go, and the language.
 */

import { fill, h } from "./dom.js";
import { lang, say } from "./words.js";

/**
 * Draw the ways to other pages and the switch of language.
 * @param {HTMLElement} place
 * @param {[string, string][]} pages address of each, and the key of its words
 * @param {(lang: string) => void} speakAnew
 */
export function headerPart(place, pages, speakAnew) {
  const other = lang() === "en" ? "zh" : "en";
  const name = other === "zh" ? "中文" : "English";
  fill(
    place,
    pages.map(([address, key]) => h("a", { href: `${address}#l=${lang()}` }, say(key))),
    h("button.button.small", { type: "button", id: "language", lang: other === "zh" ? "zh-Hans" : "en", onclick: () => speakAnew(other) }, name),
  );
}
