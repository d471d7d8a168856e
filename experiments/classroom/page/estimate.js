// An estimate at once, before the simulation has answered: differences from today's law, out of a file made beforehand.
// The same numbers as estimate_of in experiments/classroom/estimates/estimate.py gives; a test holds the two together.

let content = null;

// Takes the content of the file, or the address to fetch it from; resolves to what was loaded.
export async function load(source = "/api/estimates") {
  if (typeof source !== "string") {
    content = source;
    return content;
  }
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`estimates: ${answer.status}`);
  content = await answer.json();
  return content;
}

// Returns {isOn, why, code, path, kind, outcomes: {"stock@2040-12": {difference, error, low, high, isClear, isExact, baseline}}, series}.
// What was simulated has its interval, and half its width as error; of an estimate the ends are twice the error away.
// Where there is none, `why` says so in the language of the question, `code` in one word, of the lever or reform at `path`.
// `series` is there for presets alone, which were simulated: {dates, baseline, reform}, people in China each December.
export function estimateOf(asked) {
  if (content === null) return off("missing", "", asked);
  const reforms = asked.reforms ?? [];
  const changes = asked.changes ?? [];
  const why = obstacle(reforms, changes);
  if (why) return off(...why, asked);
  const kind = kindOf(reforms.length, changes.length);
  const moved = new Map(changes.map((change) => [change.path, Number(change.set)]));
  const outcomes = {};
  for (const key of Object.keys(content.outcomes)) {
    const one = estimated(key, reforms, moved, kind);
    if (one) outcomes[key] = { ...one, baseline: content.baseline[key] };
  }
  if (Object.keys(outcomes).length === 0) return off("poor", "", asked);
  return { isOn: true, why: null, code: null, path: null, kind, outcomes, series: kind === "preset" ? seriesOf(reforms[0]) : null };
}

const WHY = {
  missing: ["no estimates are loaded", "未载入估算数据"],
  stale: ["the estimates were made with another version of the model", "估算数据由另一版本的模型生成"],
  nothing: ["nothing is changed yet", "尚未作任何改动"],
  reform: ["this reform was not simulated beforehand", "该措施未预先模拟"],
  lever: ["estimates do not know this lever", "估算不包含该参数"],
  form: ["estimates know one value for the whole nation from January 2027 on", "估算只适用于自2027年1月起全国统一取值"],
  range: ["the value lies outside the range that was simulated beforehand", "取值超出预先模拟的范围"],
  overlap: ["two of the choices set the same lever", "两项选择设定了同一参数"],
  poor: ["estimates of this were too far from the simulation", "此类估算与模拟结果相差过大"],
};

function off(code, path, asked) {
  const why = WHY[code][(asked.lang ?? document.documentElement.lang).startsWith("zh") ? 1 : 0];
  return { isOn: false, why, code, path, kind: null, outcomes: {}, series: null };
}

function kindOf(nReforms, nChanges) {
  if (nReforms) return nChanges ? "mixed" : nReforms === 1 ? "preset" : "pair";
  return nChanges === 1 ? "one" : nChanges <= 4 ? "some" : "many";
}

function obstacle(reforms, changes) {
  if (content.is_current === false) return ["stale", ""];
  if (reforms.length + changes.length === 0) return ["nothing", ""];
  const unknown = reforms.find((name) => !Object.hasOwn(content.presets, name));
  if (unknown !== undefined) return ["reform", unknown];
  const levers = new Map(content.levers.map((lever) => [lever.path, lever]));
  for (const change of changes) {
    const found = obstacleOf(change, levers.get(change.path));
    if (found) return [found, change.path];
  }
  const seen = new Set();
  for (const path of [...changes.map((change) => change.path), ...reforms.flatMap((name) => content.presets[name].paths)]) {
    if (seen.has(path)) return ["overlap", path];
    seen.add(path);
  }
  return null;
}

function obstacleOf(change, lever) {
  if (!lever) return "lever";
  if (Object.keys(change).sort().join() !== "from,path,set" || change.from !== content.start) return "form";
  return change.set >= lever.low && change.set <= lever.high ? null : "range";
}

function estimated(key, reforms, moved, kind) {
  const alone = reforms.map((name) => content.presets[name].differences[key]);
  if (alone.includes(null)) return null;
  if (kind === "preset") {
    const [low, high] = content.presets[reforms[0]].intervals[key];
    return low === null ? null : told(alone[0], (high - low) / 2, low, high, true);
  }
  const one = content.outcomes[key];
  if (!(reforms.length ? one.is_on_together : one.is_on)) return null;
  const sum = alone.reduce((total, value) => total + value, 0);
  const difference = sum + (moved.size ? surface(moved, one.coefficients) : 0);
  const error = one.errors[kind];
  return told(difference, error, difference - 2 * error, difference + 2 * error, false);
}

// An effect of one sign in every draw ends at 0.
function told(difference, error, low, high, isExact) {
  return { difference, error, low, high, isClear: low < high && (low >= 0 || high <= 0), isExact };
}

function surface(moved, coefficients) {
  const units = content.levers.map((lever) => {
    const reach = Math.max(lever.high - lever.today, lever.today - lever.low);
    return ((moved.get(lever.path) ?? lever.today) - lever.today) / reach;
  });
  let total = 0;
  content.terms.forEach((term, place) => {
    total += term.reduce((value, lever) => value * units[lever], coefficients[place]);
  });
  return total;
}

function seriesOf(name) {
  const { dates, baseline, presets } = content.series;
  return { dates, baseline, reform: baseline.map((value, place) => value + presets[name][place]) };
}
