/** The frame of every widget: keys that stay inside, a line that says the state, "Copy as code", errors in one sentence. */

import { codeLine } from "./as_code.js";
import { button, says } from "./controls.js";
import { h } from "./dom.js";
import { watch } from "./state.js";

const SHOWN = 2000; // milliseconds that "copied" stands on the button

/** @typedef {import("./state.js").Model} Model */

/**
 * What a widget's own `build` gets.
 * @typedef {object} Frame
 * @property {Model} model
 * @property {(patch: Record<string, any>) => void} change change the state, draw, tell Python soon
 * @property {() => void} schedule draw in the next frame
 * @property {(stop: () => void) => void} atEnd register what is to be done when the widget leaves the page
 */

/**
 * What `build` returns.
 * @typedef {object} Built
 * @property {Node[]} parts what stands in the widget, from top to bottom
 * @property {() => string} draw draw the present state, and return the sentence that says it
 */

/**
 * Make anywidget's `render` from a function that builds one widget.
 *
 * @param {object} options
 * @param {string} options.label what a screen reader calls the widget
 * @param {string[]} options.traits the traits that the drawing depends on
 * @param {(frame: Frame) => Built} options.build
 */
export function widget({ label, traits, build }) {
  return {
    /** @param {{model: Model, el: HTMLElement}} given */
    render({ model, el }) {
      const root = h("div", { class: "lesson-widget", role: "group", "aria-label": label });
      // Else JupyterLab takes keys for its own: `d d` would delete the cell, and arrows would leave it.
      root.addEventListener("keydown", (event) => event.stopPropagation());
      el.append(root);
      try {
        return furnish({ model, root, traits, build });
      } catch (error) {
        root.replaceChildren(h("p", { class: "lw-notice", role: "alert", text: `${label} cannot be drawn: ${error}` }));
        throw error;
      }
    },
  };
}

/**
 * @param {object} options
 * @param {Model} options.model
 * @param {HTMLElement} options.root
 * @param {string[]} options.traits
 * @param {(frame: Frame) => Built} options.build
 */
function furnish({ model, root, traits, build }) {
  /** @type {(() => void)[]} */
  const endings = [];
  const line = says();
  const notice = h("p", { class: "lw-notice", role: "alert" });
  const copy = copyButton(model, line.speak);
  const watcher = watch(model, [...traits, "notice"], draw);
  const built = build({
    model,
    change: watcher.change,
    schedule: watcher.schedule,
    atEnd: (stop) => endings.push(stop),
  });

  function draw() {
    notice.textContent = model.get("notice");
    notice.hidden = !model.get("notice");
    line.show(built.draw());
  }

  root.append(notice, ...built.parts, h("div", { class: "lw-foot" }, line.el, copy));
  draw();
  const hidden = hideStill(root);
  return () => {
    watcher.stop();
    line.stop();
    for (const stop of endings) stop();
    for (const still of hidden) still.style.display = "";
  };
}

/**
 * Hide the still picture beside a widget that has come to life. In JupyterLab static.css does it already.
 * @param {HTMLElement} root
 */
function hideStill(root) {
  const output = root.closest(".jp-OutputArea-child, .output_container, .output");
  const before = output?.previousElementSibling?.querySelector(".lesson-static");
  const found = before ? [/** @type {HTMLElement} */ (before)] : [];
  for (const still of found) still.style.display = "none";
  return found;
}

/**
 * @param {Model} model
 * @param {(text: string) => void} speak
 */
function copyButton(model, speak) {
  const copy = button("Copy as code", go, {
    class: "lw-copy",
    title: "Copy a line of Python that makes this state again",
  });
  const line = h("code", {
    class: "lw-code",
    tabindex: "0",
    role: "textbox",
    "aria-readonly": "true",
    "aria-label": "Python",
  });
  line.hidden = true;
  let timer = 0;

  async function go() {
    const code = codeLine(model);
    line.textContent = code;
    try {
      await navigator.clipboard.writeText(code);
      copy.show({ label: "Copied" });
      speak("Copied.");
    } catch {
      // No leave to write there, as on a page without https: the line is shown, selected, ready for Ctrl+C.
      line.hidden = false;
      window.getSelection()?.selectAllChildren(line);
      copy.show({ label: "Press Ctrl+C" });
      line.focus(); // where the keys go, and what a screen reader reads
    }
    clearTimeout(timer);
    timer = window.setTimeout(() => copy.show({ label: "Copy as code" }), SHOWN);
  }

  return h("div", { class: "lw-copying" }, copy.el, line);
}
