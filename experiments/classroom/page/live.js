/**
 * What screen readers are told: the finding and the large steps, never every month.
 */

let last = "";

/**
 * Say something to those who do not see the page change.
 * @param {string} text
 */
export function announce(text) {
  const region = document.getElementById("live");
  if (!region || text === last) return;
  last = text;
  region.textContent = text;
}
