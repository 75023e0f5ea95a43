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
  const colour = (/** @type {string} */ name) => getComputedStyle(place).getPropertyValue(name).trim();
  const stepped = uPlot.paths.stepped({ align: 1 });
  const line = (/** @type {string} */ label, /** @type {string} */ stroke, /** @type {object} */ more) => (
    { label, stroke, width: 2, paths: stepped, points: { show: false }, ...more });
  const axis = { stroke: colour("--chart-ink"), grid: { stroke: colour("--chart-line") } };
  const chart = new uPlot({
    width: place.clientWidth,
    height: 200,
    scales: { x: { time: false } },
    series: [
      { label: "Time", value: (/** @type {any} */ _, /** @type {number} */ hour) => clock(hour) },
      line("Planned", colour("--chart-planned"), { fill: colour("--chart-planned-fill") }),
      line("Target", colour("--chart-target"), { dash: [6, 4] }),
      line("Minimum", colour("--chart-minimum"), {}),
    ],
    axes: [
      { ...axis, values: (/** @type {any} */ _, /** @type {number[]} */ hours) => hours.map(clock) },
      { ...axis, incrs: [1, 2, 5, 10, 20, 50], size: 36 },
    ],
  }, [steps.hours, steps.scheduled, steps.target, steps.minimum], place);
  new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: 200 })).observe(place);
}

/** @param {number | null} hour */
function clock(hour) {
  if (hour === null || hour === undefined) return "–";
  const minutes = Math.round(hour * 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
