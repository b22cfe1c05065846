// Every page that anybody reaches by links, from all sides, in both languages.

import assert from "node:assert/strict";
import { ADA, castOf } from "../forge.mjs";
import { crawl, fromAllSides } from "../support/crawl.mjs";
import { PAGES } from "../support/routes.mjs";

const P = "/plugins/oauthprovider";
const OPEN_TO_ALL = ["/", P, `${P}/`, "/login"];
const START = [...OPEN_TO_ALL, `${P}/access_tokens`];

async function goEverywhere(house, look, user, language) {
  await house.visit(look, async (visitor) => {
    if (user) await visitor.logIn(user, { next: "/" });
    await crawl(visitor, user ? START : OPEN_TO_ALL, fromAllSides, { ofOneKind: look.scripts ? 2 : 1 });
  }, { language });
}

export const everywhereAsAdministrator = (language) => (house, look) => goEverywhere(house, look, ADA, language);
export const everywhereAsProjectAdmin = (language) => (house, look) => goEverywhere(house, look, castOf(look).petra, language);
export const everywhereAsUser = (language) => (house, look) => goEverywhere(house, look, castOf(look).alice, language);
export const everywhereAsStranger = (language) => (house, look) => goEverywhere(house, look, null, language);

// The program's own table of contents against what was opened.
export function nothingWasLeftOut(house) {
  const left = PAGES.map(({ pattern }) => pattern).filter((pattern) => !house.opened.has(pattern));
  assert.ok(PAGES.length > 10, `the table of contents was not understood: ${PAGES.map(({ pattern }) => pattern)}`);
  assert.deepEqual(left, [], "pages that no walk opened");
}
