/**
 * Elements made by hand. Text always goes in as text: nothing that a server or a link says is ever read as markup.
 */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Node | string | number | null | undefined | false | Child[]} Child */

/**
 * Return an element of the page.
 * @param {string} tag its name, with classes after dots: `p.note.small`
 * @param {Record<string, any>} [attributes] `on...` are listeners, booleans stand or fall, the rest is set as it is
 * @param {...Child} children
 * @returns {any}
 */
export function h(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  return dress(document.createElement(name), classes, attributes, children);
}

/**
 * Return an element of a drawing.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function s(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  return dress(document.createElementNS(SVG, name), classes, attributes, children);
}

/**
 * Put new children in place of the old ones.
 * @param {Element} element
 * @param {...Child} children
 */
export function fill(element, ...children) {
  element.replaceChildren(...nodes(children));
}

/**
 * Return an id that nothing else on the page has.
 * @param {string} stem
 */
export function newId(stem) {
  count += 1;
  return `${stem}-${count}`;
}

/**
 * Return the address if it is one that a reader may safely follow, else nothing.
 * @param {string | undefined | null} address
 */
export function safeAddress(address) {
  return typeof address === "string" && /^https?:\/\//.test(address) ? address : undefined;
}

let count = 0;

function dress(element, classes, attributes, children) {
  if (classes.length) element.setAttribute("class", classes.join(" "));
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...nodes(children));
  return element;
}

function nodes(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (typeof child === "number" ? String(child) : child));
}
