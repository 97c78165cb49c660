"use strict";
(() => {
  const base = document.body.dataset.base;
  const at = (id) => document.getElementById(id);
  const words = at("words").dataset;
  const expect = at("expect");
  const say = (text) => { expect.textContent = text; };
  const ask = async (path, body) => {
    const picture = body instanceof Blob;
    const headers = { "x-desk": "1", "content-type": picture ? "image/png" : "application/json" };
    const answer = await fetch(base + path, { method: "POST", headers, body: picture ? body : JSON.stringify(body) });
    const said = await answer.json().catch(() => null);
    if (!answer.ok) throw new Error(said && said.detail ? said.detail : words.failed);
    return said;
  };
  const device = at("device");
  const phone = at("phone");
  // The page inside may at this moment be reloading itself, because the recorder it spoke to is gone: then its own wish
  // comes through, and we ask once more.
  const home = (again = 3) => {
    const arrived = () => {
      if (again > 0 && device.contentWindow.location.pathname !== `${base}/device/`) home(again - 1);
    };
    device.addEventListener("load", arrived, { once: true });
    device.contentWindow.location.replace(`${base}/device/`);
  };
  const look = () => { device.contentWindow.location.reload(); };

  // Switches that stay where they are thrown.
  const show = (standing) => {
    for (const button of document.querySelectorAll("[data-switch]")) {
      button.setAttribute("aria-pressed", String(Boolean(standing[button.dataset.switch])));
    }
  };
  for (const button of document.querySelectorAll("[data-switch]")) {
    button.addEventListener("click", async () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.disabled = true;
      say(on ? button.dataset.expect : button.dataset.back);
      try {
        show(await ask("/switch", { name: button.dataset.switch, on }));
      } catch (failure) { say(failure.message); }
      if (button.dataset.switch === "no-email") home();
      if (button.dataset.switch === "clock") look();
      button.disabled = false;
      button.focus();
    });
  }
  for (const button of document.querySelectorAll("[data-act]")) {
    button.addEventListener("click", async () => {
      say(button.dataset.expect);
      try {
        await ask("/act", { name: button.dataset.act, on: true });
        if (button.dataset.act === "power") look();
      } catch (failure) { say(failure.message); }
    });
  }

  // The phone is lost, or found again.
  const lost = document.querySelector("[data-phone]");
  lost.addEventListener("click", () => {
    const on = lost.getAttribute("aria-pressed") !== "true";
    lost.setAttribute("aria-pressed", String(on));
    at("lost").hidden = !on;
    phone.hidden = on;
    at("point").disabled = on;
    say(on ? lost.dataset.expect : lost.dataset.back);
    if (on) ask("/act", { name: "phone-lost", on }).catch(() => undefined);
  });

  // The finger on the button: pressed as long as it is held, by mouse, finger or keyboard.
  const hold = at("hold");
  let since = 0;
  let timer = 0;
  const press = (on) => ask("/press", { name: "hold", on }).then((said) => { if (!said.heard) say(hold.dataset.quiet); }).catch((failure) => say(failure.message));
  const down = () => {
    if (since) return;
    since = performance.now();
    hold.classList.add("down");
    say(hold.dataset.expect);
    press(true);
    timer = window.setInterval(() => { at("held").value = (performance.now() - since) / 1000; }, 100);
  };
  const up = () => {
    if (!since) return;
    const seconds = ((performance.now() - since) / 1000).toFixed(1);
    since = 0;
    window.clearInterval(timer);
    hold.classList.remove("down");
    say(hold.dataset.held.replace("…", seconds));
    at("held").value = 0;
    press(false);
  };
  hold.addEventListener("pointerdown", (event) => { hold.setPointerCapture(event.pointerId); down(); });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture", "blur"]) hold.addEventListener(name, up);
  hold.addEventListener("keydown", (event) => { if (event.key === " " || event.key === "Enter") { event.preventDefault(); down(); } });
  hold.addEventListener("keyup", (event) => { if (event.key === " " || event.key === "Enter") { event.preventDefault(); up(); } });
  at("hold-for-me").addEventListener("click", () => { down(); window.setTimeout(up, 12000); });

  // The phone is pointed at the recorder's screen: what stands there is photographed and read by the phone's own reader.
  at("point").addEventListener("click", async () => {
    const code = device.contentDocument && device.contentDocument.getElementById("qr");
    if (!code) { say(words.noCode); return; }
    try {
      const shown = await fetch(code.src.replace("/qr.svg", "/qr.png"), { cache: "no-store" });
      if (!shown.ok) throw new Error(words.unread);
      const read = await ask("/scan", await shown.blob());
      at("flash").classList.remove("now");
      void at("flash").offsetWidth;
      at("flash").classList.add("now");
      phone.src = "about:blank";
      window.setTimeout(() => { phone.src = `${read.app}#scan=${encodeURIComponent(read.payload)}`; }, 60);
      say(words.pointed);
    } catch (failure) { say(failure.message || words.unread); }
  });

  // The log.
  const log = at("log");
  const add = (line) => {
    const item = document.createElement("li");
    item.dataset.party = line.party;
    item.dataset.id = line.id;
    const party = document.createElement("b");
    party.textContent = log.dataset[line.party];
    const text = document.createElement("span");
    text.textContent = line.text;
    item.append(party, text);
    log.append(item);
    log.scrollTop = log.scrollHeight;
  };
  const follow = async () => {
    let after = 0;
    for (;;) {
      try {
        const answer = await fetch(`${base}/events?after=${after}`, { cache: "no-store" });
        const news = await answer.json();
        after = news.after;
        news.lines.forEach(add);
        show(news.switches);
      } catch {
        await new Promise((resume) => { window.setTimeout(resume, 1000); });
      }
    }
  };
  follow();
})();
