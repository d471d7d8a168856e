/**
 * The page of lessons: the list, or one lesson with its steps and questions.
 */

import { ask, Trouble } from "./api.js";
import { copyButton } from "./charts/figure.js";
import { fill, h, safeAddress } from "./dom.js";
import { headerPart } from "./header.js";
import { build } from "./link.js";
import { questionCard } from "./lesson_question.js";
import { lang, preferred, say, speak } from "./words.js";

const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
let start = /** @type {any} */ (null);

/** Read what the address asks for; anything odd is as good as nothing. */
function address() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const [spoken, lesson] = [asked.get("l"), asked.get("lesson") ?? ""];
  return { lang: spoken === "en" || spoken === "zh" ? spoken : null, lesson: /^[a-z0-9-]{1,60}$/.test(lesson) ? lesson : "" };
}

async function draw() {
  const asked = address();
  speak(asked.lang ?? preferred());
  document.title = say("lessons.title");
  part("name").textContent = say("lessons.title");
  const switchTo = (other) => { location.hash = `l=${other}${asked.lesson ? `&lesson=${asked.lesson}` : ""}`; };
  headerPart(part("nav"), [["/", "lessons.explorer"], ["/room", "nav.room"]], switchTo);
  try {
    start ??= await ask("/api/start");
    if (asked.lesson) fill(part("lessons"), lessonPart(await ask(`/api/lessons/${asked.lesson}`)));
    else fill(part("lessons"), listPart(await ask("/api/lessons")));
  } catch (error) {
    const text = error instanceof Trouble ? error.text : say("error.page");
    fill(part("lessons"), h("div.warning", { role: "alert" }, h("p", {}, text), h("button.button", { type: "button", onclick: draw }, say("error.retry"))));
  }
}

function listPart({ lessons }) {
  const line = (one) => h("li", {}, h("a", { href: `#l=${lang()}&lesson=${one.id}` }, h("span.nr", {}, one.number), h("b", {}, one.title), h("span.note", {}, say("lessons.minutes", { n: one.minutes })), h("span.aim", {}, one.aim)));
  return [h("h1.finding", {}, say("lessons.title")), h("p.lead", {}, say("lessons.what")), h("ol.list", {}, lessons.map(line))];
}

function lessonPart(lesson) {
  const listed = (key) => lesson[key]?.length > 0 && [h("h2", {}, say(`lessons.${key}`)), h("ul", {}, lesson[key].map((text) => h("li", {}, text)))];
  return h(
    "article.lesson",
    {},
    h("p", {}, h("a", { href: `#l=${lang()}` }, `← ${say("lessons.all")}`)),
    h("p.note", {}, `${say("lessons.number", { n: lesson.number })} · ${say("lessons.minutes", { n: lesson.minutes })}`),
    h("h1.finding", {}, lesson.title),
    h("p.lead", {}, lesson.aim),
    lesson.story.map((text) => h("p.story", {}, text)),
    lesson.how?.length > 0 && [h("h2", {}, say("lessons.how")), lesson.how.map((text) => h("p.story", {}, text))],
    h("h2", {}, say("lessons.steps")),
    h("ol.todo", {}, lesson.steps.map((step) => stepLine(step, lesson.id))),
    h("h2", {}, say("lessons.questions")),
    lesson.questions.map((question) => questionCard(lesson.id, question)),
    listed("notice"),
    listed("try"),
    listed("misleads"),
    listed("extending"),
    lesson.reading?.length > 0 && [h("h2", {}, say("lessons.reading")), h("ul", {}, lesson.reading.map(readingLine))],
  );
}

function stepLine(step, id) {
  const asked = step.asked && { ...start.defaults, reforms: [], changes: [], ...step.asked };
  const link = asked && `/${build(asked, start.defaults, start.version, lang())}&lesson=${id}`;
  return h(
    "li",
    {},
    h("div", {}, step.text),
    link && h("a.button.small", { href: link }, say("lessons.open")),
    step.file && h("details", {}, h("summary", {}, say("lessons.file", { name: step.file.name })), h("pre", { tabindex: 0 }, step.file.text), copyButton("lessons.copy", step.file.text)),
    step.command && h("details", {}, h("summary", {}, say("lessons.command")), h("pre", { tabindex: 0 }, step.command), copyButton("copy.command", step.command)),
  );
}

/** Return one thing to read; the number of its fact in the brackets is for those who keep the collection. */
function readingLine(one) {
  const text = one.text.replace(/\s*\[[A-Z0-9-]+\]$/, "");
  const address = safeAddress(one.url);
  return h("li", {}, address ? h("a", { href: address, rel: "noreferrer noopener", target: "_blank" }, text) : text);
}

addEventListener("hashchange", async () => {
  await draw();
  part("lessons").focus();
});
draw();
