// The quiet screens: home, the menu of the brand's words, and the settings.

import { button, entry, h } from "./dom.js";
import { icons } from "./pictures.js";
import { askToInstall, brand, chooseLook, lookNow } from "./brand.js";
import { photoButton } from "./flow.js";
import { ping } from "./relay.js";
import { chooseLanguage, chosenLanguage, languages, t } from "./texts.js";

/** Goes to another screen. */
export const goTo = (word) => {
  location.hash = `#/${word}`;
};

/** What a person without any idea sees first: the three steps, and one button. */
export function home() {
  const step = (icon, number, name) =>
    h("li", {}, h("span", { class: "step-icon" }, icon), h("div", {}, h("h2", {}, `${number}. ${t(`app-step-${name}-title`)}`), h("p", {}, t(`app-step-${name}`))));
  return {
    step: "home",
    title: t("app-home-title"),
    tab: "tab-home",
    body: [
      h("p", { class: "lead" }, t("app-home-intro")),
      h("ol", { class: "card steps" }, step(icons.device(), 1, "one"), step(icons.phone(), 2, "two"), step(icons.code(), 3, "three")),
      h("div", { class: "actions" }, button("scan", "primary", t("app-scan-button"), () => goTo("scan"), icons.scan())),
      h("p", { class: "small muted middle" }, t("app-where")),
    ],
  };
}

/** One level of the brand's menu path. The last level is the page that scans. */
export function menuPage(value) {
  const path = brand().menu_path;
  const level = Math.min(Number(value) || 0, path.length - 1);
  const last = level === path.length - 1;
  return {
    step: last ? "reset" : level === 0 ? "me" : "tools",
    title: path[level],
    tab: "tab-menu",
    up: level === 0 ? undefined : `menu/${level - 1}`,
    body: [...(last ? resetBody() : toolsBody(path, level)), ...(level === 0 ? settings() : [])],
  };
}

function toolsBody(path, level) {
  const next = level + 1;
  const icon = next === path.length - 1 ? icons.key() : icons.tool();
  const list = h("ul", { class: "card list" }, entry(`menu-${next}`, `#/menu/${next}`, path[next], icon));
  return level === 0 ? [list] : [list, connection()];
}

function resetBody() {
  return [
    h("p", { class: "lead" }, t("app-reset-intro")),
    h("div", { class: "hero", "aria-hidden": "true" }, icons.scan()),
    h(
      "div",
      { class: "actions" },
      button("scan", "primary", t("app-scan-button"), () => goTo("scan"), icons.scan()),
      photoButton(),
      button("type", "second", t("app-text-button"), () => goTo("text"), icons.text()),
    ),
  ];
}

/** Does the phone reach the relay? */
function connection() {
  const result = h("p", { id: "connection-result", role: "status", class: "small" });
  const check = async () => {
    result.replaceChildren(t("app-connection-asking"));
    const { problem } = await ping();
    result.className = problem ? "small bad" : "small good";
    result.replaceChildren(problem ? icons.bad() : icons.good(), h("span", {}, problem ? `${problem.title}. ${problem.next_step} (${problem.code})` : t("app-connection-good")));
  };
  return h(
    "section",
    { class: "card" },
    h("h2", {}, t("app-connection")),
    h("p", { class: "small muted" }, t("app-connection-hint")),
    button("connection", "second", t("app-connection"), check, icons.link()),
    result,
  );
}

function settings() {
  const chosen = languages().find(({ code }) => code === chosenLanguage());
  const look = lookNow();
  return [
    h(
      "ul",
      { class: "card list" },
      entry("language", "#/language", t("app-language"), icons.globe(), chosen?.name ?? t("app-as-phone")),
      entry("look", "#/look", t("app-look"), icons.look(), look ? t(`app-look-${look}`) : t("app-as-phone")),
      !matchMedia("(display-mode: standalone)").matches && entry("install", "#/install", t("app-install"), icons.install()),
      entry("about", "#/about", t("app-about"), icons.about()),
    ),
    h("p", { class: "small muted middle" }, t("relay-support")),
  ];
}

function choices(name, options, now, choose) {
  const option = ([value, words]) =>
    h("div", {}, h("label", { class: "entry" }, h("input", { type: "radio", name, id: `${name}-${value ?? "auto"}`, checked: value === now, onchange: () => choose(value) }), h("span", { class: "entry-words" }, words)));
  return h("div", { class: "card list", role: "radiogroup", "aria-label": t(`app-${name}`) }, ...options.map(option));
}

/** The language switch. */
export function languagePage() {
  const options = [[null, t("app-as-phone")], ...languages().map(({ code, name }) => [code, name])];
  const choose = async (code) => {
    await chooseLanguage(code);
    window.dispatchEvent(new Event("appwords"));
  };
  return setting("language", t("app-language"), [choices("language", options, chosenLanguage(), choose)]);
}

/** Light or dark. */
export function lookPage() {
  const options = [[null, t("app-as-phone")], ["light", t("app-look-light")], ["dark", t("app-look-dark")]];
  return setting("look", t("app-look"), [choices("look", options, lookNow(), chooseLook)]);
}

/** How to put the app among the others. */
export function installPage() {
  return setting("install", t("app-install"), [
    h("p", { class: "lead" }, t("app-install-how")),
    h("div", { class: "actions" }, button("install-now", "primary", t("app-install"), (event) => {
      event.currentTarget.hidden = !askToInstall();
    }, icons.install())),
  ]);
}

/** Who knows what. */
export function aboutPage() {
  const part = (name, values) => [h("h2", {}, t(`app-about-${name}`)), h("p", {}, t(`app-about-${name}-text`, values))];
  return setting("about", t("app-about"), [
    h("section", { class: "card" }, ...part("sees", { host: location.host }), ...part("never"), ...part("parts"),
      h("p", {}, h("a", { class: "link", href: "vendor/jsQR.LICENSE", target: "_blank", rel: "noopener" }, t("app-licence")))),
    h("p", { class: "small muted middle" }, t("relay-support")),
  ]);
}

function setting(step, title, body) {
  return { step, title, tab: "tab-menu", up: "menu/0", body };
}
