// A token for a build server that cannot do the dance: made at a page, shown once, tried there, and used.

import assert from "node:assert/strict";
import { castOf, standing } from "../forge.mjs";
import { Tool } from "../support/tool.mjs";
import { roleCalled, SPANS } from "./grant.mjs";

const P = "/plugins/oauthprovider";
const ISSUE = `form[action="${P}/access_tokens"][method="post"]`;

// With scripts there is a button that copies; without them there is none that would not work.
async function copies(visitor) {
  const buttons = await visitor.page.$$("button.copy");
  assert.equal(buttons.length > 0, visitor.look.scripts);
  if (!visitor.look.scripts) return;
  // The clipboard is the machine's, and other walks copy too: what is written to it is looked at on its way.
  const written = visitor.page.evaluate(
    () => new Promise((resolve) => { navigator.clipboard.writeText = async (text) => resolve(text); }),
  );
  await buttons[0].click();
  assert.equal(await written, await visitor.text("#token"));
}

// The answer comes in a tab of its own, so that the page which shows the secret is still there.
async function tries(alice) {
  const arrives = new Promise((resolve) => alice.page.once("popup", resolve));
  await (await alice.found(`form[action="${P}/access_tokens/try"] button`)).click();
  const tab = await arrives;
  const notice = await tab.waitForSelector("main .notice.good");
  assert.ok((await notice.evaluate((element) => element.textContent)).includes("Reporter"));
  await tab.close();
}

async function chooseTool(visitor, name) {
  await visitor.open(`${P}/access_tokens`);
  await visitor.press(`a[href="${P}/access_tokens/new"]`);
  await visitor.submit(`form[action="${P}/access_tokens/new"]`, { words: name });
  await visitor.press(`a[href*="tool=${name}"]`);
}

export async function issuedByHand(house, look) {
  const cast = castOf(look);
  const tool = new Tool(house.origin, standing(cast, house.callbacks.callback));
  await house.visit(look, async (alice) => {
    await alice.logIn(cast.alice, { next: "/" });
    await chooseTool(alice, tool.consumer.name);
    const terms = { role_id: await roleCalled(alice, "Reporter"), lifetime: SPANS.month, label: "builder 7" };
    await alice.submit(ISSUE, terms);
    const token = { token: await alice.text("#token"), secret: await alice.text("#token_secret") };
    await copies(alice);
    await tries(alice);
    assert.equal((await tool.whoAmI(token)).role.name, "Reporter");
    await alice.open(`${P}/access_tokens`);
    await alice.sees("builder 7");
    await alice.seesNot(token.secret);

    await alice.press(`a[href^="${P}/access_tokens/revoke"]`);
    await alice.submit(`form[action="${P}/access_tokens/revoke"]`, { reason: "a walk" });
    assert.equal((await tool.whoAmI(token)).status, 401);
  });
}
