// From a text that was read to the mail on its way. The challenge is held here, in memory, and nowhere else.

import { button, h } from "./dom.js";
import { backToDevice, icons } from "./pictures.js";
import { brand, prefixes } from "./brand.js";
import { isUnlock, readPayload, requestNumber } from "./payload.js";
import { readPhoto } from "./reader.js";
import { look, send, slip } from "./relay.js";
import { t } from "./texts.js";

/** Refusals that the same challenge may get past later: quotas, *not me*, and a network or a relay that was away. */
const MAY_PASS = ["E-705", "E-706", "E-707", "E-708", "E-722", "E-724", "E-740", "E-741", "E-742"];

/** The challenge in hand, what the relay said of it, and what went wrong with it. */
let held = null;
let answer = null;
let problem = null;

/** Forgets everything that was read. */
export function forget() {
  [held, answer, problem] = [null, null, null];
}

/** Takes the bare text of a challenge, as a deep link brings it. */
export function hold(text) {
  forget();
  const read = readPayload(text, prefixes());
  [held, problem] = [read.payload ?? null, read.slip ? slip(read.slip) : null];
}

/** Takes whatever was read or typed, and goes on to the question, or to the reason why not. */
export function take(text) {
  hold(text);
  goTo(problem ? "refused" : "confirm");
}

function goTo(word) {
  location.hash = `#/${word}`;
}

function resetPage() {
  return `menu/${brand().menu_path.length - 1}`;
}

/** A button that reads a photo with the same decoder as the camera's. */
export function photoButton() {
  const words = h("span", {}, t("app-photo-button"));
  const status = h("span", { role: "status", class: "visually-hidden" });
  const input = h("input", { type: "file", accept: "image/*", id: "photo", class: "visually-hidden", onchange: async () => {
    const [file] = input.files;
    if (!file) {
      return;
    }
    words.textContent = status.textContent = t("app-photo-reading");
    const read = await readPhoto(file);
    if (read.text) {
      take(read.text);
    } else {
      refuse(slip(read.slip));
    }
  } });
  return h("label", { class: "button second" }, input, icons.photo(), words, status);
}

function refuse(reason) {
  problem = reason;
  if (location.hash === "#/refused") {
    window.dispatchEvent(new Event("hashchange"));
  } else {
    goTo("refused");
  }
}

/** Typing or pasting what the device shows below its QR code. */
export function textPage() {
  const field = h("textarea", { id: "text", rows: "5", autocapitalize: "characters", autocomplete: "off", spellcheck: "false", "aria-describedby": "text-hint text-error" });
  const wrong = h("p", { id: "text-error", role: "alert", class: "bad" });
  const next = (event) => {
    event.preventDefault();
    const read = readPayload(field.value, prefixes());
    if (read.payload) {
      take(field.value);
      return;
    }
    const { title, next_step, code } = slip(read.slip);
    field.setAttribute("aria-invalid", "true");
    wrong.dataset.code = code;
    wrong.replaceChildren(icons.bad(), h("span", {}, `${title}. ${next_step} (${code})`));
    field.focus();
  };
  const form = h(
    "form",
    { class: "card", onsubmit: next },
    h("label", { for: "text" }, t("app-text-label")),
    h("p", { id: "text-hint", class: "small muted" }, t("app-text-hint")),
    field,
    wrong,
    h("div", { class: "actions" }, h("button", { type: "submit", id: "next", class: "button primary" }, t("app-next"))),
  );
  return { step: "text", title: t("app-text-title"), tab: "tab-menu", up: resetPage(), body: [form] };
}

/** The question before anything is sent. */
export function confirm() {
  if (problem) {
    return refused();
  }
  if (!held) {
    return nothingHeld();
  }
  const place = h("div", { role: "status" }, h("p", { class: "waiting" }, t("app-checking")));
  const payload = held;
  ask(payload, place);
  return {
    step: "confirm",
    title: t(isUnlock(payload) ? "relay-unlock-question" : "relay-confirm-question", { request: requestNumber(payload) }),
    tab: "tab-menu",
    up: resetPage(),
    body: [place],
  };
}

async function ask(payload, place) {
  const said = await look(payload);
  if (held !== payload || !place.isConnected) {
    return;
  }
  if (said.problem) {
    refuse(said.problem);
    return;
  }
  if (said.purpose === "unlock") {
    place.replaceChildren(...unlockQuestion(said));
    return;
  }
  const what = said.purpose === "confirm-address" ? "relay-confirm-address" : "relay-confirm-reset";
  const go = button("send", "primary", t(said.sent ? "relay-again-button" : "relay-confirm-button"), () => dispatch(go), undefined);
  place.replaceChildren(
    number(said.request),
    h("p", {}, t("relay-confirm-compare")),
    facts(said),
    h("p", {}, t(what)),
    h("p", { class: "small muted" }, t("app-confirm-never")),
    ...(said.sent ? [h("p", { id: "resends", class: "small" }, resends(said.resends_left))] : []),
    h("div", { class: "actions" }, go, button("cancel", "quiet", t("app-cancel"), () => {
      forget();
      goTo("");
    })),
  );
}

