/**
 * The words of the page in the reader's language.
 */

import { EN } from "./words.en.js";
import { ZH } from "./words.zh.js";

/** @type {Record<string, Record<string, string>>} */
const WORDS = { en: EN, zh: ZH };
let spoken = "en";

/** Return the language on screen: `en` or `zh`. */
export function lang() {
  return spoken;
}

/**
 * Speak a language from now on, and tell the browser and screen readers.
 * @param {string} wanted `en` or `zh`
 */
export function speak(wanted) {
  spoken = wanted === "zh" ? "zh" : "en";
  document.documentElement.lang = spoken === "zh" ? "zh-Hans" : "en";
}

/**
 * Return a sentence of the page, its {holes} filled.
 * @param {string} key
 * @param {Record<string, string | number>} [holes]
 * @returns {string}
 */
export function say(key, holes = {}) {
  const text = WORDS[spoken][key] ?? WORDS.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in holes ? String(holes[name]) : whole));
}

/** Return whether the page has words for a key. */
export function hasWord(key) {
  return Object.hasOwn(WORDS[spoken], key);
}

/** Return the language that a browser asks for, where the address names none. */
export function preferred() {
  return (navigator.language ?? "en").toLowerCase().startsWith("zh") ? "zh" : "en";
}

/**
 * Return the attribute that says in which language a text is, where that is not the page's own.
 * @param {{texts_lang?: string}} owner what the texts belong to; English where it does not say
 */
export function tongueOf(owner) {
  const tongue = owner.texts_lang ?? "en";
  return tongue === lang() ? {} : { lang: tongue, class: "foreign" };
}
