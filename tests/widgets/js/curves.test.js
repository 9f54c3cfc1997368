import assert from "node:assert/strict";
import { test } from "node:test";
import { costRange, thinned } from "../../../backprop/widgets/shared/curves.js";

const zigzag = Float64Array.from({ length: 5001 }, (_, i) => (i % 2 ? 1 : 0.5) + (i === 1234 ? 7 : 0));

test("a short curve keeps every point", () => {
  assert.deepEqual(thinned(Float64Array.of(3, 1, 2)), { steps: [0, 1, 2], costs: [3, 1, 2] });
});

test("a long curve keeps its peaks, its valleys and its end", () => {
  const { steps, costs } = thinned(zigzag, 600);
  assert.ok(steps.length <= 602);
  assert.ok(costs.includes(7.5));
  assert.equal(Math.min(...costs), 0.5);
  assert.equal(steps.at(-1), 5000);
  assert.deepEqual(
    steps,
    [...steps].sort((one, other) => one - other),
  );
});

test("a cost that is no number is kept, so that the line breaks there", () => {
  assert.ok(thinned(Float64Array.of(1, 2, Number.NaN)).costs.some(Number.isNaN));
});

test("the axis of the cost begins at 0, or at a power of ten, and holds every cost", () => {
  assert.deepEqual(costRange([], false), [0, 1]);
  const [low, high] = costRange([{ costs: Float64Array.of(0.2, 0.55) }], false);
  assert.ok(low === 0 && high >= 0.55 && high < 0.7);
  assert.deepEqual(costRange([{ costs: Float64Array.of(0.002, 0.5, 0) }], true), [-3, 0]);
  assert.deepEqual(costRange([{ costs: Float64Array.of(0.1, Number.NaN, Number.POSITIVE_INFINITY) }], true), [-1, 0]);
});
