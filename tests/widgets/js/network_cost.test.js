import assert from "node:assert/strict";
import { test } from "node:test";
import { fine, indexOf, keyOf, labels } from "../../../backprop/widgets/network_cost/asked.js";
import { parts, written } from "../../../backprop/widgets/network_cost/controls.js";
import { filled, interpolated, order } from "../../../backprop/widgets/network_cost/model.js";
import { close, golden } from "./golden.js";

const cases = golden("network_cost");
const named = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY };
const numbers = (/** @type {any[]} */ given) =>
  given.map((value) => (typeof value === "string" ? named[value] : value));

test("points are computed in the order of NumPy, coarse ones first", () => {
  for (const { size, order: wanted } of cases.orders) assert.deepEqual(order(size), wanted);
});

test("a map that has only begun is filled as NumPy fills it", () => {
  for (const { size, costs, grid } of cases.maps)
    close(filled(numbers(costs), size), grid, `${costs.length} of ${size}`);
});

test("costs between the points are those of NumPy, and there are none outside", () => {
  const [a, b, half] = cases.window;
  for (const point of cases.points) {
    close(
      interpolated(cases.grid, cases.size, { a, b, half }, point.a, point.b),
      point.cost,
      `(${point.a}, ${point.b})`,
    );
  }
});

test("every point of a map is computed once", () => {
  const seen = new Set(order(41).map(([row, column]) => row * 41 + column));
  assert.equal(order(41).length, 41 * 41);
  assert.equal(seen.size, 41 * 41);
});

test("the browser knows a map by the same text as Python", () => {
  const state = { directions: "random", across: "W1[0, 0]", up: "b2[0, 0]", seed: 4, around: -1, zoom: 0.5 };
  const model = /** @type {any} */ ({ get: (/** @type {string} */ name) => state[/** @type {keyof state} */ (name)] });
  assert.equal(keyOf(model), "random|W1[0, 0]|b2[0, 0]|4|-1|0.5");
  assert.deepEqual(labels(model), ["first random direction", "second random direction"]);
});

test("a step is shown by the recorded one that is nearest, and -1 by the last", () => {
  assert.deepEqual(
    [0, 4, 6, 99, -1].map((step) => indexOf([0, 5, 10], step)),
    [0, 1, 1, 2, 2],
  );
});

test("a point is rounded to a two-hundredth of the map, or finer", () => {
  assert.equal(fine(2), 0.01);
  assert.ok(fine(0.37) <= 0.74 / 200);
});

test("a parameter is read from its text, and held inside its array", () => {
  const shapes = { W1: [10, 2], b1: [10, 1] };
  assert.deepEqual(parts(" W1 [3,1]", shapes), { name: "W1", row: 3, column: 1 });
  assert.deepEqual(parts("W9[0, 0]", shapes), { name: "W1", row: 0, column: 0 });
  assert.equal(written({ name: "b1", row: 12, column: 1 }, shapes), "b1[9, 0]");
});
