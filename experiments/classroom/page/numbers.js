/**
 * Numbers as text: rounded to the noise, thousands apart, a real minus sign.
 */

import { lang, say } from "./words.js";

const NONE = "–";

/**
 * Return the step to round to: two digits of the noise are kept.
 * @param {number} noise half the width of an interval
 */
export function quantumOf(noise) {
  return Number.isFinite(noise) && noise > 0 ? 10 ** (Math.floor(Math.log10(noise)) - 1) : 0;
}

/**
 * Return a number as text.
 * @param {number | null | undefined} value
 * @param {number} [quantum] step to round to, 0 for three digits or whole numbers
 */
export function plain(value, quantum = 0) {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  const step = quantum || (Math.abs(value) >= 100 ? 1 : quantumOf(Math.abs(value)) / 10 || 1);
  const digits = Math.min(8, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const rounded = Math.round(value / step) * step || 0;
  return new Intl.NumberFormat(lang() === "zh" ? "zh-CN" : "en", {
    minimumFractionDigits: quantum ? digits : 0,
    maximumFractionDigits: digits,
  })
    .format(rounded)
    .replace("-", "−");
}

/** Return a number with its sign. */
export function signed(value, quantum = 0) {
  const text = plain(value, quantum);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/**
 * @typedef {{kind?: string, unit?: string}} Measure an outcome or a lever: how its numbers are told
 * @typedef {{difference: number|null, low: number|null, high: number|null, is_clear?: boolean|null}} Interval
 */

const MONEY = new Set(["yuan", "元"]);

/** Return by what a measure's numbers are multiplied to be read: shares in percent, yuan in millions or 亿. */
export function factorOf(measure) {
  if (MONEY.has(measure.unit) && measure.difference) return lang() === "zh" ? 1e-8 : 1e-6;
  return measure.kind === "share" ? 100 : 1;
}

/** Return the unit that stands after a measure's numbers, empty for people. */
export function unitOf(measure, isDifference = false) {
  if (measure.kind === "share") return isDifference ? say("unit.pp") : "%";
  if (measure.kind === "switch" || measure.kind === "choice") return "";
  if (MONEY.has(measure.unit) && measure.difference) return say("unit.money");
  return measure.unit ?? "";
}

/** Return whether an interval tells the sign: the model says so where every draw has one sign, else it is all on one side of zero. */
export function isClear(interval) {
  const { low, high } = interval;
  if (typeof interval.is_clear === "boolean") return interval.is_clear;
  return low !== null && high !== null && (low > 0 || high < 0);
}

/** Return the step that an interval of a measure is rounded to, in units as told. */
export function stepOf(interval, measure) {
  const reach = ((interval.high ?? NaN) - (interval.low ?? NaN)) / 2;
  return quantumOf(reach * factorOf(measure));
}

/**
 * Return an interval's ends as text: "34,000 to 122,000".
 * @param {Interval} interval
 * @param {Measure} measure
 */
export function rangeText(interval, measure) {
  if (interval.low === null || interval.high === null) return "";
  const factor = factorOf(measure);
  const step = stepOf(interval, measure);
  return say("range", { low: signed(interval.low * factor, step), high: signed(interval.high * factor, step) });
}

/** Return a value of a measure with its unit, ready to be read. */
export function valueText(value, measure, quantum = 0) {
  if (value === null || value === undefined) return NONE;
  if (measure.kind === "switch") return say(value ? "switch.on" : "switch.off");
  const text = plain(value * factorOf(measure), quantum);
  return withUnit(text, unitOf(measure));
}

/** Return a number and its unit as one text. */
function withUnit(text, unit) {
  if (!unit) return text;
  const apart = lang() === "en" && unit !== "%";
  return `${text}${apart ? "\u00a0" : ""}${unit}`;
}

/** Return a month as it is read: "December 2040", "2040年12月". */
export function monthText(date, isShort = false) {
  const [year, month] = date.split("-").map(Number);
  if (lang() === "zh") return `${year}年${month}月`;
  const name = new Intl.DateTimeFormat("en", { month: isShort ? "short" : "long", timeZone: "UTC" });
  return `${name.format(new Date(Date.UTC(2000, month - 1, 15)))} ${year}`;
}
