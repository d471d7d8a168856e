/** What the pages of rooms share: elements, words, calls, the leaderboard and the debrief. */

import { h, s } from "./dom.js";

export { h, s };

const WORDS = {
  explorer: ["Explorer", "探索页面"], lessons: ["Lessons", "课程"],
  room: ["Class room", "课堂"], teacher: ["Teacher", "教师"], code: ["Code of the room", "房间代码"], team: ["Name of your team", "小组名称"],
  teamHint: ["A made-up name. Please enter no names of people.", "请自拟名称，不要填写真实姓名。"],
  haveKey: ["We have joined before and have a key", "我们曾加入，并有口令"], key: ["Key of your team", "小组口令"], join: ["Join", "加入"],
  ownKey: ["Key of your team, to come back from another device:", "小组口令（换设备时使用）："],
  open: ["open", "开放中"], closed: ["closed", "已截止"], evaluating: ["being evaluated", "评估中"], revealed: ["results are out", "结果已公布"],
  measures: ["Measures", "措施"], search: ["Search measures", "搜索措施"], levers: ["Move a lever yourself", "自行调整参数"],
  lever: ["Lever", "参数"], value: ["New value from January 2027", "2027年1月起的新值"], add: ["Add", "添加"], remove: ["Remove", "移除"],
  today: ["today", "现行"], plausible: ["plausible range", "合理范围"], budget: ["Budget", "预算"], million: ["million yuan", "百万元"],
  spent: ["{spent} of {budget} million yuan", "预算{budget}百万元，已用{spent}百万元"], over: ["{over} million yuan beyond the budget", "超出预算{over}百万元"],
  acting: ["Acting together", "协同成本"], total: ["All together", "合计"], submit: ["Hand in", "提交方案"], withdraw: ["Take back", "撤回方案"],
  handedIn: ["Handed in for {price} million yuan. You may hand in again until the room is closed.", "已提交，费用{price}百万元。截止前可再次提交。"],
  changed: ["What you see differs from what is handed in.", "当前方案与已提交的不同。"],
  notHandedIn: ["Not handed in yet.", "尚未提交。"], explore: ["Try it in the explorer", "在探索页中试算"],
  groups: ["Groups", "小组"], name: ["Name", "名称"], state: ["State", "状态"], price: ["Price, million yuan", "费用（百万元）"],
  yes: ["handed in", "已提交"], no: ["designing", "设计中"], weights: ["How the score is made", "计分方法"],
  weightsAre: [
    "Score = {people} × thousand more people in China (median over the hidden pairs) − {cost} × price in 100 million yuan − {spread} × spread in thousands of people + {fairness} × percent gained by the category (A, B, C) that gains least.",
    "得分 = {people} × 在华人数增量（千人，隐藏模拟的中位数） − {cost} × 费用（亿元） − {spread} × 离散程度（千人） + {fairness} × A、B、C三类中受益最少一类的增幅（%）。"],
  hidden: ["{pairs} hidden pairs of runs, one row stands for {scale} people, to {until}. Seeds are fixed already; this is their sealed promise (SHA-256):", "隐藏模拟{pairs}对，一个个体代表{scale}人，至{until}。随机种子已固定，承诺值（SHA-256）："],
  progress: ["{done} of {of} hidden pairs are done.", "隐藏模拟已完成{done}/{of}对。"], shares: ["Shares of measures: {done} of {of}.", "措施份额：{done}/{of}。"],
  board: ["Leaderboard", "排行榜"], rank: ["Rank", "名次"], score: ["Score", "得分"], interval: ["95% interval", "95%区间"], tie: ["tied", "并列"],
  tieWith: ["tied with {names}", "与{names}并列"], points: ["points", "分"], debrief: ["Debrief", "复盘"], who: ["Who gained (people in China)", "谁受益（在华人数）"],
  due: ["What is due to which measure (people in China)", "各项措施的贡献（在华人数）"], difference: ["Difference", "差异"], measure: ["Measure", "措施"],
  common: ["What packages have in common", "各方案的共同点"], misleads: ["Where the model misleads", "模型在哪里会误导"],
  sealed: ["Hidden seeds and salt, to check the promise", "隐藏种子与盐值，可核对承诺"],
  parts: ["people {people}, cost {cost}, spread {spread}, fairness {fairness}", "人数{people}，费用{cost}，离散{spread}，公平{fairness}"],
  gone: ["The room is no longer there.", "房间已不存在。"], lost: ["No connection to the classroom; trying again.", "与课堂服务器的连接中断，正在重试。"],
  token: ["Teacher's token", "教师口令"], tokenHint: ["It was printed when the classroom was started.", "启动课堂程序时已显示。"], enter: ["Enter", "进入"], leave: ["Leave", "退出"],
  make: ["Make a room", "新建房间"], title: ["Title", "标题"], pairs: ["Hidden pairs", "隐藏模拟对数"], scale: ["People a row stands for", "每个个体代表人数"],
  most: ["Groups at most", "小组上限"], until: ["Until December", "截至年份（12月）"], wPeople: ["Weight of people (per 1,000)", "人数权重（每千人）"], wCost: ["Weight of cost (per 100 million yuan)", "费用权重（每亿元）"],
  wSpread: ["Weight of spread (per 1,000)", "离散权重（每千人）"], wFairness: ["Weight of fairness (per percent)", "公平权重（每百分点）"],
  rooms: ["Rooms", "全部房间"], back: ["All rooms", "返回全部房间"], close: ["Close", "截止提交"], reopen: ["Open again", "重新开放"], evaluate: ["Evaluate", "开始评估"],
  retry: ["Try failed pairs again", "重试失败的模拟"], reveal: ["Reveal", "公布结果"], delete: ["Delete the room", "删除房间"], sure: ["Delete it and all it holds? Export the debrief first if you want to keep it.", "删除房间及全部内容？如需保留请先导出复盘。"],
  exportPage: ["Export the debrief (HTML)", "导出复盘（HTML）"], exportJson: ["Export as JSON", "导出JSON"], kept: ["Rooms are deleted by themselves 30 days after they were made.", "房间在创建30天后自动删除。"],
  address: ["Address for groups", "小组加入地址"], qr: ["QR code of the address of the room", "房间地址二维码"], paste: ["A group without network: paste its link", "小组没有网络：粘贴其链接"], link: ["Link or what stands after #", "链接或#之后的内容"], takeIn: ["Take in", "录入"],
  failures: ["Some runs failed", "部分模拟失败"], none: ["none", "无"],
};

