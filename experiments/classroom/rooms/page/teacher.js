/** The teacher's page: make a room, see its groups, close, evaluate, reveal, debrief. */

import { begin, board, call, debriefed, doing, field, h, lang, millions, number, rules, say, table, tell, watch } from "./rooms.js";

const main = document.getElementById("main");
const NUMBERS = [["budget", 3000], ["pairs", 12], ["scale", 5000], ["groups", 12]];
const WEIGHTS = [["people", 1], ["cost", 2], ["spread", 0.5], ["fairness", 0.25]];
let code = new URLSearchParams(location.hash.slice(1)).get("room") ?? "";
let token = "";
let stop = () => {};

takeToken();
begin("teacher", enter);
addEventListener("hashchange", () => { if (takeToken()) enter(); });

/** Take the token out of the link that the classroom printed, and out of the address: who looks on must not read it. */
function takeToken() {
  const asked = new URLSearchParams(location.hash.slice(1));
  token = asked.get("token") ?? "";
  if (!token) return false;
  asked.delete("token");
  history.replaceState(null, "", `${location.pathname}#${asked}`);
  return true;
}

async function enter() {
  stop();
  const [given, refused] = [token, []];
  token = "";
  if (given) await call("/api/teacher", { method: "POST", body: { token: given } }).catch((error) => refused.push(error.message));
  const { is_teacher: isTeacher } = await call("/api/teacher").catch(() => ({ is_teacher: false }));
  if (!isTeacher) { showToken(); tell(refused.join(" ")); }
  else if (code) showRoom();
  else await showRooms();
}

function showToken() {
  const box = h("input", { type: "password", name: "token", required: true, autocomplete: "off" });
  const enterWith = doing(async () => { await call("/api/teacher", { method: "POST", body: { token: box.value.trim() } }); await enter(); });
  main.replaceChildren(h("form", { class: "card", onsubmit: enterWith }, field("token", box, say("tokenHint")), h("button", { class: "button primary", type: "submit" }, say("enter"))));
  box.focus();
}

function go(next) {
  code = next;
  history.replaceState(null, "", next ? `#room=${next}` : "#");
  enter();
}

async function showRooms() {
  const { rooms } = await call("/api/teacher/rooms");
  const rows = rooms.map((one) => [h("button", { class: "button", type: "button", onclick: () => go(one.code) }, one.title), one.code, say(one.state)]);
  main.replaceChildren(makeForm(), h("section", { class: "card" }, h("h2", {}, say("rooms")), rows.length ? table([say("title"), say("code"), say("state")], rows, false) : h("p", {}, say("none")), h("p", { class: "quiet" }, say("kept"))),
    h("p", {}, h("button", { class: "button", type: "button", onclick: doing(async () => { await call("/api/teacher", { method: "DELETE" }); await enter(); }) }, say("leave"))));
}

function makeForm() {
  const title = h("input", { name: "title", maxlength: "80", required: true, value: lang() === "zh" ? "人才政策课" : "Talent policy class" });
  const until = h("input", { name: "until", type: "number", min: "2028", max: "2050", step: "1", value: "2035" });
  const inputs = Object.fromEntries(NUMBERS.map(([name, value]) => [name, h("input", { name, type: "number", min: "1", step: "1", value: String(value) })]));
  const weights = Object.fromEntries(WEIGHTS.map(([name, value]) => [name, h("input", { name: `w-${name}`, type: "number", min: "0", max: "100", step: "any", value: String(value) })]));
  const make = doing(async () => {
    const values = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, Number(input.value)]));
    const body = { title: title.value, lang: lang(), ...values, budget: values.budget * 1e6, until: `${until.value}-12`, weights: Object.fromEntries(Object.entries(weights).map(([name, input]) => [name, Number(input.value)])) };
    go((await call("/api/teacher/rooms", { method: "POST", body })).code);
  });
  const label = { budget: ["budget", say("million")], pairs: ["pairs"], scale: ["scale"], groups: ["most"] };
  const weightLabel = { people: "wPeople", cost: "wCost", spread: "wSpread", fairness: "wFairness" };
  return h("form", { class: "card", onsubmit: make }, h("h2", {}, say("make")), field("title", title),
    h("div", { class: "pair" }, NUMBERS.map(([name]) => field(label[name][0], inputs[name], label[name][1])), field("until", until)),
    h("details", {}, h("summary", {}, say("weights")), h("div", { class: "pair" }, WEIGHTS.map(([name]) => field(weightLabel[name], weights[name])))),
    h("button", { class: "button primary", type: "submit" }, say("make")));
}

