// A bug on the forge's own pages: filed, found, closed, mended; and one that a tool filed says so.

import assert from "node:assert/strict";
import { castOf, standing } from "../forge.mjs";
import { Tool } from "../support/tool.mjs";
import { lend } from "./project.mjs";

async function filedAtAPage(visitor, tracker, summary) {
  await visitor.open(tracker);
  await visitor.press(`a[href="${tracker}/items/new"]`);
  // What is missing is said beside its field, and the rest is still there.
  await visitor.page.$eval("main form", (form) => { form.noValidate = true; });
  const details = "First line\nSecond line";
  await visitor.submit("main form[method=post]", { details }, { status: 422 });
  assert.equal(await visitor.page.$eval('[name="details"]', (field) => field.value.replaceAll("\r\n", "\n")), details);
  await visitor.submit("main form[method=post]", { summary, priority: "5" });
  await visitor.sees(summary);
}

async function closedAndMended(visitor) {
  const item = visitor.url.pathname;
  await visitor.submit(`form[action="${item}/status"]`, {}, { button: '[value="closed"]' });
  await visitor.submit(`form[action="${item}/status"]`, {}, { button: '[value="open"]' });
  await visitor.press(`a[href="${item}/edit"]`);
  await visitor.submit(`form[action="${item}/edit"]`, { summary: "Mended words", priority: "2" });
  await visitor.sees("Mended words");
}

async function found(visitor, tracker, words, filter = {}) {
  await visitor.open(tracker);
  await visitor.submit(`form[action="${tracker}"]`, { words, ...filter });
  await visitor.sees(words);
}

export async function aBugAndItsHistory(house, look) {
  const cast = castOf(look);
  const tracker = `/projects/${cast.project}/trackers/bugs`;
  const tool = new Tool(house.origin, standing(cast, house.callbacks.callback));
  const token = await lend(house, look, tool, "Reporter");
  assert.equal((await tool.file(token, cast.project, "bugs", { summary: "Tooled summary" })).status, 201);
  await house.visit(look, async (visitor) => {
    await visitor.logIn(cast.petra, { next: tracker });
    await filedAtAPage(visitor, tracker, "Handmade summary");
    await closedAndMended(visitor);
    await found(visitor, tracker, "Mended", { priority: "2" });
    await found(visitor, tracker, "Tooled", { status: "open" });
    await visitor.press(`main a[href^="${tracker}/items/"]:not([href$="new"])`);
    for (const words of [tool.consumer.name, cast.alice.name, "Reporter"]) await visitor.sees(words);
  });
}
