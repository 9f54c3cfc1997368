/** What stands beside the map: the neuron's answers against the targets, and the cost against the step. */

import { ACTIVATIONS } from "../shared/activations.js";
import { h, s, set } from "../shared/dom.js";
import { plot } from "../shared/plot.js";

const SIZE = { width: 330, height: 210, margin: { left: 56 } };
const POINTS = 81; // of the neuron's curve
const FEW = 12; // examples; the dots of more would hide one another
const SPANS = [10, 20, 50, 100, 200, 500, 1000]; // steps that the cost curve may show

/**
 * The neuron's curve over its input, and for each example its answer, the target, and the error between them.
 * @param {string} activation
 * @param {Float64Array} x
 * @param {Float64Array} y
 */
export function neuronPanel(activation, x, y) {
  const phi = ACTIVATIONS[activation];
  const inputs = reach(x, 0.4);
  const picture = plot({
    ...SIZE,
    x: inputs,
    y: reach([...y, -1, 1], 0.12),
    xLabel: "input x",
    yLabel: "answer",
    title: "the neuron: ● answer, ◇ target",
    label: "The neuron's answer over its input, and the target of each example",
  });
  const curve = s("path", { class: "lw-curve" });
  const errors = s("path", { class: "lw-cc-error" });
  const answers = s("path", { class: x.length > FEW ? "lw-cc-answers lw-cc-many" : "lw-cc-answers" });
  const targets = s("path", { class: "lw-cc-targets" });
  picture.marks.append(errors, curve, targets, answers);
  const over = Array.from({ length: POINTS }, (_, k) => inputs[0] + ((inputs[1] - inputs[0]) * k) / (POINTS - 1));
  const { xs, ys } = picture;
  const diamonds = Array.from(x, (at, k) => `M${xs.to(at)} ${ys.to(y[k]) - 6}l5 6-5 6-5-6z`).join("");
  set(targets, { d: diamonds });
  return {
    svg: picture.svg,
    /** @param {number} w @param {number} b */
    show(w, b) {
      set(curve, {
        d: picture.path(
          over,
          over.map((at) => phi.value(w * at + b)),
        ),
      });
      let dots = "";
      let sticks = "";
      for (let k = 0; k < x.length; k += 1) {
        const at = xs.to(x[k]).toFixed(1);
        const answer = ys.to(phi.value(w * x[k] + b)).toFixed(1);
        dots += `M${at} ${answer}h0`;
        sticks += `M${at} ${answer}V${ys.to(y[k]).toFixed(1)}`;
      }
      set(answers, { d: dots });
      set(errors, { d: sticks });
    },
  };
}

/** The cost after each step of the walk. */
export function costPanel() {
  const el = h("div", {});
  const curve = s("path", { class: "lw-cc-path" });
  const last = s("circle", { class: "lw-cc-here", r: 5 });
  let span = 0;
  let top = 0;
  /** @type {ReturnType<typeof plot>} */
  let picture;

  /** @param {number} steps */
  function layOut(steps) {
    picture = plot({
      ...SIZE,
      x: [0, steps],
      y: [0, top],
      xLabel: "step",
      yLabel: "cost",
      title: "the cost, step by step",
      label: "The cost after each step of the walk",
    });
    picture.marks.append(curve);
    picture.over.append(last);
    el.replaceChildren(picture.svg);
    span = steps;
  }

  return {
    el,
    /**
     * @param {{cost: number}[]} places
     * @param {number} steps
     */
    show(places, steps) {
      const costs = places.slice(0, steps + 1).map((place) => place.cost);
      const wanted = SPANS.find((most) => steps <= most) ?? steps;
      const upTo = roundUp(costs.reduce((one, other) => (other > one ? other : one), 0));
      if (wanted !== span || upTo !== top) {
        top = upTo;
        layOut(wanted);
      }
      set(curve, {
        d: picture.path(
          costs.map((_, k) => k),
          costs,
        ),
      });
      picture.place(last, steps, Math.min(Number.isFinite(costs[steps]) ? costs[steps] : 0, top));
    },
  };
}

/**
 * The next round number, so that an axis does not change its end with every step.
 * @param {number} value
 */
export function roundUp(value) {
  if (!(value > 0 && Number.isFinite(value))) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * /** @type {number} */ ([1, 1.5, 2, 2.5, 5, 10].find((k) => power * k >= value));
}

/**
 * A range around values, with so much of their span left on both sides, and never empty.
 * @param {ArrayLike<number>} values
 * @param {number} room
 * @returns {[number, number]}
 */
function reach(values, room) {
  const all = Array.from(values);
  const low = all.reduce((one, other) => Math.min(one, other));
  const high = all.reduce((one, other) => Math.max(one, other));
  const span = high - low || 2;
  return [low - room * span, high + room * span];
}
