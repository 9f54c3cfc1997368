import assert from "node:assert/strict";
import { test } from "node:test";
import { learn } from "../../../backprop/widgets/activation_explorer/model.js";
import { verdict } from "../../../backprop/widgets/activation_explorer/view.js";
import { ACTIVATIONS } from "../../../backprop/widgets/shared/activations.js";
import { close, golden } from "./golden.js";

for (const [name, cases] of Object.entries(golden("activation_explorer"))) {
  test(`${name} has the values, slopes and steps that NumPy has`, () => {
    const phi = ACTIVATIONS[name];
    for (const { z, target, value, slope, next } of cases) {
      close(
        { value: phi.value(z), slope: phi.slope(z), next: learn(name, z, target, 0.7) },
        { value, slope, next },
        `z = ${z}`,
      );
    }
  });
}

test("a step is said not to learn, wherever it stands", () => {
  assert.match(verdict("step", -2, 1, 1), /It cannot learn/);
  assert.match(verdict("step", 2, 0, 1), /It cannot learn/);
});

test("a ReLU below zero is said to be dead, and above zero it learns", () => {
  assert.match(verdict("relu", -1, 1, 1), /dead/);
  assert.match(verdict("relu", 0.5, 1, 1), /too low/);
});

test("a saturated unit is said to learn slowly", () => {
  assert.match(verdict("sigmoid", 5, 0, 1), /nearly flat/);
});
