// axe-core inside the page: WCAG 2.2, levels A and AA.

import { axeSource } from "./packages.mjs";

const OPTIONS = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
  rules: { "target-size": { enabled: true } },
  resultTypes: ["violations"],
};

// Gives one sentence for each violation, with the element that shows it.
export async function violations(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async (options) => (await window.axe.run(document, options)).violations, OPTIONS);
  return found.flatMap((violation) =>
    violation.nodes.map((node) => `axe ${violation.id}: ${node.html.slice(0, 200)} (${node.failureSummary.replace(/\s+/g, " ")})`),
  );
}

// Remembers which parts of which page axe has seen, so that it is asked once for each and not at every load.
export class Seen {
  #parts = new Map();

  isNew(page, parts) {
    const known = this.#parts.get(page) ?? new Set();
    this.#parts.set(page, known);
    const before = known.size;
    for (const part of parts) known.add(part);
    return known.size > before;
  }
}
