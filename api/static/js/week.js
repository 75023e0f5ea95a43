// The week page: a dialog for one shift, and the coverage chart.

const panel = /** @type {HTMLDialogElement} */ (document.getElementById("panel"));
const content = /** @type {HTMLElement} */ (document.getElementById("panel-content"));
/** @type {HTMLElement | null} */
let opener = null;

document.addEventListener("click", (event) => {
  const link = /** @type {HTMLElement} */ (event.target).closest?.("[hx-target='#panel-content']");
  if (link && !panel.contains(link)) opener = /** @type {HTMLElement} */ (link);
  if (event.target === panel) panel.close();
});

// Whatever is put into the panel is shown and read out: first what went wrong, else its heading.
new MutationObserver(() => {
  if (!content.childElementCount) return;
  if (!panel.open) panel.showModal();
  const first = content.querySelector("[role=alert]") ?? document.getElementById("panel-title");
  /** @type {HTMLElement | null} */ (first)?.focus({ preventScroll: true });
  panel.scrollTop = 0;
}).observe(content, { childList: true });

panel.addEventListener("close", () => {
  content.replaceChildren();
  opener?.focus();
});

// The choice of department works by its button too; with scripts it acts at once.
document.getElementById("department")?.addEventListener("change", (event) => {
  /** @type {HTMLSelectElement} */ (event.target).form?.submit();
});

// After an edit the page is drawn anew: go on where the edit was.
const edited = /** @type {HTMLElement | null} */ (document.querySelector("[data-edited]"))?.dataset.edited;
if (edited) {
  for (const chip of document.querySelectorAll(`[data-shift="${CSS.escape(edited)}"]`)) {
    if (/** @type {HTMLElement} */ (chip).offsetParent) {
      chip.classList.add("edited");
      /** @type {HTMLElement} */ (chip).focus({ preventScroll: false });
    }
  }
}

// Without the chart the page works as well: its figures are in the table.
const coverage = /** @type {HTMLElement} */ (document.getElementById("coverage"));
try {
  const { drawCoverage } = await import("./coverage.js");
  new MutationObserver(drawCoverage).observe(coverage, { childList: true, subtree: true });
  drawCoverage();
} catch (error) {
  console.warn("no chart", error);
  coverage.classList.add("without-chart");
}
