// Coming, not getting in, and going.

import assert from "node:assert/strict";
import { castOf } from "../forge.mjs";

const LOG_IN = 'form[action="/login"]';
const FAILURES_ALLOWED = 10;

// A wrong password as a program would send it: what the browser does stands in the steps around this.
async function guess(house, name, address) {
  const answer = await fetch(`${house.origin}/login`, {
    method: "POST",
    headers: { origin: house.origin, "x-forwarded-for": address },
    body: new URLSearchParams({ username: name, password: "another guess", next: "/" }),
    redirect: "manual",
  });
  assert.equal(answer.status, 401);
}

async function wrongPassword(visitor, user) {
  await visitor.open("/login");
  await visitor.submit(LOG_IN, { username: user.name, password: "not it" }, { status: 401 });
  const unknown = await visitor.text('[role="alert"]');
  assert.equal(await visitor.page.$eval("#username", (field) => field.value), user.name);
  assert.equal(await visitor.page.$eval("#password", (field) => field.value), "");
  await visitor.submit(LOG_IN, { username: `nobody-${user.name}`, password: "not it" }, { status: 401 });
  assert.equal(await visitor.text('[role="alert"]'), unknown, "the page tells whether there is such a user");
}

async function throttled(house, visitor, user, address) {
  for (let turn = 1; turn < FAILURES_ALLOWED; turn += 1) await guess(house, user.name, address);
  await visitor.open("/login");
  await visitor.submit(LOG_IN, { username: user.name, password: user.password }, { status: 429 });
}

export async function comingAndGoing(house, look) {
  const { alice, mallory } = castOf(look);
  const address = house.freshAddress();
  await house.visit(look, async (visitor) => {
    await visitor.open("/");
    await wrongPassword(visitor, mallory);
    await throttled(house, visitor, mallory, address);

    // Neither the throttle of somebody's account nor the wrong passwords keep anybody else out.
    await visitor.logIn(alice, { next: "/plugins/oauthprovider/access_tokens" });
    assert.equal(visitor.url.pathname, "/plugins/oauthprovider/access_tokens");
    await visitor.open("/login?next=https%3A%2F%2Felsewhere.example%2F");
    await visitor.submit('form[action="/logout"]');
    await visitor.open("/plugins/oauthprovider/access_tokens");
    assert.equal(visitor.url.pathname, "/login");
  }, { address });
}
