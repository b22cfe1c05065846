// Who runs a project: what acts in it, whose bugs it filed, and an end to that.

import assert from "node:assert/strict";
import { castOf, standing } from "../forge.mjs";
import { Tool } from "../support/tool.mjs";
import { goToConsent, grant, roleCalled, SPANS } from "./grant.mjs";

// Alice lends the tool this role of hers.
export async function lend(house, look, tool, role) {
  const { alice } = castOf(look);
  return house.visit(look, async (visitor) => {
    await goToConsent(visitor, await tool.ask(house.callbacks.callback), alice);
    return grant(visitor, house, tool, alice, { role_id: await roleCalled(visitor, role), lifetime: SPANS.day });
  });
}

async function confirm(visitor, link, values = {}) {
  await visitor.press(link);
  await visitor.submit("main form", values);
}

async function closesWhatItFiled(petra, tool, token, project) {
  for (const summary of ["One", "Two", "Three"]) {
    assert.equal((await tool.file(token, project, "bugs", { summary: `${summary} too many` })).status, 201);
  }
  await petra.open(`/projects/${project}/tokens`);
  await petra.press(`a[href="${(await revoking(petra, "Reporter")).replace(/revoke$/, "items")}"]`);
  await petra.sees("Three too many");
  await petra.press(`a[href*="/items/close"]`);
  await petra.submit('form[action$="/close"]', {});
  await petra.open(`/projects/${project}/trackers/bugs?status=closed`);
  await petra.sees("One too many");
}

// Off, the tool is refused; on again, it goes on.
async function switchesOff(petra, tool, token, project) {
  await petra.open(`/projects/${project}`);
  await confirm(petra, `a[href="/projects/${project}/plugin"]`);
  assert.equal((await tool.whoAmI(token)).status, 403);
  await petra.open(`/projects/${project}`);
  await confirm(petra, `a[href="/projects/${project}/plugin"]`);
  assert.equal((await tool.whoAmI(token)).status, 200);
}

// Before the role goes, the page names what stops; it can be left without anything having happened.
async function looksBeforeRemovingTheRole(petra, tool, token, project) {
  await petra.open(`/projects/${project}/roles`);
  await petra.press(await linkCalled(petra, "Reporter"));
  const role = petra.url.pathname;
  await petra.press(`a[href="${role}/remove"]`);
  await petra.sees(tool.consumer.name);
  await petra.press(`main a.button[href^="${role}"]`);
  assert.equal((await tool.whoAmI(token)).status, 200);
}

async function linkCalled(visitor, words) {
  for (const link of await visitor.page.$$("main a")) {
    if ((await link.evaluate((one) => one.textContent.trim())) === words) return link;
  }
  return assert.fail(`no link is called ${words} on ${visitor.url}`);
}

export async function revokedForAProject(house, look) {
  const cast = castOf(look);
  const { petra, project } = cast;
  const tool = new Tool(house.origin, standing(cast, house.callbacks.callback));
  const token = await lend(house, look, tool, "Reporter");
  const other = await lend(house, look, tool, "Technician");
  await house.visit(look, async (visitor) => {
    await visitor.logIn(petra, { next: `/projects/${project}` });
    await closesWhatItFiled(visitor, tool, token, project);
    await looksBeforeRemovingTheRole(visitor, tool, token, project);
    await switchesOff(visitor, tool, token, project);

    await visitor.open(`/projects/${project}/tokens`);
    await visitor.seesNot(token.token);
    await visitor.submit(`form[action="${await revoking(visitor, "Reporter")}"]`, { reason: "it files too much" });
    assert.deepEqual([(await tool.whoAmI(token)).status, (await tool.whoAmI(other)).status], [401, 200]);
  });
}

// Where the form posts to that revokes the token under this role.
async function revoking(visitor, role) {
  const actions = await visitor.page.$$eval(
    "tbody tr",
    (rows, role) =>
      rows
        .filter((row) => row.textContent.includes(role))
        .flatMap((row) => [...row.querySelectorAll('form[action$="/revoke"]')].map((form) => form.getAttribute("action"))),
    role,
  );
  assert.ok(actions.length, `no token under ${role} can be revoked on ${visitor.url.pathname}`);
  return actions[0];
}
