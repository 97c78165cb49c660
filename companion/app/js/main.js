// Starts the app and shows one screen at a time. What stands behind `#` names the screen; `#scan=PAYLOAD` brings a
// challenge along and is taken out of the address at once, so that no history keeps it.

import { h } from "./dom.js";
import { icons } from "./pictures.js";
import { brand, loadBrand, lookNow, showLook } from "./brand.js";
import { aboutPage, home, installPage, languagePage, lookPage, menuPage } from "./pages.js";
import { confirm, forget, hold, refused, sent, textPage } from "./flow.js";
import { scanner } from "./scanner.js";
import { loadTexts, t } from "./texts.js";

/** Screens by the word behind `#/`. Each gives `{ step, title, up, tab, body, leave }`. */
const SCREENS = {
  "": home,
  menu: menuPage,
  language: languagePage,
  look: lookPage,
  install: installPage,
  about: aboutPage,
  scan: scanner,
  text: textPage,
  confirm,
  sent,
  refused,
};

let leave = () => undefined;
/** Screens are made one after another: a slow one must not appear over a later one. */
let shown = 0;

async function show() {
  const deep = location.hash.match(/^#scan=(.*)$/i);
  if (deep) {
    hold(plain(deep[1]));
    history.replaceState(null, "", location.pathname + location.search + "#/confirm");
  }
  const [word, value] = location.hash.replace(/^#\/?/, "").split("/");
  const screen = (SCREENS[word] ?? home)(value);
  shown += 1;
  leave();
  leave = screen.leave ?? (() => undefined);
  put(screen);
}

/** What stood in an address; what is no such text stays as it is, and is refused like any other that is no code. */
function plain(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function put(screen) {
  document.title = screen.title === brand().app_name ? screen.title : `${screen.title} · ${brand().app_name}`;
  document.body.dataset.step = screen.step;
  document.getElementById("bar").replaceChildren(...bar(screen));
  const heading = h("h1", { tabindex: "-1", class: screen.quiet ? "visually-hidden" : undefined }, screen.title);
  document.getElementById("screen").replaceChildren(heading, ...screen.body);
  document.getElementById("tabs").replaceChildren(...tabs(screen.tab));
  document.getElementById("screen").scrollTop = 0;
  if (shown > 1) {
    heading.focus({ preventScroll: true });
  }
}

function bar(screen) {
  const name = h("span", { class: "brand" }, h("span", { class: "mark", "aria-hidden": "true" }), brand().name);
  if (screen.up === undefined) {
    return [name];
  }
  return [h("a", { id: "back", class: "back", href: `#/${screen.up}` }, icons.back(), h("span", {}, t("app-back"))), name];
}

function tabs(now) {
  const tab = (id, href, icon, words) =>
    h("a", { id, href, class: "tab", "aria-current": now === id ? "page" : undefined }, icon, h("span", {}, words));
  return [tab("tab-home", "#/", icons.home(), t("app-home")), tab("tab-menu", "#/menu/0", icons.me(), brand().menu_path[0])];
}

/** Draws the screen of now again, in other words or colours. */
export function again() {
  document.getElementById("tabs").setAttribute("aria-label", t("app-tabs"));
  return show();
}

async function start() {
  showLook(lookNow());
  await Promise.all([loadTexts(), loadBrand()]);
  window.addEventListener("hashchange", show);
  window.addEventListener("appwords", again);
  // A page that is put aside forgets what it held.
  window.addEventListener("pagehide", forget);
  await show();
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register("sw.js").catch(() => undefined);
  }
}

start();
