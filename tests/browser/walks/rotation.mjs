// Another secret for a tool that is at work: both sign until the former one retires.

import assert from "node:assert/strict";
import { ADA, castOf } from "../forge.mjs";
import { Tool } from "../support/tool.mjs";
import { register } from "./grant.mjs";

const P = "/plugins/oauthprovider";

async function signs(tool) {
  const answer = await tool.send("POST", `${P}/request_token`, { oauth_callback: "oob" });
  await answer.text();
  return answer.status;
}

// The page of the tool with this name, found as an administrator finds it.
export async function openTool(ada, name) {
  await ada.open(`${P}/consumers?words=${encodeURIComponent(name)}`);
  const links = await ada.page.$$(`a[href^="${P}/consumers/"]`);
  for (const link of links) {
    if ((await link.evaluate((element) => element.textContent.trim())) === name) return ada.press(link);
  }
  assert.fail(`${name} is not on the list`);
}

// By way of the page that says what stops.
async function asked(ada, page, what, values) {
  await ada.open(page);
  await ada.press(`a[href="${page}/${what}"]`);
  await ada.sees(values.seen);
  await ada.submit(`form[action="${page}/${what}"]`, values.typed);
}

export async function overlap(house, look) {
  const name = `rotating-${castOf(look).tool}`;
  await house.visit(look, async (ada) => {
    await ada.open(`${P}/consumers`);
    await ada.logIn(ADA);
    const former = await register(ada, house, { name, callback: house.callbacks.callback });
    await openTool(ada, name);
    const page = ada.url.pathname;
    await asked(ada, page, "rotate", { seen: name, typed: { former: "week" } });
    const secret = await ada.text("#consumer_secret");
    assert.notEqual(secret, former.consumer.secret);
    const newest = new Tool(house.origin, { ...former.consumer, secret });
    assert.deepEqual([await signs(former), await signs(newest)], [200, 200]);

    await ada.open(page);
    await ada.submit(`form[action="${page}/retire"]`);
    assert.deepEqual([await signs(former), await signs(newest)], [401, 200]);

    await asked(ada, page, "disable", { seen: name, typed: { reason: "a walk" } });
    assert.equal(await signs(newest), 401);
    await ada.open(page);
    await ada.submit(`form[action="${page}/enable"]`);
    assert.equal(await signs(newest), 200);
    await edited(ada, page);

    await asked(ada, page, "remove", { seen: name, typed: {} });
    assert.equal(await signs(newest), 401);
  });
}

// What is wrong is said beside its field, and what was typed is still there; then it is changed.
async function edited(ada, page) {
  const form = `form[action="${page}/edit"]`;
  await ada.open(`${page}/edit`);
  await ada.submit(form, { description: "Says more now", networks: "nowhere" }, { status: 422 });
  assert.equal(await ada.page.$eval('[name="description"]', (field) => field.value), "Says more now");
  await ada.submit(form, { networks: "127.0.0.0/8\n198.51.0.0/16" });
  await ada.open(page);
  await ada.sees("Says more now");
}
