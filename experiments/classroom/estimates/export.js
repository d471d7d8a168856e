// The page that opens from disk: choices in, an estimate out. `load` and `estimateOf` stand above.

const held = JSON.parse(document.getElementById("held").textContent);
const chosen = new Set();
const moved = new Map();
const SVG = "http://www.w3.org/2000/svg";
const DATES = ["2035-12", "2040-12"];
load(held.estimates);

const lang = () => document.documentElement.dataset.lang;
const inLang = (texts) => texts[lang() === "zh" ? 1 : 0];

function say(key, values = {}) {
  return inLang(held.words[key]).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function inBoth(texts) {
  return ["en", "zh"].map((one, place) =>
    node("span", { class: `in-${one}`, lang: one === "zh" ? "zh-Hans" : "en" }, texts[place]),
  );
}

// Two digits of the noise are kept, as in every result of the model.
function rounded(value, noise) {
  const step = noise > 0 ? 10 ** (Math.floor(Math.log10(noise)) - 1) : 0;
  const digits = step ? Math.min(8, Math.max(0, -Math.floor(Math.log10(step) + 1e-9))) : undefined;
  const near = step ? Math.round(value / step) * step : value;
  const form = step ? { minimumFractionDigits: digits, maximumFractionDigits: digits } : { maximumSignificantDigits: 4 };
  return near.toLocaleString("en", form).replace(/^-(?=[0.,]*$)/, "").replace("-", "−");
}

function signed(value, noise) {
  const text = rounded(value, noise);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

function asked() {
  const changes = [...moved].map(([path, set]) => ({ path, from: held.estimates.start, set }));
  return { reforms: [...chosen], changes, lang: lang() };
}

function buildChoices() {
  const box = document.getElementById("choices");
  for (const family of ["packages", "legal", "management", "services", "environment", "other"]) {
    const grid = node("div", { class: "grid" });
    for (const preset of held.presets.filter((one) => one.family === family)) {
      const input = node("input", { type: "checkbox", id: `choose-${preset.id}`, autocomplete: "off" });
      input.addEventListener("change", () => {
        if (input.checked) chosen.add(preset.id);
        else chosen.delete(preset.id);
        show();
      });
      grid.append(node("div", { class: "choice" }, input, node("label", { for: input.id }, ...inBoth(preset.title))));
    }
    box.append(node("details", family === "packages" ? { open: "" } : {}, summary(family), grid));
  }
}

function summary(family) {
  return node("summary", {}, ...inBoth(held.words[`family_${family}`]));
}

function buildLevers() {
  const box = document.getElementById("levers");
  for (const family of new Set(held.estimates.levers.map((lever) => lever.family))) {
    const own = held.estimates.levers.filter((lever) => lever.family === family);
    box.append(node("details", {}, summary(family), node("div", { class: "grid" }, ...own.map(leverField))));
  }
}

function leverField(lever) {
  const words = held.levers[lever.path];
  const id = `lever-${lever.path.replaceAll(".", "-")}`;
  const span = lever.high - lever.low;
  const step = lever.is_whole || lever.is_switch || span >= 10 ? 1 : span <= 1 ? 0.01 : 0.1;
  const input = lever.is_switch
    ? node("input", { type: "checkbox", id, autocomplete: "off" })
    : node("input", { type: "range", id, min: lever.low, max: lever.high, step, autocomplete: "off" });
  if (lever.is_switch) input.checked = lever.today === 1;
  else input.value = lever.today;
  input.dataset.path = lever.path;
  input.addEventListener("input", () => {
    const value = lever.is_switch ? Number(input.checked) : Number(input.value);
    if (value === lever.today) moved.delete(lever.path);
    else moved.set(lever.path, value);
    show();
  });
  const label = node("label", { for: id }, ...inBoth(words.label));
  const output = node("output", { for: id, "data-of": lever.path });
  return node("div", { class: "field" }, label, input, output);
}

function showLevers() {
  for (const lever of held.estimates.levers) {
    const words = held.levers[lever.path];
    const told = (value) => {
      if (lever.is_switch) return say(value ? "on" : "off");
      if (words.is_share) return `${rounded(100 * value, 0)}%`;
      return `${rounded(value, 0)} ${inLang(words.unit)}`.trim();
    };
    const value = moved.get(lever.path) ?? lever.today;
    const today = say("today", { value: told(lever.today) });
    document.querySelector(`output[data-of="${lever.path}"]`).textContent =
      value === lever.today ? today : `${told(value)} (${today})`;
  }
}

function show() {
  const estimate = estimateOf(asked());
  const headline = estimate.outcomes["stock@2040-12"];
  showLevers();
  showChip(estimate);
  document.getElementById("finding").textContent = finding(estimate, headline);
  document.getElementById("chart").replaceChildren(chart(estimate));
  const told = held.outcomes.filter((outcome) => DATES.some((date) => isTold(`${outcome.id}@${date}`, estimate)));
  document.getElementById("rows").replaceChildren(...told.map((outcome) => row(outcome, estimate)));
  showPoor();
  document.getElementById("fragment").textContent = fragment();
}

function isTold(key, estimate) {
  return estimate.isOn ? key in estimate.outcomes : held.estimates.outcomes[key].is_on;
}

function showChip(estimate) {
  const chip = document.getElementById("chip");
  const isExact = estimate.kind === "preset";
  const n = held.estimates.settings.pairs_of_presets;
  chip.className = isExact ? "chip exact" : "chip";
  chip.textContent = estimate.isOn ? say(isExact ? "chip_exact" : "chip_estimate", { n }) : say("chip_none");
}

function finding(estimate, headline) {
  if (!estimate.isOn) {
    if (estimate.code === "nothing") return say("nothing");
    const about = held.levers[estimate.path]?.label;
    return say("no_estimate", { why: estimate.why + (about ? ` (${inLang(about)})` : "") });
  }
  if (!headline) return say("stock_poor");
  const { difference, error, isExact } = headline;
  if (!headline.isClear) return say(isExact ? "no_effect" : "too_small", { size: bound(headline) });
  const size = rounded(Math.abs(difference), error);
  const told = say(difference > 0 ? "adds" : "removes", { size });
  const ends = [headline.low, headline.high].map(Math.abs).sort((one, other) => one - other);
  const [low, high] = ends.map((end) => rounded(end, error));
  return told + say(isExact ? "simulated_in" : "wrong_by", { error: rounded(error, error), low, high });
}

// Rounded up to two digits, as a bound that nothing exceeds.
function bound({ error, low, high, isExact }) {
  const size = isExact ? Math.max(-low, high) : 2 * error;
  const step = 10 ** (Math.floor(Math.log10(size)) - 1);
  return rounded(Math.ceil(size / step - 1e-9) * step, size);
}

function row(outcome, estimate) {
  const cells = DATES.map((date) => node("td", {}, cell(outcome, estimate, `${outcome.id}@${date}`)));
  const level = held.estimates.baseline[`${outcome.id}@2040-12`];
  const unit = outcome.is_share ? "%" : inLang(outcome.unit);
  const before = level === null ? "–" : `${rounded(inLang(outcome.factor) * level, Math.abs(inLang(outcome.factor) * level) / 10)}${outcome.is_share ? "" : " "}${unit}`;
  return node("tr", {}, node("th", { scope: "row" }, inLang(outcome.label)), node("td", {}, before), ...cells);
}

function cell(outcome, estimate, key) {
  if (!estimate.isOn) return "–";
  const one = estimate.outcomes[key];
  if (!one) return say("not_told");
  const factor = inLang(outcome.factor);
  const noise = one.error * factor;
  const text = signed(one.difference * factor, noise);
  return noise > 0 ? `${text} ± ${rounded(noise, noise)}` : text;
}

function showPoor() {
  const poor = held.outcomes.filter((one) => !held.estimates.outcomes[`${one.id}@2040-12`].is_on);
  const names = poor.map((one) => inLang(one.label)).join(lang() === "zh" ? "；" : "; ");
  document.getElementById("poor").textContent = poor.length ? say("poor_are", { names }) : "";
}

// As the classroom reads it: only what differs from its defaults.
function fragment() {
  const parts = ["v=1"];
  if (chosen.size) parts.push(`r=${[...chosen].join(",")}`);
  const changes = [...moved].map(([path, value]) => `${path}@${held.estimates.start}=${value}`);
  if (changes.length) parts.push(`c=${changes.join(",")}`);
  if (lang() !== "en") parts.push(`l=${lang()}`);
  return `#${parts.join("&")}`;
}

function drawn(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function chart(estimate) {
  const { dates, baseline } = held.estimates.series;
  const width = Math.max(280, Math.min(640, document.getElementById("chart").clientWidth));
  const [height, left, right, top, bottom] = [300, 64, 20, 24, 30];
  const dots = estimate.series ? [] : DATES.map((date) => dotOf(date, estimate)).filter((one) => one);
  const values = [...baseline, ...(estimate.series?.reform ?? []), ...dots.map((one) => one.value + one.reach)];
  const most = niceTop(Math.max(...values));
  const x = (place) => left + (place * (width - left - right)) / (dates.length - 1);
  const y = (value) => top + (1 - value / most) * (height - top - bottom);
  const line = (series) => series.map((value, place) => `${x(place).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const picture = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": described(estimate, dots) });
  for (const share of [0, 0.5, 1]) {
    const text = drawn("text", { x: left - 8, y: y(share * most) + 4, "text-anchor": "end" }, rounded(share * most, 0));
    picture.append(drawn("line", { class: "axis", x1: left, x2: width - right, y1: y(share * most), y2: y(share * most) }), text);
  }
  for (const year of [2026, 2030, 2035, 2040]) {
    picture.append(drawn("text", { x: x(dates.indexOf(`${year}-12`)), y: height - 8, "text-anchor": "middle" }, String(year)));
  }
  picture.append(drawn("line", { class: "start", x1: x(0), x2: x(0), y1: top, y2: height - bottom }));
  picture.append(drawn("text", { x: x(0) + 6, y: top + 12 }, say("policy_start")));
  picture.append(drawn("polyline", { class: "before", points: line(baseline) }));
  picture.append(...ofReform(estimate, dots, { line, x, y, dates }));
  picture.append(label("of-before", say("chart_baseline"), x(5), y(baseline[5]) + 22, "start"));
  return picture;
}

function ofReform(estimate, dots, { line, x, y, dates }) {
  if (estimate.series) {
    const name = label("of-after", say("chart_reform"), x(9), y(estimate.series.reform[9]) - 12, "end");
    return [drawn("polyline", { class: "after", points: line(estimate.series.reform) }), name];
  }
  const marks = dots.flatMap(({ date, value, reach, clear }) => {
    const at = x(dates.indexOf(date));
    const bar = drawn("line", { class: "reach", x1: at, x2: at, y1: y(value - reach), y2: y(value + reach) });
    return [bar, drawn("circle", { class: clear ? "dot" : "dot unclear", cx: at, cy: y(value), r: 6 })];
  });
  if (dots.length) marks.push(label("of-after", say("chart_dots"), x(dates.indexOf(dots[0].date)), y(dots[0].value + dots[0].reach) - 10, "middle"));
  return marks;
}

function label(kind, text, x, y, anchor) {
  return drawn("text", { class: kind, x, y, "text-anchor": anchor }, text);
}

function dotOf(date, estimate) {
  const one = estimate.outcomes[`stock@${date}`];
  return one && { date, value: one.baseline + one.difference, reach: 2 * one.error, clear: one.isClear };
}

function described(estimate, dots) {
  const told = dots.map((one) => `${one.date.slice(0, 4)}: ${rounded(one.value, one.reach / 2)}`);
  const reform = estimate.series ? [`2040: ${rounded(estimate.series.reform.at(-1), 0)} (${say("chart_reform")})`] : told;
  const before = `2040: ${rounded(held.estimates.series.baseline.at(-1), 0)} (${say("chart_baseline")})`;
  return [say("chart"), before, ...reform].join("; ");
}

function niceTop(value) {
  const unit = 10 ** Math.floor(Math.log10(value));
  return [1, 1.2, 1.5, 2, 3, 4, 5, 6, 8, 10].map((times) => times * unit).find((one) => one >= value);
}

function showLanguage(next) {
  const root = document.documentElement;
  root.dataset.lang = next;
  root.lang = next === "zh" ? "zh-Hans" : "en";
  document.title = say("title");
  show();
}

buildChoices();
buildLevers();
for (const radio of document.querySelectorAll("input[name=lang]")) {
  radio.addEventListener("change", () => showLanguage(radio.value));
}
addEventListener("resize", show);
document.getElementById("clear").addEventListener("click", () => {
  chosen.clear();
  moved.clear();
  for (const input of document.querySelectorAll("#choices input")) input.checked = false;
  for (const lever of held.estimates.levers) {
    const input = document.getElementById(`lever-${lever.path.replaceAll(".", "-")}`);
    if (lever.is_switch) input.checked = lever.today === 1;
    else input.value = lever.today;
  }
  show();
});
show();
