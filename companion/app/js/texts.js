// Words. The relay fills them in from its Fluent files, in the language that the owner chose or the phone asks for.

const CHOICE = "language";

let words = {};
let about = { language: "en", languages: [], codes: {} };

/** Loads the words. Without a choice of the owner's the phone's own languages count. */
export async function loadTexts() {
  const choice = chosenLanguage();
  const answer = await fetch(`texts.json${choice ? `?lang=${encodeURIComponent(choice)}` : ""}`, { credentials: "omit" });
  const loaded = await answer.json();
  words = loaded.texts;
  about = loaded;
  document.documentElement.lang = loaded.language;
}

/** The text of `id`; `{name}` in it is replaced by `values.name`. */
export function t(id, values = {}) {
  const text = words[id] ?? `[${id}]`;
  return Object.entries(values).reduce((filled, [name, value]) => filled.replaceAll(`{${name}}`, value), text);
}

/** Language of the words now, two letters. */
export const language = () => about.language;

/** All languages of the brand: `{ code, name }`. */
export const languages = () => about.languages;

/** The stable number of a slip of the app itself. */
export const codeOf = (slip) => about.codes[slip];

/** What the owner chose, or `null` where the phone decides. */
export function chosenLanguage() {
  return localStorage.getItem(CHOICE);
}

/** Keeps the owner's choice; `null` leaves it to the phone. */
export async function chooseLanguage(code) {
  if (code) {
    localStorage.setItem(CHOICE, code);
  } else {
    localStorage.removeItem(CHOICE);
  }
  await loadTexts();
}