/** An unlock goes to support, not to a mailbox: nobody has proved which device it is, so none is named (R89). */
function unlockQuestion(said) {
  const go = button("send", "primary", t("relay-unlock-button"), () => dispatch(go), undefined);
  return [
    number(said.request),
    h("p", {}, t("relay-unlock-what")),
    h("p", {}, t("relay-confirm-compare")),
    neverAsked(),
    h("div", { class: "actions" }, go, button("cancel", "quiet", t("app-cancel"), () => {
      forget();
      goTo("");
    })),
  ];
}

/** What support never asks. */
function neverAsked() {
  const lines = ["password", "code", "pay"].map((name) => h("li", {}, t(`relay-unlock-never-${name}`)));
  return h("section", { class: "card" }, h("h2", {}, t("relay-unlock-never-title")), h("ul", {}, ...lines));
}

/** Support has the unlock: the owner calls, and stays at the device. */
function passedOn({ request, next_step: next }) {
  return {
    step: "passed-on",
    title: t("relay-unlock-done-title"),
    tab: "tab-menu",
    up: resetPage(),
    body: [
      number(request),
      h("p", { id: "sent", class: "lead", role: "status" }, next),
      neverAsked(),
      h("div", { class: "actions" }, button("done", "primary", t("app-done"), () => {
        forget();
        goTo("");
      })),
    ],
  };
}

/** Has the mail sent, once for each press. */
async function dispatch(pressed) {
  pressed.disabled = true;
  pressed.querySelector("span").textContent = t("app-sending");
  const payload = held;
  if (!payload) {
    nothingHeld();
    return;
  }
  const said = await send(payload);
  if (held !== payload) {
    return;
  }
  if (said.problem) {
    refuse(said.problem);
    return;
  }
  answer = said;
  if (location.hash === "#/sent") {
    window.dispatchEvent(new Event("hashchange"));
  } else {
    goTo("sent");
  }
}

function number(request) {
  return h("div", { class: "request" }, h("span", {}, t("relay-request")), h("strong", { id: "request-number" }, request));
}

function facts({ nickname, model, label }) {
  const fact = (words, value) => h("div", {}, h("dt", {}, words), h("dd", {}, value));
  return h("dl", { class: "card facts" }, fact(t("relay-device"), nickname ? `${nickname} (${model})` : model), fact(t("relay-label"), label));
}

function resends(left) {
  const kind = left === 0 ? "none" : left === 1 ? "once" : "more";
  return t(`app-resends-${kind}`, { count: left });
}

/** The code is on its way, and the owner goes back to the device. */
export function sent() {
  if (!answer) {
    return nothingHeld();
  }
  if (answer.purpose === "unlock") {
    return passedOn(answer);
  }
  const { request, resent, resends_left: left } = answer;
  const again = button("again", "second", t("relay-again-button"), () => dispatch(again));
  return {
    step: "sent",
    title: t(resent ? "relay-sent-again-title" : "relay-sent-title"),
    tab: "tab-menu",
    up: resetPage(),
    body: [
      backToDevice(t("app-sent-picture")),
      h("p", { id: "sent", class: "lead", role: "status" }, t("app-sent-text", { request })),
      number(request),
      h("details", { class: "card" }, h("summary", {}, t("app-sent-no-mail")), h("p", { id: "next-step" }, t("relay-sent-no-mail")), h("p", { id: "resends" }, resends(left)), left > 0 && again),
      h("div", { class: "actions" }, button("done", "primary", t("app-done"), () => {
        forget();
        goTo("");
      })),
    ],
  };
}

/** Why nothing was sent, and what to do now. */
export function refused() {
  if (!problem) {
    return nothingHeld();
  }
  const { title, next_step: next, code } = problem;
  const may = held && MAY_PASS.includes(code);
  const retry = () => {
    problem = null;
    goTo("confirm");
  };
  return {
    step: "refused",
    title: t("relay-not-sent-title"),
    tab: "tab-menu",
    up: resetPage(),
    body: [
      h("section", { class: "card problem" }, h("p", { id: "error", role: "alert", "data-code": code }, icons.bad(), h("span", {}, title)), h("h2", {}, t("relay-next-step")), h("p", { id: "next-step" }, next), h("p", { class: "small muted" }, `${t("relay-code-label")} ${code}`)),
      h("div", { class: "actions" },
        may && button("try-again", "primary", t("app-try-again"), retry),
        button("scan", may ? "second" : "primary", t("app-scan-button"), () => goTo("scan"), icons.scan()),
        photoButton()),
    ],
  };
}

/** The page was loaded again, or a link led here: what was read is gone, which is as it should be. */
function nothingHeld() {
  history.replaceState(null, "", `${location.pathname}${location.search}#/${resetPage()}`);
  queueMicrotask(() => window.dispatchEvent(new Event("hashchange")));
  return { step: "starting", title: brand().app_name, tab: "tab-menu", body: [] };
}
