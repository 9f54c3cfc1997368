/** The cost of one neuron as a map, and steepest descent on it; see widget.py. */

import { h } from "../shared/dom.js";
import { widget } from "../shared/frame.js";
import { snap } from "../shared/numbers.js";
import { calm, player } from "../shared/play.js";
import { numbers, work } from "../shared/work.js";
import { controls, STEP } from "./controls.js";
import { costMap } from "./map.js";
import { angle, neuron } from "./model.js";
import { readings } from "./readings.js";
import { AHEAD, comparison, position, predicted } from "./sentences.js";
import { costPanel, neuronPanel } from "./side.js";

const PACE = 150; // milliseconds between steps of Play
const STILL = 1e-7; // a step as short as this leads nowhere

/** @typedef {[number, number]} Point */

/** @param {import("../shared/frame.js").Frame} frame */
function build(frame) {
  const { model, change, schedule, atEnd } = frame;
  const get = (/** @type {string} */ name) => model.get(name);
  const range = { w: get("w_range"), b: get("b_range") };
  const examples = numbers(get("pairs"));
  const x = examples.filter((_, k) => k % 2 === 0);
  const y = examples.filter((_, k) => k % 2 === 1);
  const unit = x.length > 0 ? neuron(get("activation"), x, y) : null;
  const kernel = work(model, schedule);
  const busy = h("div", { class: "lw-row lw-cc-busy" }, kernel.bar, kernel.stop);
  const map = costMap(range, get("home"), startAt, markAt);
  const side = unit ? neuronPanel(get("activation"), x, y) : null;
  const course = costPanel();
  const { path, ownGradient } = readings(frame, range, unit, map.ground);

  // What the user does

  /** @param {{x: number, y: number}} at */
  function startAt(at) {
    play.pause();
    const held = get("predict") ? { steps: 0 } : {}; // else the path would give the answer away
    change({ w: snap(at.x, STEP), b: snap(at.y, STEP), ...held });
  }
  /** @param {{x: number, y: number}} at */
  function markAt(at) {
    if (get("steps") === 0) change({ prediction: [snap(at.x, STEP), snap(at.y, STEP)] });
  }
  const isLocked = () => get("predict") && get("prediction").length === 0;

  function stepOnce() {
    const before = path();
    const steps = get("steps");
    const wanted = Math.min(steps + (calm() && play.playing ? AHEAD : 1), get("most_steps"));
    const reached = before.to(get("predict") ? Math.min(wanted, AHEAD) : wanted);
    if (reached > steps) change({ steps: reached });
    const moved = Math.hypot(before.ws[reached] - before.ws[steps], before.bs[reached] - before.bs[steps]);
    return reached > steps && moved > STILL;
  }
  const play = player(stepOnce, schedule, PACE);
  atEnd(play.pause);
  const panel = controls(frame, range, { startAt, markAt, stepOnce, isLocked, play });

  function draw() {
    const gonePath = path();
    const steps = gonePath.to(get("steps"));
    const place = gonePath.places[steps];
    /** @type {Point} */
    const at = [gonePath.ws[steps], gonePath.bs[steps]];
    /** @type {Point} */
    const gradient = [place.alongW, place.alongB];
    const ownArrow = get("own") && get("has_own") ? ownGradient(at, gradient) : null;
    const mark = get("prediction").length === 2 ? get("prediction") : null;
    panel.show(mark);
    map.show({ ws: gonePath.ws, bs: gonePath.bs, steps, gradient, own: ownArrow, mark, guessing: get("predict") });
    side?.show(...at);
    course.show(gonePath.places, steps);
    kernel.show();
    const isBusy = get("_status").share < 1;
    busy.style.visibility = isBusy ? "visible" : "hidden"; // not `hidden`: nothing below shall jump
    const said = [
      position({ steps, at, cost: place.cost, gradient, ended: gonePath.ended, isNeuron: get("is_neuron") }),
    ];
    if (ownArrow) said.push(comparison(angle(ownArrow, gradient), Math.hypot(...ownArrow) / Math.hypot(...gradient)));
    if (get("predict")) said.push(predicted(mark, steps, at));
    if (isBusy) said.push(kernel.trouble() || "The map is being computed.");
    return said.join(" ").trim();
  }

  if (get("_status").share < 1) {
    kernel.begin();
    atEnd(kernel.end);
  }
  const keys = h("div", { class: "lw-cc-key" }, ...legend(get("has_own")));
  return {
    parts: [
      h(
        "div",
        { class: "lw-cc-columns" },
        h("div", { class: "lw-cc-map" }, map.svg, keys),
        h("div", { class: "lw-cc-side" }, side?.svg, course.el),
      ),
      ...panel.rows,
      h("div", { class: "lw-row" }, ...panel.switches, busy),
      panel.guessing,
    ],
    draw,
  };
}

/**
 * What the arrows are, in words and colour.
 * @param {boolean} hasOwn
 */
function legend(hasOwn) {
  const line = h("span", { class: "lw-cc-line lw-key" });
  const known = [h("span", {}, line, "downhill, −gradient")];
  if (hasOwn) known.push(h("span", {}, h("span", { class: "lw-cc-line lw-key lw-cc-line-own" }), "by your own slopes"));
  return known;
}

export default widget({
  label: "Cost contour",
  traits: ["w", "b", "eta", "steps", "predict", "prediction", "own", "heights", "own_off", "_status"],
  build,
});
