/** The page of a group: join, design under the budget, hand in, see what came of it. */

import { begin, board, call, debriefed, doing, field, h, lang, millions, number, rules, s, say, table, tell, watch } from "./rooms.js";

const main = document.getElementById("main");
const START = "2027-01";
let code = (new URLSearchParams(location.hash.slice(1)).get("code") ?? "").toUpperCase();
let stop = () => {};
let room = null;
let key = "";
let menu = null;
let start = null;
let shown = null;
let timer = 0;
let asking = 0;
const design = { reforms: new Set(), changes: new Map() };

begin("room", enter);
addEventListener("hashchange", () => {
  const next = (new URLSearchParams(location.hash.slice(1)).get("code") ?? "").toUpperCase();
  if (next && next !== code) { code = next; enter(); }
});

async function enter() {
  stop();
  [room, menu, shown] = [null, null, null];
  if (!/^[A-Z]{6}$/.test(code)) return showJoin();
  try {
    const view = await call(`/api/rooms/${code}`);
    if (!view.own) return showJoin(view);
    take(view.own.draft ?? view.own.submission);
    [menu, start] = await Promise.all([call(`/api/rooms/menu?room=${code}`), call("/api/start").catch(() => null)]);
    stop = watch(code, heard);
  } catch (error) {
    showJoin();
    tell(error.message);
  }
}

function take(asked) {
  design.reforms = new Set(asked?.reforms ?? []);
  design.changes = new Map((asked?.changes ?? []).map((one) => [one.path, one.set]));
}

function question() {
  return { reforms: [...design.reforms], changes: [...design.changes].map(([path, set]) => ({ path, from: START, set })) };
}

function showJoin(view) {
  const codeInput = h("input", { name: "code", value: code, maxlength: "6", required: true, autocomplete: "off", autocapitalize: "characters", spellcheck: "false" });
  const name = h("input", { name: "name", maxlength: "32", required: true, autocomplete: "off" });
  const keyInput = h("input", { name: "key", maxlength: "40", autocomplete: "off", spellcheck: "false" });
  const join = doing(async () => {
    code = codeInput.value.trim().toUpperCase();
    ({ key } = await call(`/api/rooms/${encodeURIComponent(code)}/join`, { method: "POST", body: { name: name.value, key: keyInput.value.trim() } }));
    history.replaceState(null, "", `#code=${code}`);
    await enter();
  });
  main.replaceChildren(h("form", { class: "card", onsubmit: join }, view && h("h2", {}, view.title), field("code", codeInput), field("team", name, say("teamHint")),
    h("details", {}, h("summary", {}, say("haveKey")), field("key", keyInput)), h("p", {}, h("button", { class: "button primary", type: "submit" }, say("join")))));
  (code ? name : codeInput).focus();
}

function heard(view) {
  room = view;
  if (!view.own) { stop(); showJoin(view); return; }
  // Anew only where something else is to be seen: what is being typed stays.
  const next = view.state === "revealed" && view.progress.shared === view.progress.to_share ? "shared" : view.state;
  if (next !== shown) {
    shown = next;
    if (view.state === "open") showDesign();
    else showWaiting();
  }
  refresh();
}

function head() {
  return h("section", { class: "card" }, h("h2", {}, `${room.title} · ${room.own.name}`), h("p", { id: "state" }), key && h("p", {}, say("ownKey"), " ", h("code", { id: "key" }, key)));
}

function refresh() {
  const { state, progress, own } = room;
  const [done, of] = [progress.scored, progress.to_score];
  const told = state === "evaluating" ? say("progress", { done, of }) : "";
  document.getElementById("state")?.replaceChildren(h("span", { class: "chip" }, say(state)), told);
  const handed = document.getElementById("handed");
  if (!handed) return;
  const isSame = own.submission && JSON.stringify(normal(own.submission)) === JSON.stringify(normal(question()));
  handed.textContent = own.submission ? `${say("handedIn", { price: millions(own.price) })} ${isSame ? "" : say("changed")}` : say("notHandedIn");
  document.getElementById("withdraw").hidden = !own.submission;
}

function normal(asked) {
  return [[...asked.reforms].sort(), asked.changes.map((one) => [one.path, one.set]).sort()];
}

function showDesign() {
  const rows = menu.measures.map(measureRow);
  const search = h("input", { type: "search", id: "search", oninput: () => {
    const wanted = search.value.trim().toLowerCase();
    for (const [place, row] of rows.entries()) row.hidden = !`${menu.measures[place].title} ${menu.measures[place].id}`.toLowerCase().includes(wanted);
  } });
  const buttons = h("p", { class: "row" }, h("button", { class: "button primary", type: "button", id: "submit", disabled: true, onclick: doing(submit) }, say("submit")),
    h("button", { class: "button", type: "button", id: "withdraw", hidden: true, onclick: doing(() => call(`/api/rooms/${code}/submission`, { method: "DELETE" })) }, say("withdraw")),
    h("a", { id: "explore", href: "/", target: "_blank", rel: "noopener" }, say("explore")));
  main.replaceChildren(head(), h("div", { class: "pair" },
    h("section", { class: "card" }, h("h2", {}, say("measures")), field("search", search), h("ul", { class: "rooms-measures", tabindex: "0", "aria-label": say("measures") }, rows), levers()),
    h("section", { class: "card" }, h("h2", {}, say("budget")), h("div", { id: "price", "aria-live": "polite" }), h("p", { id: "problem", class: "warning", hidden: true }), buttons, h("p", { id: "handed" }), h("p", { class: "quiet" }, menu.text))),
    rules(room));
  priceSoon();
}

