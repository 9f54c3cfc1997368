/** The state of a widget in the browser: read it, change it, draw once a frame, tell Python ten times a second. */

const PAUSE = 100; // milliseconds between two messages to the kernel; the last value always goes out

/**
 * @typedef {object} Model anywidget's model
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {(event: string, handler: (...given: any[]) => void) => void} on
 * @property {(event: string, handler: (...given: any[]) => void) => void} off
 * @property {() => void} save_changes
 * @property {(content: any, callbacks?: any, buffers?: any) => void} send
 */

/**
 * Watch traits of a model and draw when one of them changes, from whichever side.
 *
 * @param {Model} model
 * @param {string[]} names the traits that a drawing depends on
 * @param {() => void} draw called in an animation frame, at most once in each; never from within `change`
 */
export function watch(model, names, draw) {
  let frame = 0;
  let timer = 0;
  let saved = -PAUSE;

  function schedule() {
    if (frame) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  }

  function save() {
    timer = 0;
    saved = performance.now();
    model.save_changes();
  }

  for (const name of names) model.on(`change:${name}`, schedule);
  return {
    /** Draw in the next frame. */
    schedule,
    /**
     * Change the state, draw, and tell Python soon.
     * @param {Record<string, any>} patch
     */
    change(patch) {
      for (const [name, value] of Object.entries(patch)) model.set(name, value);
      schedule();
      if (!timer) timer = window.setTimeout(save, Math.max(0, saved + PAUSE - performance.now()));
    },
    /** Stop drawing; what Python has not heard yet goes out now. */
    stop() {
      cancelAnimationFrame(frame);
      if (timer) {
        clearTimeout(timer);
        save();
      }
      for (const name of names) model.off(`change:${name}`, schedule);
    },
  };
}
