// The only place that talks to anybody: the relay that served this page. Its content policy allows no other.

import { codeOf, language, t } from "./texts.js";

/** Longest wait for an answer, in milliseconds. */
const PATIENCE = 20_000;

/** A refusal that the app itself finds. */
export function slip(name) {
  return { code: codeOf(name), slip: name, title: t(`err-app-${name}`), next_step: t(`rec-app-${name}`) };
}

/** What a challenge is about. Sends nothing. Gives the answer, or `{ problem }`. */
export const look = (payload) => ask("/v1/look", payload);

/** Has the code of a challenge mailed. Gives the answer, or `{ problem }`. */
export const send = (payload) => ask("/v1/scan", payload);

/** Does the relay answer? `{}` or `{ problem }`. */
export async function ping() {
  return exchange("/healthz", { method: "GET" }, async (answer) => (answer.ok ? {} : { problem: slip("unreachable") }));
}

async function ask(path, payload) {
  const request = {
    method: "POST",
    headers: { "content-type": "application/json", "accept-language": language() },
    body: JSON.stringify({ payload }),
  };
  return exchange(path, request, async (answer) => {
    const body = await answer.json();
    if (answer.ok && body.request) {
      return body;
    }
    return { problem: body.code && body.next_step ? body : slip("no-sense") };
  });
}

async function exchange(path, request, read) {
  let answer;
  try {
    answer = await fetch(path, {
      ...request,
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return { problem: slip(navigator.onLine ? "unreachable" : "offline") };
  }
  try {
    return await read(answer);
  } catch {
    return { problem: slip("no-sense") };
  }
}
