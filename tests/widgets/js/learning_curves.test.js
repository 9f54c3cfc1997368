import assert from "node:assert/strict";
import { test } from "node:test";
import { short, verdict } from "../../../backprop/widgets/learning_curves/model.js";
import { freePlace, keyOf, sentence } from "../../../backprop/widgets/learning_curves/view.js";
import { nearest } from "../../../backprop/widgets/shared/fields.js";
import { golden } from "./golden.js";

const named = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY };
const cases = golden("learning_curves");

for (const { name, costs, verdict: wanted, sentence } of cases.curves) {
  test(`a curve that is ${name} gets the verdict that Python gives`, () => {
    const curve = costs.map((/** @type {any} */ cost) => (typeof cost === "string" ? named[cost] : cost));
    assert.deepEqual(verdict(curve), { name: wanted, sentence });
    assert.deepEqual(verdict(Float64Array.from(curve)), { name: wanted, sentence });
  });
}

test("costs are written as Python writes them", () => {
  for (const { number, text } of cases.numbers) assert.equal(short(number), text);
});

const run = { learning_rate: 0.5, n_h: 10, steps: 100, seed: 1 };

test("a run is known by the same text as in Python", () => {
  assert.equal(keyOf(run), "0.5|10|100|1");
  assert.equal(keyOf({ ...run, learning_rate: 1e-7, hidden: true }), "1e-07|10|100|1");
});

test("a new curve gets the first colour that is free", () => {
  assert.equal(freePlace(new Map()), 0);
  assert.equal(
    freePlace(
      new Map([
        ["a", 0],
        ["c", 2],
      ]),
    ),
    1,
  );
});

test("a run says whether it waits, runs, was stopped, has failed or is done", () => {
  const result = { key: "", costs: Float64Array.of(1, 0.9), done: false, stopped: false, trouble: "" };
  assert.equal(sentence(run, undefined, "Falls."), "Waits for its turn.");
  assert.equal(sentence(run, result, "Falls."), "Step 1 of 100. Falls.");
  assert.equal(sentence(run, { ...result, stopped: true }, "Falls."), "Stopped after 1 of 100 steps. Falls.");
  assert.equal(sentence(run, { ...result, done: true }, "Falls."), "Falls.");
  assert.equal(sentence(run, { ...result, trouble: "It raises." }, ""), "It raises.");
});

test("a learning rate between two of the slider stands at the nearer one, as ratios go", () => {
  assert.equal(nearest([1, 10, 100], 30), 1);
  assert.equal(nearest([1, 10, 100], 33), 2);
});
