/** Curves of a cost over steps: where their axis goes, and which of their points can be seen; pure. */

const MOST_POINTS = 600; // of a line; more cannot be seen

/**
 * Return the points of a curve that can be seen: of each stretch of steps the lowest and the highest cost, in order.
 * @param {Float64Array} costs
 * @param {number} most
 * @returns {{steps: number[], costs: number[]}}
 */
export function thinned(costs, most = MOST_POINTS) {
  const found = { steps: /** @type {number[]} */ ([]), costs: /** @type {number[]} */ ([]) };
  const add = (/** @type {number} */ step) => {
    found.steps.push(step);
    found.costs.push(costs[step]);
  };
  const stretch = Math.max(1, Math.ceil((2 * costs.length) / most));
  for (let from = 0; from < costs.length; from += stretch) {
    let low = from;
    let high = from;
    for (let i = from; i < Math.min(from + stretch, costs.length); i += 1) {
      if (costs[i] < costs[low] || Number.isNaN(costs[low])) low = i;
      if (costs[i] > costs[high] || Number.isNaN(costs[high])) high = i;
    }
    add(Math.min(low, high));
    if (low !== high) add(Math.max(low, high));
  }
  const last = costs.length - 1;
  if (last >= 0 && found.steps[found.steps.length - 1] !== last) add(last);
  return found;
}

/**
 * Return from where to where the axis of the cost goes; of logarithms to base 10 where `logarithmic`.
 * @param {{costs: Float64Array}[]} curves
 * @param {boolean} logarithmic
 * @returns {[number, number]}
 */
export function costRange(curves, logarithmic) {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { costs } of curves) {
    for (const cost of costs) {
      if (!Number.isFinite(cost) || (logarithmic && cost <= 0)) continue;
      if (cost < low) low = cost;
      if (cost > high) high = cost;
    }
  }
  if (low > high) return logarithmic ? [-3, 0] : [0, 1];
  if (logarithmic) {
    const bottom = Math.floor(Math.log10(low));
    return [bottom, Math.max(Math.ceil(Math.log10(high)), bottom + 1) + 0];
  }
  // In steps, so that a growing curve moves the axis seldom.
  const step = 10 ** Math.floor(Math.log10(high || 1)) / 4;
  return [0, Math.ceil((high * 1.02 || 1) / step) * step];
}
