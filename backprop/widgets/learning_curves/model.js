/**
 * What a learning curve tells: whether the cost falls, crawls, zigzags, grows, or is stuck.
 *
 * `model.py` says the same in Python, with a reason beside each number, and a golden file proves that
 * both agree. Nothing is trained and nothing drawn here.
 */

const EARLY = 10;
const LEAP = 1.05;
const RISE = 1.01;
const FLAT = 1e-3;
const HIGH = 0.25;
const CRAWL = 0.1;
const STILL = 1e-3;

/** @typedef {{name: string, sentence: string}} Verdict */

/** @typedef {{learning_rate: number, n_h: number, steps: number, seed: number, hidden?: boolean}} Settings */

/** Names of the verdicts in which the steps were too long for the cost to come down. */
export const DIVERGES = ["not a number", "stuck", "grows"];

/**
 * Say what a curve does, from its costs; the gravest thing is said first.
 * @param {ArrayLike<number>} curve
 * @returns {Verdict}
 */
export function verdict(curve) {
  const costs = Array.from(curve);
  const lost = costs.findIndex((cost) => !Number.isFinite(cost));
  if (lost >= 0) {
    return say("not a number", `Diverges: the cost is no finite number from step ${lost} on. Take a smaller η.`);
  }
  if (costs.length < EARLY) return say("early", "Too early to say.");
  const first = costs[0];
  const last = costs[costs.length - 1];
  const leap = costs.findIndex((cost, i) => i > 0 && cost > LEAP * costs[i - 1]);
  const tail = costs.slice(-Math.max(5, Math.floor(costs.length / 4)));
  const flat = Math.max(...tail) - Math.min(...tail) <= FLAT * first;
  if (leap >= 0 && flat && last > HIGH * first) {
    return say(
      "stuck",
      `Diverges: the cost leapt up in step ${leap}, and is stuck at ${short(last)}. ` +
        "The units are saturated, so their slopes are nearly zero. Take a smaller η.",
    );
  }
  if (last > LEAP * first) {
    return say("grows", `Diverges: the cost has grown from ${short(first)} to ${short(last)}. Take a smaller η.`);
  }
  const half = costs.slice(Math.floor(costs.length / 2));
  const rises = half.filter((cost, i) => i > 0 && cost > RISE * half[i - 1]).length;
  if (rises >= Math.max(2, 0.1 * half.length)) {
    return say(
      "zigzags",
      `Zigzags: the cost rose in ${rises} of the last ${half.length} steps. The steps leap over the valley.`,
    );
  }
  if (leap < 0 && first > 0 && first - last < STILL * first) {
    return say("still", `Stands still at ${short(last)}: η is far too small, or the units are saturated.`);
  }
  if (leap < 0 && first - last < CRAWL * first) {
    const percent = (100 * (first - last)) / first;
    return say(
      "crawls",
      `Crawls: the cost has fallen by only ${percent.toFixed(1)} %. Take a larger η, or more steps.`,
    );
  }
  if (flat) return say("level", `Levels off at ${short(last)}, from ${short(first)}.`);
  return say("falls", `Falls from ${short(first)} to ${short(last)}, and has not ended yet.`);
}

/**
 * Return a cost in a few characters: four decimals, six where it is small, a power of ten where that says little.
 * @param {number} number
 * @returns {string}
 */
export function short(number) {
  const size = Math.abs(number);
  if (size === 0 || (size >= 0.001 && size < 1000)) return number.toFixed(4);
  if (size >= 0.00001 && size < 1000) return number.toFixed(6);
  return number.toExponential(1).replace(/e([+-])(\d)$/, "e$10$2");
}

/** @param {string} name @param {string} sentence @returns {Verdict} */
function say(name, sentence) {
  return { name, sentence };
}