function measureRow(one) {
  const box = h("input", { type: "checkbox", name: one.id, onchange: () => {
    if (box.checked) design.reforms.add(one.id); else design.reforms.delete(one.id);
    priceSoon();
  } });
  box.checked = design.reforms.has(one.id);
  return h("li", {}, h("label", { title: lang() === "en" ? one.why : null }, box, h("span", {}, one.title), h("span", { class: "price" }, millions(one.price))));
}

function levers() {
  const known = Object.entries(start?.levers ?? {}).filter(([, one]) => one.is_featured && typeof one.today === "number");
  if (!known.length) return null;
  const chosen = h("select", { name: "lever" }, known.map(([path, one]) => h("option", { value: path }, `${one.label} (${say("today")}: ${one.today_text})`)));
  const value = h("input", { name: "value", type: "number", step: "any" });
  const hint = h("small", {});
  const describe = () => {
    const one = start.levers[chosen.value];
    const [low, high] = (one.plausible ?? [one.low, one.high]).map((end) => shownOf(one, end));
    hint.textContent = `${say("plausible")}: ${low} – ${high} ${one.kind === "share" ? "%" : one.unit}`;
    value.value = String(shownOf(one, one.today));
  };
  chosen.addEventListener("change", describe);
  describe();
  const list = h("ul", { id: "moved" });
  const add = () => { if (value.value !== "") { design.changes.set(chosen.value, Number((Number(value.value) / factorOf(start.levers[chosen.value])).toFixed(9))); moved(list); priceSoon(); } };
  moved(list);
  return h("div", {}, h("h3", {}, say("levers")), field("lever", chosen), field("value", value, hint), h("button", { class: "button", type: "button", onclick: add }, say("add")), list);
}

/** Return by what a lever's value is multiplied to be read: shares are typed and told in percent. */
function factorOf(lever) {
  return lever?.kind === "share" ? 100 : 1;
}

function shownOf(lever, value) {
  return Number((value * factorOf(lever)).toFixed(7));
}

function leverText(lever, value) {
  const shown = shownOf(lever, value);
  return `${number(shown, shown % 1 ? 2 : 0)}${lever?.kind === "share" ? "%" : ` ${lever?.unit ?? ""}`}`;
}

function moved(list) {
  list.replaceChildren(...[...design.changes].map(([path, set]) => h("li", {}, `${start.levers[path]?.label ?? path}: ${leverText(start.levers[path], set)} `,
    h("button", { class: "button", type: "button", onclick: () => { design.changes.delete(path); moved(list); priceSoon(); } }, `${say("remove")}`))));
}

function priceSoon() {
  clearTimeout(timer);
  timer = setTimeout(price, 200);
  link();
}

async function price() {
  asking += 1;
  const mine = asking;
  const asked = question();
  const problem = document.getElementById("problem");
  let found = { parts: [], coordination: 0, total: 0 };
  let trouble = "";
  try {
    if (asked.reforms.length + asked.changes.length) {
      found = await call("/api/rooms/price", { method: "POST", body: { ...asked, room: code } });
      // Kept so that a closed lid loses nothing.
      await call(`/api/rooms/${code}/draft`, { method: "PUT", body: asked });
    }
  } catch (error) { trouble = error.message; }
  // An answer that a newer question overtook says nothing any more.
  if (mine !== asking || !problem.isConnected) return;
  problem.hidden = !trouble;
  problem.textContent = trouble;
  if (!trouble) draw(found);
}

function draw(found) {
  const { budget } = room.settings;
  const [share, over] = [Math.min(1, found.total / budget), found.total - budget];
  const told = over > 0 ? say("over", { over: millions(over) }) : say("spent", { spent: millions(found.total), budget: millions(budget) });
  const bar = s("svg", { class: "rooms-bar", viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" },
    s("rect", { class: "all", x: 0, y: 0, width: 100, height: 6 }), s("rect", { class: over > 0 ? "over" : "spent", x: 0, y: 0, width: 100 * share, height: 6 }));
  const rows = found.parts.map((one) => [one.title, millions(one.price)]);
  document.getElementById("price").replaceChildren(bar, h("p", { class: over > 0 ? "warning" : "finding" }, told),
    table([say("measure"), say("million")], [...rows, [say("acting"), millions(found.coordination)], [say("total"), millions(found.total)]]));
  document.getElementById("submit").disabled = over > 0 || !found.parts.length;
  refresh();
}

function link() {
  const { reforms, changes } = question();
  const parts = ["v=1", reforms.length && `r=${reforms.join(",")}`, changes.length && `c=${changes.map((one) => `${one.path}@${one.from}=${one.set}`).join(",")}`, `u=${room.settings.until}`, `l=${lang()}`];
  document.getElementById("explore").setAttribute("href", `/#${parts.filter(Boolean).join("&")}`);
}

async function submit() {
  await call(`/api/rooms/${code}/submission`, { method: "PUT", body: question() });
}

async function showWaiting() {
  const place = h("div", {});
  main.replaceChildren(head(), place, h("section", { class: "card" }, h("h2", {}, say("groups")), table([say("name"), say("state")], room.groups.map((one) => [one.name, say(one.has_submitted ? "yes" : "no")]), false)), rules(room));
  if (room.state !== "revealed") return;
  place.append(board(room.board));
  const told = await call(`/api/rooms/${code}/debrief`);
  place.append(debriefed(told, room.own.id));
}
