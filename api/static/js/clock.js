// One's own time clock: asks where the phone is where the place asks for it, and keeps punches while there is no network.

const LABELS = { in: "Clock in", out: "Clock out", break_start: "Start break", break_end: "End break", transfer: "Move" };
const AFTER = { in: "at_work", out: "away", break_start: "on_break", break_end: "at_work", transfer: "at_work" };
const NOW_SAID = { away: "Not at work", at_work: "At work", on_break: "On a break" };
const POSITION_WAITS_MS = 10_000;
const ANSWER_WAITS_MS = 15_000;
const TRIES_AGAIN_MS = 20_000;

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-punch]"));
if (form) start(form);

/** @param {HTMLFormElement} form */
function start(form) {
  const { employee, zone } = form.dataset;
  const place = `makina.punches.${employee}`;
  const address = `/v1/employees/${employee}/punches`;
  const refusedBox = /** @type {HTMLElement} */ (document.querySelector("[data-refused]"));
  const waitingBox = /** @type {HTMLElement} */ (document.querySelector("[data-waiting]"));
  const told = new Intl.DateTimeFormat("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit", timeZone: zone });
  let busy = false;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const kind = /** @type {HTMLButtonElement | null} */ (event.submitter)?.value;
    if (!kind || busy) return;
    busy = true;
    lock(true);
    refusedBox.hidden = true;
    const punch = pressed(form, kind);
    const taken_at = new Date().toISOString();
    const position = "asksPosition" in form.dataset ? await whereabouts() : null;
    if (position) punch.position = position;
    // What waits goes first, so that punches arrive in order while they can.
    const waits = kept().some((each) => !each.refused);
    const answer = waits ? { outcome: "away", said: "" } : await send(address, punch);
    if (answer.outcome === "made") return location.assign(`/my/time?done=${kind}`);
    if (answer.outcome === "refused") refuse(refusedBox, answer.said);
    else if (!keep({ ...punch, taken_at })) refuse(refusedBox, "There is no network, and this browser keeps nothing. Nothing was punched.");
    show();
    lock(false);
    busy = false;
    if (answer.outcome === "away") flush();
  });

  /** @returns {any[]} */
  function kept() {
    try {
      return JSON.parse(localStorage.getItem(place) ?? "[]");
    } catch {
      return [];
    }
  }

  /** @param {any[]} punches */
  function store(punches) {
    try {
      localStorage.setItem(place, JSON.stringify(punches));
      return true;
    } catch {
      return false;
    }
  }

  /** @param {any} punch */
  function keep(punch) {
    return store([...kept(), punch]);
  }

  /** Send what waits, oldest first; what is refused stays to be seen. */
  async function flush() {
    if (flush.running) return;
    flush.running = true;
    let sent = 0;
    for (const punch of kept().filter((each) => !each.refused)) {
      const answer = await send(address, { ...punch, sent_at: new Date().toISOString() });
      if (answer.signedOut) location.assign("/sign-in?next=/my/time");
      if (answer.outcome === "away") break;
      const others = kept().filter((each) => each.once !== punch.once);
      store(answer.outcome === "made" ? others : [...others, { ...punch, refused: answer.said }]);
      sent += answer.outcome === "made" ? 1 : 0;
    }
    flush.running = false;
    show();
    if (sent && !kept().some((each) => !each.refused)) location.assign("/my/time");
  }
  flush.running = false;

  /** The list of what waits, and the buttons that fit after it. */
  function show() {
    const punches = kept();
    waitingBox.hidden = !punches.length;
    const list = /** @type {HTMLElement} */ (waitingBox.querySelector("ul"));
    list.replaceChildren(...punches.map((punch) => line(punch)));
    let state = form.dataset.here ?? "away";
    for (const punch of punches) if (!punch.refused) state = AFTER[/** @type {keyof typeof AFTER} */ (punch.kind)];
    const fitting = JSON.parse(form.dataset.next ?? "{}")[state] ?? [];
    for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (form.querySelectorAll("button[name=kind]"))) {
      button.hidden = !fitting.includes(button.value);
    }
    const elsewhere = /** @type {HTMLElement | null} */ (form.querySelector("[data-elsewhere]"));
    if (elsewhere) elsewhere.hidden = state === "on_break";
    const now = /** @type {HTMLElement | null} */ (document.querySelector("[data-state]"));
    if (now && state !== form.dataset.here) now.textContent = NOW_SAID[/** @type {keyof typeof NOW_SAID} */ (state)];
  }

  /** @param {any} punch */
  function line(punch) {
    const item = document.createElement("li");
    const label = LABELS[/** @type {keyof typeof LABELS} */ (punch.kind)];
    item.append(`${label}, ${told.format(new Date(punch.taken_at))}: `, punch.refused ?? "waiting for the network");
    if (punch.refused) {
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "quiet";
      remove.textContent = "Remove";
      remove.addEventListener("click", () => {
        store(kept().filter((each) => each.once !== punch.once));
        show();
      });
      item.append(" ", remove);
    }
    return item;
  }

  /** @param {boolean} on */
  function lock(on) {
    for (const button of form.querySelectorAll("button")) button.disabled = on;
  }

  addEventListener("online", flush);
  setInterval(() => kept().some((each) => !each.refused) && !busy && flush(), TRIES_AGAIN_MS);
  show();
  flush();
}

/**
 * What a press of a button says.
 * @param {HTMLFormElement} form
 * @param {string} kind
 * @returns {Record<string, any>}
 */
function pressed(form, kind) {
  const random = crypto.getRandomValues(new Uint32Array(4));
  const said = new FormData(form);
  /** @type {Record<string, any>} */
  const punch = { kind, once: Array.from(random, (each) => each.toString(16).padStart(8, "0")).join("") };
  if (kind === "in" || kind === "transfer") {
    for (const name of ["location_id", "job_role_id"]) if (said.get(name)) punch[name] = said.get(name);
  }
  if (said.get("kiosk_proof")) punch.kiosk_proof = said.get("kiosk_proof");
  return punch;
}

/** Where the phone is, if its person lets it say so in time. */
function whereabouts() {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({ latitude: coords.latitude, longitude: coords.longitude, accuracy_metres: coords.accuracy }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: POSITION_WAITS_MS, maximumAge: 0 },
    );
  });
}

/**
 * Whether a punch was made, was refused, or could not get there.
 * @param {string} address
 * @param {any} punch
 * @returns {Promise<{outcome: "made" | "refused" | "away", said?: string, signedOut?: boolean}>}
 */
async function send(address, punch) {
  let answer;
  try {
    const signal = AbortSignal.timeout(ANSWER_WAITS_MS);
    const headers = { "Content-Type": "application/json" };
    answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(punch), signal });
  } catch {
    return { outcome: "away" };
  }
  if (answer.ok) return { outcome: "made" };
  // Signed out, too many at once, a fault: it can be sent later.
  if (answer.status === 401) return { outcome: "away", signedOut: true };
  if (answer.status === 429 || answer.status >= 500) return { outcome: "away" };
  const problem = await answer.json().catch(() => ({}));
  const errors = (problem.errors ?? []).map((/** @type {any} */ each) => `${each.problem}: ${each.hint}.`);
  return { outcome: "refused", said: [`${problem.title ?? "Refused"}.`, ...(errors.length ? errors : [problem.detail ?? ""])].join(" ") };
}

/**
 * @param {HTMLElement} box
 * @param {string | undefined} said
 */
function refuse(box, said) {
  const line = document.createElement("p");
  line.textContent = said ?? "";
  box.replaceChildren(line);
  box.hidden = false;
}
