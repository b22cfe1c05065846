// The whole consent by the keys alone: from the log-in page to the tool, and no mouse.

import assert from "node:assert/strict";
import { castOf } from "../forge.mjs";
import { Tool } from "../support/tool.mjs";
import { standing } from "../forge.mjs";

/* eslint-env browser */
function focused() {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    tag: element.tagName,
    name: element.getAttribute("name"),
    value: element.getAttribute("value"),
    type: element.type,
    words: (element.labels?.[0] ?? element).textContent.replace(/\s+/g, " ").trim(),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inView: box.top >= 0 && box.bottom <= innerHeight,
    // A label may lie over its own radio button; anything else would hide what is focused.
    uncovered: Boolean(middle) && (element.contains(middle) || middle.contains(element) || middle === element.labels?.[0]),
  };
}

async function stop(visitor) {
  // What has the focus comes into sight with the frame after it.
  await visitor.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const it = await visitor.page.evaluate(focused);
  if (it.tag !== "BODY") {
    assert.ok(it.outlined, `nobody sees that “${it.words}” (${it.tag}) has the focus`);
    assert.ok(it.inView && it.uncovered, `“${it.words}” (${it.tag}) has the focus out of sight: ${JSON.stringify(it)}`);
  }
  return it;
}

// Tab by Tab until this is reached; each stop on the way is looked at.
async function tabTo(visitor, isIt, what) {
  const met = [];
  for (let turn = 0; turn < 60; turn += 1) {
    await visitor.page.keyboard.press("Tab");
    const it = await stop(visitor);
    if (isIt(it)) return it;
    met.push(`${it.tag} ${it.words}`);
  }
  return assert.fail(`Tab never reaches ${what}; it came by ${met.join(", ")}`);
}

async function pressEnter(visitor, status = 200) {
  const [answer] = await Promise.all([
    visitor.page.waitForNavigation({ waitUntil: "load" }),
    visitor.page.keyboard.press("Enter"),
  ]);
  await visitor.arrived(answer, status);
}

const isField = (name) => (it) => it.name === name;
const isDecision = (value) => (it) => it.name === "decision" && it.value === value;

async function logIn(visitor, user) {
  // The page may have put the focus into the first field already.
  if ((await visitor.page.evaluate(focused)).name !== "username") await tabTo(visitor, isField("username"), "the name");
  await visitor.page.keyboard.type(user.name);
  await tabTo(visitor, isField("password"), "the password");
  await visitor.page.keyboard.type(user.password);
  await pressEnter(visitor);
}

async function chooseRole(visitor, name) {
  await tabTo(visitor, isField("role_id"), "the roles");
  await visitor.page.keyboard.press("Space");
  for (let turn = 0; turn < 5; turn += 1) {
    const it = await stop(visitor);
    if (it.words.includes(name)) return;
    await visitor.page.keyboard.press("ArrowDown");
  }
  assert.fail(`the arrows never reach the role ${name}`);
}

export async function consentByKeys(house, look) {
  const cast = castOf(look);
  const tool = new Tool(house.origin, standing(cast, house.callbacks.callback));
  await house.visit(look, async (visitor) => {
    await visitor.page.emulateFocusedPage(true);
    const request = await tool.ask(house.callbacks.callback);
    await visitor.open(request.address);
    await logIn(visitor, cast.alice);
    await visitor.page.keyboard.press("Tab");
    const first = await stop(visitor);
    assert.equal(first.tag, "A", "the first stop is the way to the content");
    await chooseRole(visitor, "Technician");
    await tabTo(visitor, isField("lifetime"), "how long");
    await visitor.page.keyboard.press("Home");
    const authorize = await tabTo(visitor, isDecision("authorize"), "Authorize");
    const deny = await tabTo(visitor, isDecision("deny"), "Deny");
    assert.ok(authorize && deny);
    await visitor.page.keyboard.down("Shift");
    await visitor.page.keyboard.press("Tab");
    await visitor.page.keyboard.up("Shift");
    await pressEnter(visitor);
    const token = await tool.exchange(request, visitor.url.searchParams.get("oauth_verifier"));
    assert.equal((await tool.whoAmI(token)).role.name, "Technician");
  });
}
