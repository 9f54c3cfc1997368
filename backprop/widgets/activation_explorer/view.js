/** Scrub along an activation function; see widget.py. */

import { ACTIVATIONS } from "../shared/activations.js";
import { button, choice, slider } from "../shared/controls.js";
import { h, s, set } from "../shared/dom.js";
import { widget } from "../shared/frame.js";
import { clamp, fixed, snap } from "../shared/numbers.js";
import { player } from "../shared/play.js";
import { plot } from "../shared/plot.js";
import { learn, SHOWN } from "./model.js";

const BOTTOM = -1.25;
const TOP = 2.25;
const STEP = 0.01; // to this z and the target are rounded, so that the copied line stays short
const MARGIN = 0.05; // as near to the target as this is near enough

/**
 * What the state means for learning, in words.
 * @param {string} activation
 * @param {number} z
 * @param {number} target
 * @param {number} eta
 */
export function verdict(activation, z, target, eta) {
  const phi = ACTIVATIONS[activation];
  const slope = phi.slope(z);
  const gap = phi.value(z) - target;
  if (Math.abs(gap) < MARGIN) return "The target is reached.";
  if (activation === "step") {
    return "The slope of a step is 0 on both sides, and at the cliff it has none: the step of learning is 0, wherever z is. It cannot learn.";
  }
  if (slope === 0) return "The slope is 0 here, so the step of learning is 0 too: this unit is dead.";
  const move = fixed(learn(activation, z, target, eta) - z, 3);
  if (Math.abs(slope) < 0.05) return `Here the curve is nearly flat, so a step of learning moves z by ${move} only.`;
  return `A step of learning moves z by ${move}, ${gap > 0 ? "since the answer is too high" : "since the answer is too low"}.`;
}

/** @param {import("../shared/frame.js").Frame} frame */
function build({ model, change, atEnd }) {
  const reach = model.get("reach");
  const eta = model.get("eta");
  const get = () => ({ activation: model.get("activation"), z: model.get("z"), target: model.get("target") });

  const value = plot({
    width: 380,
    height: 300,
    x: [-reach, reach],
    y: [BOTTOM, TOP],
    xLabel: "z",
    yLabel: "answer",
    title: "answer, and its tangent",
    label: "The answer of the neuron over z, with the tangent at the chosen z",
  });
  const slope = plot({
    width: 380,
    height: 300,
    x: [-reach, reach],
    y: [-0.25, 1.25],
    xLabel: "z",
    yLabel: "slope",
    title: "slope of the answer",
    label: "The slope of the answer over z",
  });
  const curve = s("path", { class: "lw-curve" });
  const tangent = s("path", { class: "lw-tangent" });
  const aim = s("path", { class: "lw-aim" });
  const aimName = s("text", { class: "lw-aim-name", "text-anchor": "end", text: "target" });
  const guides = [s("path", { class: "lw-guide" }), s("path", { class: "lw-guide" })];
  const dot = s("circle", { class: "lw-handle", r: 8 });
  const slopeCurve = s("path", { class: "lw-curve lw-slope-curve" });
  const slopeDot = s("circle", { class: "lw-handle", r: 7 });
  value.marks.append(aim, guides[0], curve, tangent);
  value.over.append(aimName, dot);
  slope.marks.append(guides[1], slopeCurve);
  slope.over.append(slopeDot);

  const scrub = (/** @type {number} */ z) => change({ z: clamp(snap(z, STEP), -reach, reach) });
  const scrubbed = (/** @type {{x: number}} */ at) => {
    play.pause();
    scrub(at.x);
  };
  value.drag(scrubbed, { only: "x" });
  slope.drag(scrubbed, { only: "x" });

  function learnOnce() {
    const { activation, z, target } = get();
    const next = clamp(learn(activation, z, target, eta), -reach, reach);
    change({ z: next });
    return Math.abs(next - z) > 1e-4 && Math.abs(ACTIVATIONS[activation].value(next) - target) >= MARGIN;
  }
  const play = player(learnOnce, showPlaying);
  atEnd(play.pause);

  const pick = choice(
    "activation",
    SHOWN.map((key) => [key, ACTIVATIONS[key].name]),
    (activation) => change({ activation }),
  );
  const zSlider = slider({
    label: "z",
    min: -reach,
    max: reach,
    step: STEP,
    onInput: (z) => {
      play.pause();
      scrub(z);
    },
  });
  const aimSlider = slider({
    label: "target",
    min: BOTTOM,
    max: TOP,
    step: 0.05,
    onInput: (target) => change({ target: snap(target, STEP) }),
  });
  const one = button("Learn one step", learnOnce);
  const many = button("Play", () => (play.playing ? play.pause() : play.play()), { class: "lw-main" });
  function showPlaying() {
    many.show({ label: play.playing ? "Pause" : "Play" });
  }

  const z = Float64Array.from({ length: 401 }, (_, i) => -reach + (2 * reach * i) / 400);
  let drawn = "";
  /** @param {string} activation */
  function drawCurves(activation) {
    if (activation === drawn) return;
    drawn = activation;
    const phi = ACTIVATIONS[activation];
    set(curve, { d: value.path(z, z.map(phi.value)) });
    set(slopeCurve, { d: slope.path(z, z.map(phi.slope)) });
  }

  function draw() {
    const { activation, z: here, target } = get();
    const phi = ACTIVATIONS[activation];
    const answer = phi.value(here);
    const steep = phi.slope(here);
    drawCurves(activation);
    const ends = [-2 * reach, 2 * reach];
    set(tangent, {
      d: value.path(
        ends,
        ends.map((end) => answer + steep * (end - here)),
      ),
    });
    set(aim, { d: value.path(ends, [target, target]) });
    const below = target > TOP - 0.3 || (phi.value(reach) > target && phi.value(reach) < target + 0.5);
    set(aimName, { x: value.xs.to(reach) - 6, y: value.ys.to(target) + (below ? 15 : -6) });
    set(guides[0], { d: value.path([here, here], [BOTTOM, TOP]) });
    set(guides[1], { d: slope.path([here, here], [-0.25, 1.25]) });
    value.place(dot, here, answer);
    slope.place(slopeDot, here, steep);
    pick.show(activation);
    zSlider.show(here);
    aimSlider.show(target);
    return `${phi.name} at z = ${fixed(here)}: answer ${fixed(answer, 3)}, slope ${fixed(steep, 3)}. ${verdict(activation, here, target, eta)}`;
  }

  return {
    parts: [
      pick.el,
      h("div", { class: "lw-columns" }, value.svg, slope.svg),
      h("div", { class: "lw-row" }, zSlider.el, aimSlider.el, one.el, many.el),
    ],
    draw,
  };
}

export default widget({ label: "Activation explorer", traits: ["activation", "z", "target"], build });
