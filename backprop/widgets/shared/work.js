/** Work that goes on in the kernel: begin when this view is there, a bar of progress, Stop and Go on. */

import { button } from "./controls.js";
import { freshId, h } from "./dom.js";

const PATIENCE = 4000; // milliseconds without an answer, after which it is said that there is none
const NO_ANSWER = "The kernel has not answered yet: it is busy with another cell, or it is not running.";
const BUSY = "The kernel is busy with another cell, and begins when that has ended.";

/** @typedef {import("./state.js").Model} Model */

/**
 * @param {Model} model with `_status`, as working.py sets it
 * @param {() => void} redraw called when the kernel has not answered for a while
 */
export function work(model, redraw) {
  const view = freshId("view");
  const bar = h("progress", { class: "lw-progress", max: 1, "aria-label": "how much of the work is done" });
  const stop = button("Stop", () => tell({ do: status().doing === "stopped" ? "go on" : "stop" }));
  let timer = 0;
  let silent = false;

  const status = () => model.get("_status");

  /** @param {Record<string, any>} message */
  function tell(message) {
    clearTimeout(timer);
    timer = window.setTimeout(giveUp, PATIENCE);
    try {
      model.send(message);
    } catch {
      giveUp(); // the kernel is gone for good
    }
  }

  function giveUp() {
    silent = true;
    redraw();
  }

  function heard() {
    clearTimeout(timer);
    if (silent) redraw();
    silent = false;
  }
  model.on("msg:custom", heard);

  return {
    bar,
    stop: stop.el,
    tell,
    /** What is to be said of a kernel that does nothing, or "". */
    trouble() {
      if (silent) return NO_ANSWER;
      return status().doing === "waiting" ? BUSY : "";
    },
    /** Tell the kernel that this view is there. */
    begin: () => tell({ do: "here", view }),
    /** Tell the kernel that this view is gone. */
    end() {
      tell({ do: "gone", view });
      clearTimeout(timer);
      model.off("msg:custom", heard);
    },
    /** Show how far the work is. */
    show() {
      const { doing, share } = status();
      bar.value = share;
      bar.style.visibility = doing === "working" || doing === "stopped" ? "visible" : "hidden";
      stop.show({
        label: doing === "stopped" ? "Go on" : "Stop",
        disabled: doing !== "working" && doing !== "stopped",
      });
    },
  };
}

/**
 * Read numbers that Python sent as bytes, eight for each, the lowest first.
 * @param {DataView | undefined} bytes
 * @returns {Float64Array}
 */
export function numbers(bytes) {
  if (!bytes) return new Float64Array(0);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
