// Wanted and planned people over a day, as steps.

import uPlot from "/static/vendor/uplot.js";

/** Draw every chart that is not drawn yet. */
export function drawCoverage() {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".chart:empty"))) {
    const steps = JSON.parse(place.dataset.steps ?? "{}");
    if (steps.hours?.length) draw(place, steps);
  }
}

/**
 * @param {HTMLElement} place
 * @param {{hours: number[], minimum: number[], target: number[], scheduled: number[]}} steps
 */
function draw(place, steps) {
  // A canvas knows no custom properties: let an element work out what they come to.
  const colour = (/** @type {string} */ name) => {
    place.style.color = `var(${name})`;
    return getComputedStyle(place).color;
  };
  const stepped = uPlot.paths.stepped({ align: 1 });
  const line = (/** @type {string} */ label, /** @type {string} */ stroke, /** @type {object} */ more) => (
    { label, stroke, width: 2, paths: stepped, points: { show: false }, ...more });
  const axis = {
    stroke: colour("--chart-ink"),
    grid: { stroke: colour("--chart-line"), width: 1 },
    ticks: { stroke: colour("--chart-line"), width: 1 },
    font: "12px system-ui, sans-serif",
  };
  const chart = new uPlot({
    width: place.clientWidth,
    height: 200,
    scales: { x: { time: false, range: [steps.hours[0], steps.hours[steps.hours.length - 1]] }, y: { range: (/** @type {any} */ _, /** @type {number} */ low, /** @type {number} */ high) => [0, Math.max(1, high) * 1.1] } },
    legend: { live: false },
    cursor: { show: false },
    series: [
      { label: "Time", value: (/** @type {any} */ _, /** @type {number} */ hour) => clock(hour) },
      line("Planned", colour("--chart-planned"), { fill: colour("--chart-planned-fill") }),
      line("Target", colour("--chart-target"), { dash: [6, 4] }),
      line("Minimum", colour("--chart-minimum"), {}),
    ],
    axes: [
      { ...axis, incrs: [1, 2, 3, 4, 6], values: (/** @type {any} */ _, /** @type {number[]} */ hours) => hours.map(clock) },
      { ...axis, incrs: [1, 2, 5, 10, 20, 50], size: 36 },
    ],
  }, [steps.hours, steps.scheduled, steps.target, steps.minimum], place);
  place.style.color = "";
  new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: 200 })).observe(place);
}

/** @param {number | null} hour */
function clock(hour) {
  if (hour === null || hour === undefined) return "–";
  const minutes = Math.round(hour * 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