const asked = new URLSearchParams(location.hash.slice(1)).get("l");
let language = ["en", "zh"].includes(asked) ? asked : stored("language") ?? (navigator.language.startsWith("zh") ? "zh" : "en");

export const lang = () => language;

/** Return a word or sentence in the page's language, its values filled in. */
export function say(key, values = {}) {
  const text = WORDS[key][language === "zh" ? 1 : 0];
  return text.replaceAll(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

function stored(name) {
  try { return localStorage.getItem(`talentflow-${name}`); } catch { return null; }
}

function store(name, value) {
  try { localStorage.setItem(`talentflow-${name}`, value); } catch { /* a browser that keeps nothing works, too */ }
}

/** Ask the classroom; an error's `message` can be read by people, `problems` says more. */
export async function call(path, { method = "GET", body } = {}) {
  const options = { method, headers: {} };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(`${path}${path.includes("?") ? "&" : "?"}lang=${language}`, options).catch(() => null);
  if (answer === null) throw new Error(say("lost"));
  const content = await answer.json().catch(() => ({}));
  if (answer.ok) return content;
  const { text = `HTTP ${answer.status}`, problems = [], code = "" } = content.error ?? {};
  throw Object.assign(new Error([text, ...problems.map((one) => one.text ?? one.message)].join(" ")), { code });
}

export function tell(text) {
  document.getElementById("status").textContent = text;
}

/** Return a listener that does something and tells what went wrong. */
export function doing(act) {
  return async (event) => {
    event?.preventDefault?.();
    tell("");
    try { await act(event); } catch (error) { tell(error.message); }
  };
}

/** Dress the page in its language; `again` draws it anew after a switch. */
export function begin(titleKey, again) {
  const dress = () => {
    document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
    document.title = say(titleKey);
    document.getElementById("title").textContent = say(titleKey);
    const button = document.getElementById("language");
    button.textContent = language === "zh" ? "English" : "中文";
    button.lang = language === "zh" ? "en" : "zh-Hans";
    const link = (path, key) => h("a", { href: `${path}#l=${language}` }, say(key));
    document.getElementById("nav").replaceChildren(link("/", "explorer"), link("/lessons", "lessons"));
  };
  document.getElementById("language").addEventListener("click", () => {
    language = language === "zh" ? "en" : "zh";
    store("language", language);
    dress();
    again();
  });
  dress();
  again();
}

/** Listen to a room until it is gone; returns what ends it. */
export function watch(code, heard) {
  const source = new EventSource(`/api/rooms/${code}/events?lang=${language}`);
  source.addEventListener("room", (event) => { tell(""); heard(JSON.parse(event.data)); });
  source.addEventListener("gone", () => { source.close(); tell(say("gone")); });
  source.addEventListener("error", () => tell(say("lost")));
  return () => source.close();
}

export const millions = (yuan) => number(yuan / 1e6);

/** Return a number as text, rounded to a step, with a real minus sign. */
export function number(value, digits = 0, step = 10 ** -digits) {
  if (value === null) return "–";
  const rounded = Math.round(value / step) * step || 0;
  return rounded.toLocaleString("en-US", { maximumFractionDigits: digits, minimumFractionDigits: digits }).replace("-", "−");
}

/** Return the step that a count of people is rounded to: two digits of its noise are kept. */
function stepOf({ low, high }) {
  return low === null ? 1 : 10 ** Math.max(0, Math.floor(Math.log10(Math.max(high - low, 1) / 2)) - 1);
}

export function field(key, input, hint) {
  return h("label", { class: "field" }, h("span", {}, say(key)), input, hint && h("small", {}, hint));
}

/** Return a table; cells from the second column on are numbers where `isNumbers` says so. */
export function table(headers, rows, isNumbers = true) {
  const kind = (place) => (place && isNumbers ? { class: "n" } : {});
  return h("div", { class: "rooms-scroll", tabindex: "0", role: "group", "aria-label": headers[0] }, h("table", { class: "numbers" },
    h("thead", {}, h("tr", {}, headers.map((one, place) => h("th", { scope: "col", ...kind(place) }, one)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, place) => h("td", kind(place), cell)))))));
}

