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
  await ada.open(`${P}/consumers?search=${encodeURIComponent(name)}`);
  const links = await ada.page.$$(`a[href^="${P}/consumers/"]`);
  for (const link of links) {
    if ((await link.evaluate((element) => element.textContent.trim())) === name) return ada.press(link);
  }
  assert.fail(`${name} is not on the list`);
}

export async function overlap(house, look) {
  const name = `rotating-${castOf(look).tool}`;
  await house.visit(look, async (ada) => {
    await ada.open(`${P}/consumers`);
    await ada.logIn(ADA);
    const former = await register(ada, house, { name, callback: house.callbacks.callback });
    await openTool(ada, name);
    const page = ada.url.pathname;
    await ada.submit('form[action$="/rotate"]', { former: "week" });
    const secret = await ada.text("#consumer_secret");
    assert.notEqual(secret, former.consumer.secret);
    const newest = new Tool(house.origin, { ...former.consumer, secret });
    assert.deepEqual([await signs(former), await signs(newest)], [200, 200]);

    await ada.open(page);
    await ada.submit('form[action$="/retire"]');
    assert.deepEqual([await signs(former), await signs(newest)], [401, 200]);

    await ada.open(page);
    await ada.submit('form[action$="/disable"]', { reason: "a walk" });
    assert.equal(await signs(newest), 401);
    await ada.open(page);
    await ada.submit('form[action$="/enable"]');
    assert.equal(await signs(newest), 200);

    await ada.open(`${page}/remove`);
    await ada.submit('form[action$="/remove"]');
    assert.equal(await signs(newest), 401);
  });
}
