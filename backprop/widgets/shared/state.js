/** The state of a widget in the browser: read it, change it, draw once a frame, tell Python when the hand rests. */

// Each message makes JupyterLab show that the kernel is busy, then that it is idle: four frames of its own, for which the
// next key has to wait. So Python hears of a change after a rest, or once a second of a movement that goes on.
const REST = 120; // milliseconds without a change, after which the last value goes out
const LONGEST = 1000; // milliseconds that Python waits while the state goes on changing

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
  let since = 0; // when the first change was made that Python has not heard of

  function schedule() {
    if (frame) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  }

  function save() {
    timer = 0;
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
      const now = performance.now();
      if (timer) clearTimeout(timer);
      else since = now;
      timer = window.setTimeout(save, Math.min(REST, since + LONGEST - now));
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
