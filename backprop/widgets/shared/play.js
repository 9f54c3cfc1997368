/** Play, pause and step: call a function at an even pace until it says that there is no more. */

/**
 * @param {() => boolean} step do one step; false when there is nothing left to do
 * @param {() => void} changed called when playing starts or ends
 * @param {number} [pace] milliseconds between steps
 */
export function player(step, changed, pace = 120) {
  let timer = 0;

  function tick() {
    // Armed before the step: a step sets the state, and its handlers may look whether this plays.
    timer = window.setTimeout(tick, pace);
    if (!step()) pause();
  }

  function pause() {
    if (!timer) return;
    clearTimeout(timer);
    timer = 0;
    changed();
  }

  return {
    get playing() {
      return timer !== 0;
    },
    play() {
      if (timer) return;
      tick();
      changed();
    },
    pause,
  };
}

/** Whether the reader asked for less motion: then a change is shown at once, not played. */
export const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
