// Buttons that copy a field: <button data-copy="id of the field">.

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-copy]"))) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById(button.dataset.copy ?? ""));
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      told(button, "Copied");
    } catch {
      told(button, "Press Ctrl+C");
    }
  });
}

/**
 * @param {HTMLButtonElement} button
 * @param {string} text
 */
function told(button, text) {
  button.textContent = text;
  const announcer = document.getElementById("announcer");
  if (announcer) announcer.textContent = text;
}
