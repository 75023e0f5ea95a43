// The week page: a dialog for one shift, and the coverage chart.

import { drawCoverage } from "./coverage.js";

const panel = /** @type {HTMLDialogElement} */ (document.getElementById("panel"));
/** @type {HTMLElement | null} */
let opener = null;

document.addEventListener("click", (event) => {
  const chip = /** @type {HTMLElement} */ (event.target).closest?.("a.chip");
  if (chip) opener = /** @type {HTMLElement} */ (chip);
  if (event.target === panel) panel.close();
});

document.addEventListener("htmx:after:swap", () => {
  if (document.getElementById("panel-content")?.hasChildNodes()) {
    if (!panel.open) panel.showModal();
    const alert = panel.querySelector("[role=alert] input, [role=alert]");
    const first = /** @type {HTMLElement | null} */ (alert ?? document.getElementById("panel-title"));
    first?.focus();
  }
  drawCoverage();
});

panel.addEventListener("close", () => {
  document.getElementById("panel-content")?.replaceChildren();
  opener?.focus();
});

// The choice of department works by its button too; with scripts it acts at once.
document.getElementById("department")?.addEventListener("change", (event) => {
  /** @type {HTMLSelectElement} */ (event.target).form?.submit();
});

drawCoverage();
