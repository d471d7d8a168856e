/**
 * Share, take away and bring: the link, the files of a finished run, a scenario file.
 */

import { ask, handOver, send, Trouble } from "./api.js";
import { copyButton } from "./charts/figure.js";
import { fill, h } from "./dom.js";
import { announce } from "./live.js";
import { run } from "./running.js";
import { askFor, isCurrent, isEmpty, on, state, tell } from "./store.js";
import { say } from "./words.js";

const FILES = [
  ["data", "data.csv"],
  ["answer", "answer.json"],
  ["figures", "figures.zip"],
  ["report", "report.html"],
];
const LARGEST = 256_000;

/**
 * Draw the tools and keep them drawn.
 * @param {HTMLElement} place
 */
export function sharingPart(place) {
  const menu = h("details.menu", { onkeydown: (event) => { if (event.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); } } }, h("summary.button.small", {}, say("download.title")), h("ul.menu-list", {}));
  const input = h("input.unseen", { type: "file", id: "file", accept: ".yaml,.yml", tabindex: -1, "aria-label": say("upload.label"), onchange: () => { take(input.files?.[0]); input.value = ""; } });
  fill(place, copyButton("share.copy", () => location.href), menu, h("button.button.small", { type: "button", onclick: () => input.click() }, say("upload.title")), input);
  const draw = () => fill(menu.querySelector("ul"), lines());
  on(["answer", "asked", "progress"], draw);
  draw();
}

/** Let a scenario file be dropped anywhere on the page. */
export function dropAnywhere() {
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer?.files?.[0]);
  });
}

function lines() {
  const isReady = isCurrent() && state.progress.phase === "done";
  const line = (key, isOn, press) => h("li", {}, h("button.menu-item", { type: "button", disabled: !isOn, onclick: press }, say(`download.${key}`)));
  return [
    line("scenario", !isEmpty(state.asked), () => download("/api/scenario", "scenario.yaml", { method: "POST", body: state.asked })),
    ...FILES.map(([key, name]) => line(key, isReady, () => download(`/api/runs/${encodeURIComponent(state.answerRun)}/${name}`, name))),
    !isReady && h("li.note", {}, say("download.when")),
  ];
}

async function download(path, name, options) {
  announce(say("download.busy"));
  try {
    const answer = await send(path, options);
    handOver(await answer.blob(), name);
    announce(say("download.done", { name }));
  } catch (error) {
    complain(error);
  }
}

async function take(file) {
  if (!file) return;
  if (file.size > LARGEST) return complain(new Trouble("too-large", say("upload.large")));
  try {
    const read = await ask("/api/upload", { method: "POST", body: await file.text(), type: "application/yaml" });
    state.notes = read.notes ?? [];
    askFor({ reforms: read.asked.reforms ?? [], changes: read.asked.changes ?? [] });
    announce(say("upload.done", { name: file.name }));
    run();
  } catch (error) {
    complain(error);
  }
}

function complain(error) {
  state.trouble = error instanceof Trouble ? error : new Trouble("page", say("error.page"));
  tell("progress");
}
