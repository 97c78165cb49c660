// Keeps the app's own files, so that it opens without a network. Nothing that was scanned ever comes here: only GETs
// below /app/ that are in this list are answered, and what stands behind `#` never leaves the page.

const VERSION = "{{ version }}";
const FILES = {{ files }};

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const outdated = (names) => names.filter((name) => name !== VERSION);
  event.waitUntil(
    caches.keys().then((names) => Promise.all(outdated(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const own = url.origin === self.location.origin && FILES.includes(url.pathname + url.search);
  if (event.request.method === "GET" && own) {
    event.respondWith(freshOrKept(event.request));
  }
});

/** The network's answer, and what was kept where there is none. */
async function freshOrKept(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok || answer.status === 304) {
      return answer;
    }
  } catch {
    // No network: what was kept serves.
  }
  const cache = await caches.open(VERSION);
  return (await cache.match(request)) ?? Response.error();
}
