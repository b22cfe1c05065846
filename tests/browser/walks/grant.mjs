// From a tool that nobody knows to a bug that it filed, and back.

import assert from "node:assert/strict";
import { ADA, castOf, needy } from "../forge.mjs";
import { Tool } from "../support/tool.mjs";

const P = "/plugins/oauthprovider";
export const CONSENT = 'form:has([name="oauth_token"])';

// For how long a role is lent, as the page's list says it to the server: in seconds.
export const SPANS = { hour: "3600", day: "86400", month: "2592000", year: "31536000" };
const A_MOMENT_SECONDS = 60;

// A forge administrator registers the tool, and gets its credentials shown.
export async function register(ada, house, { name, callback, ...more }) {
  await ada.open(`${P}/consumers/new`);
  const about = { name, url: "http://ci.example/", description: "Builds it", email: "ci@example.org", callbacks: callback };
  await ada.submit(`form[action="${P}/consumers"]`, { ...about, ...more });
  const key = await ada.text("#consumer_key");
  const secret = await ada.text("#consumer_secret");
  return new Tool(house.origin, { name, key, secret });
}

// The page that asks alice, with her logged in.
export async function goToConsent(alice, request, user) {
  await alice.open(request.address);
  if (alice.url.pathname === "/login") await alice.logIn(user);
  assert.equal(alice.url.pathname, request.address.split("?")[0]);
}

// The value of the role whose label names it.
export async function roleCalled(alice, name) {
  const value = await alice.page.$$eval(
    'main [name="role_id"]',
    (radios, name) => radios.find((radio) => radio.labels[0].querySelector("strong").textContent === name)?.value,
    name,
  );
  assert.ok(value, `the role ${name} is not offered`);
  return value;
}

export async function decide(alice, decision, values = {}) {
  await alice.submit(CONSENT, values, { button: `button[name="decision"][value="${decision}"]` });
}

// What the browser brought back to the tool.
function broughtBack(alice, house) {
  assert.equal(alice.url.origin, house.callbacks.origin, `the browser stayed at ${alice.url}`);
  return Object.fromEntries(alice.url.searchParams);
}

// All three legs; gives the access token.
export async function grant(alice, house, tool, user, values) {
  const request = await tool.ask(house.callbacks.callback);
  await goToConsent(alice, request, user);
  await decide(alice, "authorize", values);
  const { oauth_token, oauth_verifier } = broughtBack(alice, house);
  assert.equal(oauth_token, request.token);
  return tool.exchange(request, oauth_verifier);
}

async function eachChoice(alice, house, tool, user) {
  const request = await tool.ask(house.callbacks.callback);
  await goToConsent(alice, request, user);
  const roles = await alice.choices(CONSENT, "role_id");
  const spans = await alice.choices(CONSENT, "lifetime");
  assert.equal(roles.length, 3);
  assert.deepEqual(spans.slice(0, 4), Object.values(SPANS));
  assert.equal(spans.length, 5);
  assert.equal(await alice.page.$(`${CONSENT} [name="role_id"]:checked`), null, "a role is chosen already");
  const got = [];
  for (const [at, lifetime] of spans.entries()) {
    const token = await grant(alice, house, tool, user, { role_id: roles[at % roles.length], lifetime });
    const { role, user: who } = await tool.whoAmI(token);
    assert.equal(who.name, user.name);
    const expected = Object.values(SPANS).includes(lifetime) ? Number(lifetime) : null;
    assert.ok(expected === null ? token.expiresIn === null : expected - token.expiresIn < A_MOMENT_SECONDS, `${lifetime}: ${token.expiresIn}`);
    got.push(role.name);
  }
  assert.deepEqual([...new Set(got)].sort(), ["Lead", "Reporter", "Technician"]);
}

async function denied(alice, house, tool, user) {
  const request = await tool.ask(house.callbacks.callback);
  await goToConsent(alice, request, user);
  await decide(alice, "deny");
  const { oauth_problem, oauth_token } = broughtBack(alice, house);
  assert.deepEqual([oauth_problem, oauth_token], ["permission_denied", request.token]);
  await alice.open(request.address, { status: 410 });
}

async function outOfBand(alice, house, tool, user) {
  const request = await tool.ask("oob");
  // As consumers that are configured for FusionForge send their users.
  request.address = request.address.replace("/authorize?", "/authorize.php?");
  await goToConsent(alice, request, user);
  const [role_id] = await alice.choices(CONSENT, "role_id");
  await decide(alice, "authorize", { role_id });
  const token = await tool.exchange(request, await alice.text("#oauth_verifier"));
  assert.equal((await tool.whoAmI(token)).status, 200);

  const refused = await tool.ask("oob");
  await goToConsent(alice, refused, user);
  await decide(alice, "deny");
  assert.equal(await alice.page.$("#oauth_verifier"), null);
}

// A form that posts the role without one being chosen: the browser itself says no, and the page stays.
async function nothingChosen(alice, house, tool, user) {
  const request = await tool.ask(house.callbacks.callback);
  await goToConsent(alice, request, user);
  await (await alice.found(`${CONSENT} button[value="authorize"]`)).click();
  assert.equal(alice.url.pathname, `${P}/authorize`);
  assert.equal(await alice.page.$eval(CONSENT, (form) => form.checkValidity()), false);
}

// A role that is too little for what the tool says it needs stands there, greyed, with the reason; the others can be chosen.
async function tooLittle(alice, house, look) {
  const cast = castOf(look);
  const tool = new Tool(house.origin, needy(cast, house.callbacks.callback));
  const request = await tool.ask(house.callbacks.callback);
  await goToConsent(alice, request, cast.alice);
  const greyed = await alice.page.$$eval(`${CONSENT} [name="role_id"]:disabled`, (radios) =>
    radios.map((radio) => [radio.labels[0].querySelector("strong").textContent, document.getElementById(radio.getAttribute("aria-describedby")).textContent.trim()]),
  );
  assert.deepEqual(greyed.map(([role]) => role), ["Reporter"]);
  assert.ok(greyed[0][1], "nobody says why");
  await decide(alice, "authorize", { role_id: await roleCalled(alice, "Technician"), lifetime: SPANS.hour });
  const token = await tool.exchange(request, broughtBack(alice, house).oauth_verifier);
  assert.equal((await tool.whoAmI(token)).role.name, "Technician");
}

export async function fromToolToBug(house, look) {
  const cast = castOf(look);
  const tool = await house.visit(look, async (ada) => {
    await ada.open(`${P}/consumers`);
    await ada.logIn(ADA);
    return register(ada, house, { name: cast.tool, callback: house.callbacks.callback });
  });
  await house.visit(look, async (alice) => {
    const user = cast.alice;
    const request = await tool.ask(house.callbacks.callback);
    await goToConsent(alice, request, user);
    await alice.sees(cast.tool);
    await nothingChosen(alice, house, tool, user);
    const token = await grant(alice, house, tool, user, { role_id: await roleCalled(alice, "Reporter"), lifetime: SPANS.day });
    assert.equal((await tool.whoAmI(token)).role.name, "Reporter");
    const filed = await tool.file(token, cast.project, "bugs", { summary: `Broken at ${look.name}` });
    assert.equal(filed.status, 201);

    await alice.open(`${P}/access_tokens`);
    await alice.sees(cast.tool);
    await alice.submit(`form[action$="/revoke"]`);
    assert.equal((await tool.whoAmI(token)).status, 401);

    await eachChoice(alice, house, tool, user);
    await denied(alice, house, tool, user);
    await outOfBand(alice, house, tool, user);
    await tooLittle(alice, house, look);
  });
}
