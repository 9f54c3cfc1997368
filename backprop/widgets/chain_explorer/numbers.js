/** The controls of ChainExplorer's numbers: input, target, how many units, and the weight of each. */

import { brief } from "../shared/brief.js";
import { slider } from "../shared/controls.js";
import { h } from "../shared/dom.js";
import { snap } from "../shared/numbers.js";
import { index } from "./sentences.js";

const GRAIN = 0.01; // to this the sliders round

/**
 * Make the controls; `show` brings them up to the state.
 * @param {import("../shared/frame.js").Frame} frame
 * @param {ReturnType<typeof import("./walk.js").walkControls>} walk
 */
export function numberControls({ model, change }, { here, last, go }) {
  const reach = model.get("reach");
  const weightsNow = () => /** @type {number[]} */ (model.get("weights"));
  const tuned = (
    /** @type {string} */ label,
    /** @type {number} */ far,
    /** @type {(value: number) => void} */ onInput,
  ) =>
    slider({
      label,
      min: -far,
      max: far,
      step: GRAIN,
      format: (value) => brief(value),
      onInput: (v) => onInput(snap(v, GRAIN)),
    });
  const x = tuned("input x", reach.x, (value) => change({ x: value }));
  const y = tuned("target y", reach.y, (value) => change({ y: value }));
  const alike = () => new Set(weightsNow()).size === 1;
  const every = slider({
    label: "all weights",
    min: -reach.weight,
    max: reach.weight,
    step: GRAIN,
    format: (value) => (alike() ? brief(value) : "mixed"),
    onInput: (value) => change({ weights: weightsNow().map(() => snap(value, GRAIN)) }),
  });
  const remembered = [...weightsNow()];
  const length = slider({
    label: "units L",
    min: 1,
    max: model.get("most_units"),
    step: 1,
    format: String,
    onInput: (L) => {
      const weights = weightsNow();
      remembered.splice(0, weights.length, ...weights);
      while (remembered.length < L) remembered.push(weights[weights.length - 1]);
      const atEndOfWalk = here() === last();
      change({ weights: remembered.slice(0, L) });
      go(atEndOfWalk ? last() : here());
    },
  });
  const knobs = h("div", { class: "lw-row chain-knobs", role: "group", "aria-label": "weights" });
  /** @type {ReturnType<typeof slider>[]} */
  let weightSliders = [];
  function makeKnobs(/** @type {number} */ L) {
    const made = Array.from({ length: L }, (_, i) =>
      tuned(`w${index(i + 1)}`, reach.weight, (value) => {
        const weights = [...weightsNow()];
        weights[i] = value;
        change({ weights });
      }),
    );
    // Those that stay keep the focus that one of them may have.
    weightSliders = [...weightSliders.slice(0, L), ...made.slice(weightSliders.length)];
    knobs.replaceChildren(...weightSliders.map(({ el }) => el));
  }

  return {
    parts: [h("div", { class: "lw-row chain-knobs" }, length.el, x.el, y.el, every.el), knobs],
    show() {
      const weights = weightsNow();
      if (weightSliders.length !== weights.length) makeKnobs(weights.length);
      x.show(model.get("x"));
      y.show(model.get("y"));
      length.show(weights.length);
      weightSliders.forEach((one, i) => {
        one.show(weights[i]);
      });
      every.show(alike() ? weights[0] : weights.reduce((sum, w) => sum + w, 0) / weights.length); // their mean
    },
  };
}
