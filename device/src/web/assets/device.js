"use strict";
(() => {
  const body = document.body;
  for (const button of document.querySelectorAll("[data-show]")) {
    const field = document.getElementById(button.dataset.show);
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.textContent = shown ? button.dataset.on : button.dataset.off;
      button.setAttribute("aria-pressed", String(!shown));
      field.focus();
    });
    field.form.addEventListener("submit", () => { field.type = "password"; });
  }
  for (const button of document.querySelectorAll("[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", async () => {
      source.select();
      try { await navigator.clipboard.writeText(source.value); } catch { document.execCommand("copy"); }
      button.textContent = button.dataset.done;
    });
  }
  const count = document.querySelector("[data-count]");
  if (count) {
    const field = document.getElementById(count.dataset.count);
    const tell = () => { count.textContent = String([...field.value].length); };
    field.addEventListener("input", tell);
    tell();
  }
  const account = document.getElementById("account");
  const forgot = document.getElementById("forgot-account");
  if (account && forgot) account.addEventListener("input", () => { forgot.value = account.value; });
  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
      window.setTimeout(() => { delete form.dataset.sent; }, 4000);
    });
  }
  const wrong = document.querySelector("[aria-invalid=true]");
  if (wrong) wrong.focus();
  const state = body.dataset.state;
  if (!state) return;
  const put = (id, value) => {
    const place = document.getElementById(id);
    if (place && value !== null && value !== undefined && place.textContent !== String(value)) place.textContent = String(value);
  };
  const typing = () => [...document.querySelectorAll("#code,#new-password")].some((field) => field.value);
  let after = Number(body.dataset.revision);
  const watch = async () => {
    for (;;) {
      try {
        const answer = await fetch(`${state}?after=${after}&wait=25`, { headers: { accept: "application/json" }, cache: "no-store" });
        if (!answer.ok) { window.location.reload(); return; }
        const now = await answer.json();
        after = now.revision;
        put("tries-left", now.tries_left);
        put("minutes-left", now.minutes_left);
        const warning = document.getElementById("time-warning");
        if (warning && now.minutes_left !== null) warning.hidden = now.minutes_left > 5;
        if (now.progress) {
          put("going-text", now.progress.text);
          const bar = document.getElementById("going-bar");
          if (bar) { bar.max = now.progress.of; bar.value = now.progress.done; }
        }
        if (now.page !== body.dataset.page && !(now.step === body.dataset.step && typing())) { window.location.reload(); return; }
      } catch {
        await new Promise((done) => { window.setTimeout(done, 2000); });
      }
    }
  };
  watch();
})();
