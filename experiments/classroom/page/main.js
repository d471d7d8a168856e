/**
 * The page: read the address, ask what can be asked, draw, and run what a link asks.
 */

import { answerPart } from "./answer.js";
import { ask, Trouble } from "./api.js";
import { fill, h } from "./dom.js";
import { guessAtOnce } from "./guess.js";
import { headerPart } from "./header.js";
import { build, parse } from "./link.js";
import { chosenPart, questionPart } from "./question.js";
import { runBar } from "./runbar.js";
import { run, runWhenStill } from "./running.js";
import { dropAnywhere, sharingPart } from "./sharing.js";
import { forget, isEmpty, on, state } from "./store.js";
import { lang, preferred, say, speak } from "./words.js";

const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
let redrawQuestion = () => {};
let written = "";

/** Draw the whole page in the language on screen. */
function draw() {
  document.title = say("title");
  part("name").textContent = say("title");
  part("skip").textContent = say("skip");
  // The address after # is the question: jumping to the answer must not change it.
  part("skip").onclick = (event) => {
    event.preventDefault();
    part("answer").focus();
  };
  part("rail").setAttribute("aria-label", say("question.title"));
  part("answer").setAttribute("aria-label", say("answer.label"));
  headerPart(part("nav"), [["/lessons", "nav.lessons"], ["/room", "nav.room"]], speakAnew);
  sharingPart(part("tools"));
  redrawQuestion = questionPart(part("question"));
  chosenPart(part("chosen"));
  runBar(part("runbar"));
  answerPart(part("answer"));
  lessonLine();
}

/** Show the way back to the lesson that a link came from. */
function lessonLine() {
  const place = part("lesson");
  place.hidden = !state.lesson;
  if (state.lesson) fill(place, h("a", { href: `/lessons#l=${lang()}&lesson=${state.lesson}` }, say("lesson.back")));
}

/** Take a question out of the address; return whether it asks for a run. */
function takeLink() {
  const read = parse(location.hash, state.start.defaults);
  const unknown = read.asked.changes.filter((change) => !state.start.levers[change.path]).map((change) => change.path);
  unknown.push(...read.asked.reforms.filter((id) => !state.start.presets.some((preset) => preset.id === id)));
  read.asked.changes = read.asked.changes.filter((change) => state.start.levers[change.path]);
  read.asked.reforms = read.asked.reforms.filter((id) => !unknown.includes(id));
  state.asked = read.asked;
  state.lesson = read.lesson || state.lesson;
  state.notes = [];
  const lost = [...read.dropped, ...unknown];
  if (lost.length) state.notes.push(say("link.dropped", { what: lost.join(say("semicolon")) }));
  if (read.version && read.version !== state.start.version) state.notes.push(say("link.older", { then: read.version, now: state.start.version }));
  return read.isQuestion && !isEmpty(state.asked);
}

function writeLink() {
  written = build(state.asked, state.start.defaults, state.start.version, lang());
  if (written !== location.hash) history.replaceState(null, "", written);
}

async function speakAnew(wanted) {
  speak(wanted);
  await begin(false);
  part("language")?.focus();
}

/**
 * Ask the server what can be asked, and draw.
 * @param {boolean} isFirst whether the question is in the address or on screen
 */
async function begin(isFirst) {
  try {
    state.start = await ask("/api/start");
    state.start.defaults = { schema: "talentflow.asked/1", ...state.start.defaults, reforms: [], changes: [] };
  } catch (error) {
    return showNoStart(error);
  }
  forget();
  // The server's sentences are in one language: in another they are asked for anew (the run itself is kept by the server).
  const wantsRun = isFirst ? takeLink() : !isEmpty(state.asked);
  state.asked = { ...state.asked, lang: lang() };
  on(["asked"], () => { redrawQuestion(); writeLink(); });
  runWhenStill();
  if (!isFirst) writeLink();
  draw();
  guessAtOnce();
  if (wantsRun) run();
}

function showNoStart(error) {
  const text = error instanceof Trouble ? error.text : say("error.page");
  fill(part("answer"), h("div.warning.trouble", { role: "alert" }, h("p", {}, text), h("button.button", { type: "button", onclick: () => begin(true) }, say("error.retry"))));
}

speak(parse(location.hash, /** @type {any} */ ({})).lang ?? preferred());
dropAnywhere();
addEventListener("hashchange", () => {
  if (location.hash === written || !state.start) return;
  const read = parse(location.hash, state.start.defaults);
  if (read.lang && read.lang !== lang()) speak(read.lang);
  begin(true);
});
begin(true);
