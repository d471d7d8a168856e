/**
 * Tabs: arrow keys move between them, one panel is shown.
 */

import { fill, h } from "./dom.js";

/**
 * Return a row of tabs with its panel.
 * @param {{id: string, label: string}[]} tabs
 * @param {string} label what the row is for
 * @param {(id: string) => void} chosen
 */
export function tabRow(tabs, label, chosen) {
  const panel = h("div.panel", { role: "tabpanel", id: "panel", tabindex: 0 });
  const buttons = tabs.map((tab) =>
    h("button.tab", { type: "button", role: "tab", id: `tab-${tab.id}`, "aria-controls": "panel", onclick: () => choose(tab.id, true) }, tab.label),
  );
  const list = h("div.tabs", { role: "tablist", "aria-label": label, onkeydown: move }, buttons);

  function choose(id, isByHand = false) {
    tabs.forEach((tab, place) => {
      const isOn = tab.id === id;
      buttons[place].setAttribute("aria-selected", String(isOn));
      buttons[place].tabIndex = isOn ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", `tab-${id}`);
    if (isByHand) chosen(id);
  }

  function move(event) {
    const now = buttons.indexOf(document.activeElement);
    const steps = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: tabs.length - 1 };
    if (now < 0 || !(event.key in steps)) return;
    event.preventDefault();
    const next = (steps[event.key] + tabs.length) % tabs.length;
    buttons[next].focus();
    choose(tabs[next].id, true);
  }

  return { list, panel, choose, show: (...children) => fill(panel, ...children) };
}