/** Return how a room is scored and what is promised. */
export function rules(room) {
  const { weights, pairs, scale, until } = room.settings;
  return h("section", { class: "card" }, h("h2", {}, say("weights")), h("p", {}, say("weightsAre", weights)),
    h("p", { class: "quiet" }, say("hidden", { pairs, scale: number(scale), until }), " ", h("code", {}, room.commitment)),
    room.secret && h("details", {}, h("summary", {}, say("sealed")), h("code", {}, JSON.stringify(room.secret))));
}

const [WIDE, LEFT, LINE] = [640, 190, 34];

/** Return the leaderboard: a dot and an interval for each group, hollow where it ties with a better one. */
export function board(rows) {
  const [low, high] = [Math.min(0, ...rows.map((one) => one.low)), Math.max(0, ...rows.map((one) => one.high))];
  const at = (value) => LEFT + ((value - low) / (high - low || 1)) * (WIDE - LEFT - 20);
  const names = new Map(rows.map((one) => [one.group, one.name]));
  const tall = rows.length * LINE + 34;
  const drawing = s("svg", { class: "rooms-board", viewBox: `0 0 ${WIDE} ${tall}`, role: "img", "aria-label": say("board") },
    s("line", { class: "axis", x1: at(0), x2: at(0), y1: 4, y2: tall - 24 }), s("text", { class: "quiet", x: at(0), y: tall - 8, "text-anchor": "middle" }, `0 ${say("points")}`),
    rows.map((one, place) => {
      const y = place * LINE + 20;
      const tied = one.ties.length > 0;
      return [s("text", { x: 0, y: y + 5 }, `${one.rank}${tied ? "=" : "."} ${short(one.name)}`), s("line", { class: "bar", x1: at(one.low), x2: at(one.high), y1: y, y2: y }),
        s("circle", { class: tied ? "dot open" : "dot", cx: at(one.score), cy: y, r: 6 })];
    }));
  const cells = rows.map((one) => [h("span", {}, one.name), one.ties.length ? `${one.rank} (${say("tie")})` : one.rank, number(one.score, 1), `${number(one.low, 1)} … ${number(one.high, 1)}`,
    one.ties.length ? h("span", { class: "tie" }, say("tieWith", { names: one.ties.map((group) => names.get(group)).join(", ") })) : ""]);
  const parts = rows.map((one) => h("li", {}, `${one.name}: `, say("parts", Object.fromEntries(Object.entries(one.parts).map(([name, value]) => [name, number(value, 1)])))));
  return h("section", { class: "card" }, h("h2", {}, say("board")), drawing,
    table([say("name"), say("rank"), say("score"), say("interval"), say("tie")], cells), h("ul", {}, parts));
}

function short(name) {
  return name.length > 18 ? `${name.slice(0, 17)}…` : name;
}

/** Return the debrief, one group first. */
export function debriefed(told, first) {
  const groups = [...told.groups].sort((one, other) => (other.group === first) - (one.group === first));
  const list = (lines) => h("ul", {}, lines.map((line) => h("li", {}, line)));
  return h("div", {}, h("p", { class: "quiet" }, told.interval), told.warnings.map((one) => h("p", { class: "warning" }, one)),
    groups.map(groupCard), h("section", { class: "card" }, h("h2", {}, say("common")), list(told.common)),
    h("section", { class: "card" }, h("h2", {}, say("misleads")), list(told.misleads)));
}

function groupCard(one) {
  const prices = one.price.parts.map((part) => [part.title, millions(part.price)]);
  const line = (title, row, name) => {
    const step = stepOf(row);
    return [title, number(row[name], 0, step), row.low === null ? "–" : `${number(row.low, 0, step)} … ${number(row.high, 0, step)}`];
  };
  const { parts, total, text } = one.shares;
  return h("section", { class: "card" }, h("h2", {}, `${one.rank}. ${one.name}`), h("p", { class: "finding" }, one.finding), one.warnings.map((text) => h("p", { class: "warning" }, text)),
    table([say("measure"), say("price")], [...prices, [say("acting"), millions(one.price.coordination)], [say("total"), millions(one.price.total)]]),
    table([say("who"), say("difference"), say("interval")], one.who.map((who) => line(who.label, who, "difference"))),
    parts.length > 0 && table([say("due"), say("difference"), say("interval")], [...parts.map((part) => line(part.title, part, "value")), line(say("total"), total, "value")]),
    h("p", { class: "quiet" }, text));
}
