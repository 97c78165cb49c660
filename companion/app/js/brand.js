// The brand's words, from its signed pack by way of the relay, and the look that the owner chose.

const CHOICE = "look";

let words = { name: "", app_name: "", menu_path: [""], prefix: "", support_contact: "" };

/** Loads the brand. */
export async function loadBrand() {
  const answer = await fetch("brand.json", { credentials: "omit" });
  words = await answer.json();
}

/** `{ name, app_name, menu_path, prefix, support_contact }`. */
export const brand = () => words;

/** The addresses whose challenges this app takes: the brand's own, and the one it was loaded from (R38). */
export const prefixes = () => [words.prefix, `${location.origin}/`];

/** `light`, `dark`, or `null` where the phone decides. */
export const lookNow = () => localStorage.getItem(CHOICE);

/** Keeps and shows a look. */
export function chooseLook(look) {
  if (look) {
    localStorage.setItem(CHOICE, look);
  } else {
    localStorage.removeItem(CHOICE);
  }
  showLook(look);
}

/** Shows a look. */
export function showLook(look) {
  if (look) {
    document.documentElement.dataset.look = look;
  } else {
    delete document.documentElement.dataset.look;
  }
}

/** The browser's offer to install, once it has made one. */
let offer = null;
window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
});

/** Shows the browser's own question, or answers `false` where it has none. */
export function askToInstall() {
  offer?.prompt();
  return offer !== null;
}
