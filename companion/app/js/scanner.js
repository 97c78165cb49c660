// The scanner: the camera's picture, a frame, and ways on where there is no camera.

import { button, h } from "./dom.js";
import { frame, icons } from "./pictures.js";
import { brand } from "./brand.js";
import { lamp, startCamera, stopCamera } from "./camera.js";
import { photoButton, take } from "./flow.js";
import { readFrame } from "./reader.js";
import { slip } from "./relay.js";
import { t } from "./texts.js";

/** After so many looks without a code the owner is told what helps. */
const LONG = 60;

/** The screen. The camera runs as long as it is shown. */
export function scanner() {
  const video = h("video", { id: "video", playsinline: true, muted: true, "aria-label": t("app-scan-view") });
  video.muted = true;
  const hint = h("p", { id: "hint", role: "status" }, t("app-scan-starting"));
  const window_ = h("div", { class: "finder" }, video, frame());
  const more = h("div", { class: "actions" }, photoButton(), button("type", "second", t("app-text-button"), () => {
    location.hash = "#/text";
  }, icons.text()));
  const state = { on: true, stream: null };
  run(state, { video, hint, finder: window_, more });
  return {
    step: "scan",
    title: t("app-scan-title"),
    tab: "tab-menu",
    up: `menu/${brand().menu_path.length - 1}`,
    body: [window_, hint, more],
    leave: () => {
      state.on = false;
      stopCamera(state.stream);
    },
  };
}

async function run(state, parts) {
  const { stream, slip: name } = await startCamera(parts.video);
  state.stream = stream;
  if (!state.on) {
    stopCamera(stream);
    return;
  }
  if (name) {
    withoutCamera(parts, slip(name));
    return;
  }
  parts.hint.textContent = t("app-scan-searching");
  parts.finder.classList.add("live");
  addLamp(stream, parts.more);
  await search(state, parts);
}

async function search(state, { video, hint }) {
  for (let turn = 0; state.on; turn += 1) {
    const text = await readFrame(video, turn);
    if (text && state.on) {
      navigator.vibrate?.(60);
      take(text);
      return;
    }
    if (turn === LONG) {
      hint.textContent = t("app-scan-long");
    }
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

function withoutCamera({ finder, hint, more }, problem) {
  finder.replaceWith(
    h("section", { class: "card problem" }, h("p", { id: "error", "data-code": problem.code }, icons.bad(), h("span", {}, problem.title)), h("p", { id: "next-step" }, problem.next_step), h("p", { class: "small muted" }, problem.code)),
  );
  hint.textContent = "";
  more.prepend(button("try-again", "primary", t("app-try-again"), () => window.dispatchEvent(new Event("hashchange"))));
}

function addLamp(stream, more) {
  const shine = lamp(stream);
  if (!shine) {
    return;
  }
  const toggle = (event) => {
    const on = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", String(on));
    shine(on);
  };
  const light = button("lamp", "second", t("app-torch"), toggle, icons.lamp());
  light.setAttribute("aria-pressed", "false");
  more.append(light);
}