function showRoom() {
  const address = `${location.origin}/room#code=${code}`;
  const [groups, steps, results] = [h("div", {}), h("div", {}), h("div", {})];
  const [title, ruled] = [h("h2", {}), h("div", {})];
  const qr = h("img", { class: "rooms-qr", alt: say("qr"), src: `/qr.svg?path=${encodeURIComponent(`/room#code=${code}`)}`, onerror: () => qr.remove() });
  const joining = h("section", { class: "card" }, title, h("div", { class: "rooms-join" }, h("div", {}, h("p", { class: "quiet" }, say("code")), h("p", { class: "rooms-code" }, code), h("p", { class: "rooms-address" }, say("address"), ": ", h("a", { href: address }, address))), qr));
  main.replaceChildren(
    h("p", {}, h("button", { class: "button", type: "button", onclick: () => go("") }, say("back"))),
    joining,
    h("section", { class: "card" }, h("h2", {}, say("groups")), groups, steps), results, pasteForm(), ruled,
    h("p", {}, h("button", { class: "button", type: "button", onclick: doing(remove) }, say("delete"))));
  let told = "";
  stop = watch(code, (room) => {
    title.textContent = room.title;
    // Large as long as groups join; afterwards the results are what is projected.
    joining.classList.toggle("rooms-over", room.state !== "open");
    groups.replaceChildren(groupTable(room));
    steps.replaceChildren(...stepsOf(room));
    const state = JSON.stringify([room.state, room.progress.shared === room.progress.to_share]);
    if (state === told) return;
    told = state;
    ruled.replaceChildren(rules(room));
    showResults(room, results);
  });
}

function groupTable(room) {
  const mayRemove = ["open", "closed"].includes(room.state);
  const rows = room.groups.map((one) => [one.name, say(one.has_submitted ? "yes" : "no"), one.has_submitted ? millions(one.price) : "–",
    mayRemove ? h("button", { class: "button", type: "button", "aria-label": `${say("remove")}: ${one.name}`, onclick: doing(() => call(`/api/teacher/rooms/${code}/groups/${one.id}`, { method: "DELETE" })) }, say("remove")) : ""]);
  return table([say("name"), say("state"), say("price"), say("remove")], rows, false);
}

function stepsOf(room) {
  const to = (state) => doing(() => call(`/api/teacher/rooms/${code}/state`, { method: "POST", body: { to: state } }));
  const step = (key, state, isMain = false, disabled = false) => h("button", { class: isMain ? "button primary" : "button", type: "button", "data-to": state, disabled, onclick: to(state) }, say(key));
  const { scored, to_score: toScore, shared, to_share: toShare } = room.progress;
  const failed = Object.keys(room.failures ?? {});
  const buttons = {
    open: [step("close", "closed", true)],
    closed: [step("evaluate", "evaluating", true, !room.groups.some((one) => one.has_submitted)), step("reopen", "open")],
    evaluating: [step("reveal", "revealed", true, !toScore || scored < toScore), failed.length > 0 && step("retry", "evaluating")],
    revealed: [],
  }[room.state].filter(Boolean);
  const lines = ["evaluating", "revealed"].includes(room.state) ? [`${say("progress", { done: number(scored), of: number(toScore) })} `, toShare > 0 && say("shares", { done: shared, of: toShare })].filter(Boolean) : [];
  return [h("p", {}, h("span", { class: "chip" }, say(room.state)), lines), failed.length > 0 && h("p", { class: "warning" }, `${say("failures")}: ${failed.length}. ${Object.values(room.failures)[0]}`), h("p", { class: "row" }, buttons)].filter(Boolean);
}

async function showResults(room, place) {
  if (room.state !== "revealed") { place.replaceChildren(); return; }
  const told = await call(`/api/rooms/${code}/debrief`);
  const file = (kind) => `/api/teacher/rooms/${code}/debrief.${kind}?lang=${lang()}`;
  place.replaceChildren(board(room.board), h("p", { class: "row" }, h("a", { href: file("html"), download: true }, say("exportPage")), h("a", { href: file("json"), download: true }, say("exportJson"))), h("h2", {}, say("debrief")), debriefed(told, null));
}

function pasteForm() {
  const [name, link] = [h("input", { name: "name", maxlength: "32", required: true, autocomplete: "off" }), h("input", { name: "link", maxlength: "4000", required: true, autocomplete: "off" })];
  const takeIn = doing(async () => {
    await call(`/api/teacher/rooms/${code}/groups`, { method: "POST", body: { name: name.value, link: link.value } });
    name.value = link.value = "";
  });
  return h("details", { class: "card" }, h("summary", {}, say("paste")), h("form", { onsubmit: takeIn }, field("team", name), field("link", link), h("button", { class: "button", type: "submit" }, say("takeIn"))));
}

async function remove() {
  if (!confirm(say("sure"))) return;
  await call(`/api/teacher/rooms/${code}`, { method: "DELETE" });
  go("");
}
