/** The controls of ChainExplorer's walk: step by step forward through the chain and back. */

import { button, slider, toggle } from "../shared/controls.js";
import { h } from "../shared/dom.js";
import { clamp } from "../shared/numbers.js";
import { calm, player } from "../shared/play.js";

const PACE = 900; // milliseconds in which a step of the walk can be read

/**
 * Make the controls; `show` brings them up to the state.
 * @param {import("../shared/frame.js").Frame} frame
 */
export function walkControls({ model, change, atEnd }) {
  const last = () => 2 * model.get("weights").length + 1;
  const here = () => clamp(model.get("step"), 0, last());
  const go = (/** @type {number} */ step) => change({ step: clamp(step, 0, last()) });
  const play = player(
    () => {
      if (here() === last()) return false;
      go(calm() ? last() : here() + 1);
      return here() < last();
    },
    showPlaying,
    PACE,
  );
  atEnd(play.pause);
  const moved = (/** @type {() => void} */ move) => () => {
    play.pause();
    move();
  };
  const back = button(
    "Back",
    moved(() => go(here() - 1)),
  );
  const next = button(
    "Step",
    moved(() => go(here() + 1)),
    { class: "lw-main" },
  );
  const run_ = button("Play", () => {
    if (!play.playing && here() === last()) go(0);
    if (play.playing) play.pause();
    else play.play();
  });
  const all = button(
    "Show all",
    moved(() => go(last())),
  );
  const reset = button(
    "Reset",
    moved(() => change(structuredClone(model.get("start")))),
  );
  const log = toggle("logarithmic bars", (on) => change({ log_bars: on }));
  function showPlaying() {
    run_.show({ label: play.playing ? "Pause" : "Play" });
  }
  const walk = slider({
    label: "step",
    min: 0,
    max: last(),
    step: 1,
    format: (value) => `${value} of ${last()}`,
    onInput: (value) => moved(() => go(value))(),
  });

  return {
    last,
    here,
    go,
    row: h("div", { class: "lw-row" }, back.el, next.el, run_.el, all.el, reset.el, walk.el),
    log,
    show() {
      walk.input.max = String(last());
      walk.show(here());
      log.show(model.get("log_bars"));
      back.show({ disabled: here() === 0 });
      next.show({ disabled: here() === last() });
    },
  };
}
