/**
 * Talking to the server: plain errors, downloads, the stream of a run.
 */

import { lang, say } from "./words.js";

/** What the server refused or the network lost; `text` is ready to be read. */
export class Trouble extends Error {
  /**
   * @param {string} code `network` where nothing answered
   * @param {string} text
   * @param {{message?: string, text?: string}[]} [problems]
   */
  constructor(code, text, problems = []) {
    super(text);
    this.code = code;
    this.text = text;
    this.problems = problems;
  }
}

/**
 * Ask the server and return its JSON.
 * @param {string} path
 * @param {{method?: string, body?: any, type?: string, signal?: AbortSignal}} [options]
 */
export async function ask(path, options = {}) {
  const answer = await send(path, options);
  return answer.status === 204 ? null : answer.json();
}

/** Return what the server answers, or raise a Trouble with its own words. */
export async function send(path, { method = "GET", body, type = "application/json", signal } = {}) {
  const address = `${path}${path.includes("?") ? "&" : "?"}lang=${lang()}`;
  const headers = body === undefined ? {} : { "Content-Type": type };
  const content = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  let answer;
  try {
    answer = await fetch(address, { method, headers, body: content, signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Trouble("network", say("error.network"));
  }
  if (!answer.ok) throw await troubleOf(answer);
  return answer;
}

async function troubleOf(answer) {
  try {
    const { error } = await answer.json();
    return new Trouble(error.code, error.text, error.problems ?? []);
  } catch {
    return new Trouble(`http-${answer.status}`, say("error.server", { status: answer.status }));
  }
}

const EVENTS = ["queued", "began", "months", "pairs", "answer", "problems", "failed", "stopped"];
const LAST = new Set(["answer", "problems", "failed", "stopped"]);

/**
 * Listen to a run until its last event.
 *
 * A browser tries again by itself when a stream breaks; `lost` says so, and the server's next event says it is well.
 * @param {string} run
 * @param {(event: string, data: any) => void} heard
 * @param {(isOver: boolean) => void} lost called when the stream breaks; true when it will not come back by itself
 * @returns {() => void} stops listening
 */
export function listen(run, heard, lost) {
  const source = new EventSource(`/api/runs/${encodeURIComponent(run)}/events?lang=${lang()}`);
  let breaks = 0;
  for (const name of EVENTS) {
    source.addEventListener(name, (event) => {
      breaks = 0;
      if (LAST.has(name)) source.close();
      heard(name, parsed(event.data));
    });
  }
  source.addEventListener("error", () => {
    breaks += 1;
    // A server that is gone is asked three times, then the reader decides.
    const isOver = source.readyState === EventSource.CLOSED || breaks >= 3;
    if (isOver) source.close();
    lost(isOver);
  });
  return () => source.close();
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/**
 * Hand a file to the reader.
 * @param {Blob} blob
 * @param {string} name
 */
export function handOver(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/**
 * Copy a text, also where the page is not on a secure address and the browser has no clipboard for it.
 * @param {string} text
 * @returns {Promise<boolean>} whether it was copied
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("aria-hidden", "true");
    area.className = "unseen";
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    return isCopied;
  }
}
