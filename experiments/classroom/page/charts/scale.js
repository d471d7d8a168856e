/**
 * Scales of charts: from numbers to places, and round numbers for their axes.
 */

/**
 * Return a straight scale.
 * @param {[number, number]} domain
 * @param {[number, number]} range
 * @returns {(value: number) => number}
 */
export function straight([low, high], [from, to]) {
  const slope = high === low ? 0 : (to - from) / (high - low);
  return (value) => from + (value - low) * slope;
}

/**
 * Return round numbers that span a domain.
 * @param {number} low
 * @param {number} high
 * @param {number} [wanted] about how many
 */
export function ticksOf(low, high, wanted = 4) {
  if (!(high > low)) return [low];
  const raw = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= raw * 0.999) ?? raw;
  const ticks = [];
  for (let k = Math.floor(low / step + 1e-9); k * step < high + step * 0.999; k += 1) ticks.push(k * step);
  return ticks;
}

/**
 * Return the path of a line through points; a gap where a number is missing.
 * @param {(number | null)[][]} points
 */
export function lineOf(points) {
  let isPen = false;
  return points
    .map(([x, y]) => {
      if (y === null || !Number.isFinite(y)) {
        isPen = false;
        return "";
      }
      const text = `${isPen ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
      isPen = true;
      return text;
    })
    .join("");
}

/**
 * Return the path of a band between two lines.
 * @param {[number, number, number][]} points place, lower and upper end
 */
export function bandOf(points) {
  const known = points.filter((point) => point.every(Number.isFinite));
  if (known.length < 2) return "";
  const there = known.map(([x, low]) => `${x.toFixed(1)} ${low.toFixed(1)}`);
  const back = known.toReversed().map(([x, , high]) => `${x.toFixed(1)} ${high.toFixed(1)}`);
  return `M${there.join("L")}L${back.join("L")}Z`;
}

/** Return a month as a number of months. */
export function monthNumber(date) {
  const [year, month] = date.split("-").map(Number);
  return year * 12 + month - 1;
}
