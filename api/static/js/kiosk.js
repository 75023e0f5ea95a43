// The clock on the wall: the time runs, an answer leads back to the form, a form left alone is emptied.

const back = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-returns-after-seconds]"));
if (back) {
  back.focus();
  setTimeout(() => location.replace(back.href), Number(back.dataset.returnsAfterSeconds) * 1000);
}

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-kiosk]"));
if (form) {
  const number = /** @type {HTMLInputElement} */ (form.elements.namedItem("number"));
  const pin = /** @type {HTMLInputElement} */ (form.elements.namedItem("pin"));
  const first = /** @type {HTMLButtonElement} */ (form.querySelector("button.big"));
  // Enter leads to the next field and from the last one to the buttons: nobody punches by accident.
  for (const [field, next] of /** @type {[HTMLElement, HTMLElement][]} */ ([[number, pin], [pin, first]])) {
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      next.focus();
    });
  }
  const seconds = Number(form.dataset.clearsAfterSeconds);
  let touched = Date.now();
  form.addEventListener("input", () => (touched = Date.now()));
  setInterval(() => {
    const isUsed = number.value || pin.value || form.querySelector("[role=alert]");
    if (isUsed && Date.now() - touched > seconds * 1000) location.replace(location.href);
  }, 1000);
}

const clock = /** @type {HTMLElement | null} */ (document.querySelector("[data-clock]"));
if (clock) {
  // The clock of the server counts, whatever the tablet thinks.
  const ahead = Date.parse(clock.dataset.serverAt ?? "") - Date.now();
  const told = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: clock.dataset.clock });
  setInterval(() => (clock.textContent = told.format(Date.now() + ahead)), 1000);
}

const code = /** @type {HTMLImageElement | null} */ (document.querySelector("[data-code]"));
if (code) setInterval(() => (code.src = `${code.dataset.code}?${Date.now()}`), 20_000);
