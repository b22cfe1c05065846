// Takes the pictures. docs/screenshots starts it.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ADA, ALICE, forge, ITEMS } from "./forge.mjs";
import { explained } from "./refusals.mjs";
import { crawl } from "../support/crawl.mjs";
import { House } from "../support/house.mjs";
import { patternOf } from "../support/routes.mjs";
import { Tool } from "../support/tool.mjs";
import { CONSENT, goToConsent, grant, roleCalled, SPANS } from "../walks/grant.mjs";

const P = "/plugins/oauthprovider";
const DOCS = process.env.SCREENSHOTS_OF_DOCS;
const ALL = process.env.SCREENSHOTS_OF_ALL;
const THEMES = ["light", "dark"];
const WIDTH = 1000;
const TALLEST = 1200;

const LOOK = { scripts: true, width: WIDTH, name: "pictures" };

// The open page from its top, as far as a reader of the documentation wants to scroll.
async function picture(visitor, path, tallest = TALLEST) {
  const height = await visitor.page.evaluate(() => document.documentElement.scrollHeight);
  const clip = { x: 0, y: 0, width: WIDTH, height: Math.min(height, tallest) };
  await visitor.page.screenshot({ path, clip, captureBeyondViewport: true });
}

async function inBothThemes(visitor, name) {
  for (const theme of THEMES) {
    await visitor.shine(theme);
    await picture(visitor, join(DOCS, `${name}-${theme}.png`));
  }
}

// Alice lets tools act for her, and they do.
async function somethingHappens(house, visitor) {
  const roles = [["jenkins_a", "Reporter"], ["jenkins_a", "Developer"], ["triage", "Maintainer"], ["dashboard", "Reader"]];
  const granted = new Map();
  for (const [name, role] of roles) {
    const tool = new Tool(house.origin, house.forge.consumers.find((one) => one.name === name));
    const request = await tool.ask("oob");
    await goToConsent(visitor, request, ALICE);
    const role_id = await roleCalled(visitor, role);
    const token = await grant(visitor, house, tool, ALICE, { role_id, lifetime: SPANS.year, label: `${role} on builder 7` });
    granted.set(`${name} ${role}`, { tool, token });
    for (let call = 0; call < 5; call += 1) await tool.whoAmI(token);
  }
  const { tool, token } = granted.get("jenkins_a Reporter");
  for (const [summary, priority] of ITEMS) {
    await tool.file(token, "wonderland", "bugs", { summary, priority, details: "Filed by the build, with its log." });
  }
  return { consumer: tool.consumer, token };
}

async function ofAlice(house, visitor) {
  const asking = new Tool(house.origin, house.forge.consumers.find((one) => one.name === "jenkins_b"));
  await visitor.open((await asking.ask(house.callbacks.callback)).address);
  await visitor.fill(CONSENT, "role_id", await roleCalled(visitor, "Reporter"));
  await inBothThemes(visitor, "consent");
  for (const [name, address] of [
    ["tokens", `${P}/access_tokens`],
    ["direct-issue", `${P}/access_tokens/new?tool=jenkins_a`],
    ["roles", "/projects/wonderland/roles"],
    ["tracker", "/projects/wonderland/trackers/bugs"],
    ["item", "/projects/wonderland/trackers/bugs/items/1"],
    ["authors", `${P}/`],
  ]) {
    await visitor.open(address);
    await inBothThemes(visitor, name);
  }
}

async function ofAda(visitor) {
  await visitor.open(`${P}/consumers?words=jenkins_a`);
  await visitor.press(`main tbody a[href^="${P}/consumers/"]`);
  await inBothThemes(visitor, "tool");
  await visitor.open(`${P}/consumers`);
  await inBothThemes(visitor, "tools");
  await visitor.open(`${P}/overview`);
  await inBothThemes(visitor, "overview");
}

async function ofRefusals(house, visitor, { consumer, token }) {
  for (const [name, address] of await explained(house.origin, consumer, token)) {
    await visitor.open(address);
    await visitor.shine("dark");
    await picture(visitor, join(DOCS, `${name}.png`), 640);
  }
}

async function ofAll(visitor) {
  await crawl(visitor, ["/", `${P}/`, `${P}/access_tokens`], async (_, address) => {
    const name = patternOf(address.split("?")[0]).replace(/[^a-z_]+/g, "-").replace(/^-|-$/g, "") || "front";
    for (const theme of THEMES) {
      await visitor.shine(theme);
      await picture(visitor, join(ALL, `${name}-${theme}.png`), Infinity);
    }
  }, { ofOneKind: 1 });
}

for (const folder of [DOCS, ALL]) mkdirSync(folder, { recursive: true });
const house = await House.open(forge);
try {
  await house.visit(LOOK, async (visitor) => {
    const refused = await somethingHappens(house, visitor);
    await house.visit(LOOK, async (ada) => {
      await ada.logIn(ADA);
      await ofRefusals(house, ada, refused);
      await ofAda(ada);
      await ofAll(ada);
    });
    // What was used is on her pages once it is written down, as it is for the pages of an administrator.
    await ofAlice(house, visitor);
  });
} finally {
  await house.close();
}
console.log(`The documentation's pictures are in ${DOCS}, those of all pages in ${ALL}.`);
