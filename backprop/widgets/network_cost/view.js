/** A map of the cost of a student's network, and its training on it; see widget.py. */

import { button, slider } from "../shared/controls.js";
import { h } from "../shared/dom.js";
import { widget } from "../shared/frame.js";
import { calm, player } from "../shared/play.js";
import { work } from "../shared/work.js";
import { indexOf, labels, VIEW } from "./asked.js";
import { viewControls } from "./controls.js";
import { costCurve } from "./curve.js";
import { costMap } from "./map.js";
import { pointControls } from "./point.js";
import { results } from "./results.js";
import { said } from "./sentences.js";

const PACE = 60; // milliseconds for a step of Play

/** @param {import("../shared/frame.js").Frame} frame */
function build(frame) {
  const { model, change, schedule, atEnd } = frame;
  const kernel = work(model, schedule);
  kernel.begin();
  atEnd(kernel.end);

  const mapPlace = h("div", { class: "lw-network-map" });
  const curvePlace = h("div");
  const held = results(
    model,
    (training) => {
      curve.show(training.costs, training.steps);
      steps.input.max = String(Math.max(0, training.recorded.length - 1));
    },
    (shown) => map.show(shown, labels(model)),
  );
  const point = pointControls(frame, held);
  const map = costMap(mapPlace, point.move);
  const curve = costCurve(curvePlace, (step) => goTo(indexOf(held.training.recorded, step)));
  const view = viewControls(model, (patch) => change({ ...patch, point: [] }));

  const steps = slider({
    label: "step of training",
    min: 0,
    max: 1,
    step: 1,
    onInput: (index) => goTo(index),
    format: (index) => String(held.training.recorded[index] ?? 0),
  });
  const play = player(next, showPlaying, PACE);
  atEnd(play.pause);
  const playing = button("Play", () => (play.playing ? play.pause() : start()), { class: "lw-main" });
  const back = button("Put the point back on the path", () => change({ point: [] }));
  const around = button("Map around this step", () => change({ around: held.step(), point: [] }));

  /** @param {number} to index of a recorded step */
  function goTo(to) {
    play.pause();
    change({ step: held.training.recorded[to] });
  }

  function next() {
    const { recorded } = held.training;
    const to = held.index() + 1;
    if (to < recorded.length) change({ step: recorded[to] });
    return to + 1 < recorded.length;
  }

  function start() {
    const last = held.training.recorded.length - 1;
    if (last < 1) return;
    if (calm()) goTo(last);
    else {
      if (held.index() === last) change({ step: 0 });
      play.play();
    }
  }

  function showPlaying() {
    playing.show({ label: play.playing ? "Pause" : "Play" });
  }

  function draw() {
    held.read();
    view.show();
    kernel.show();
    if (held.shown) map.at(held.index(), held.place(), held.stale());
    curve.at(held.step());
    steps.show(held.index());
    point.show();
    around.show({ disabled: indexOf(held.training.recorded, model.get("around")) === held.index() });
    back.show({ disabled: model.get("point").length === 0 });
    return kernel.trouble() || said(model, held, map.grid);
  }

  return {
    parts: [
      ...view.parts,
      h(
        "div",
        { class: "lw-columns" },
        mapPlace,
        h(
          "div",
          { class: "lw-network-beside" },
          curvePlace,
          h("div", { class: "lw-row" }, steps.el, playing.el),
          h("p", { class: "lw-network-hint", text: "The point, on the map (drag it) or here:" }),
          ...point.sliders.map((bar) => h("div", { class: "lw-row" }, bar.el)),
        ),
      ),
      h("div", { class: "lw-row" }, back.el, around.el, ...view.zoom, kernel.stop, kernel.bar),
    ],
    draw,
  };
}

export default widget({
  label: "Cost of a network",
  traits: [...VIEW, "step", "point", "_training", "_map", "_status"],
  build,
});
