// All that is tested with a real browser, on one stage. tests/browser/run starts it.

import { after, before, describe, test } from "node:test";
import { forge } from "./forge.mjs";
import { House } from "./support/house.mjs";
import { LOOKS, NARROW, PLAIN, SCRIPTLESS } from "./support/looks.mjs";
import { fromToolToBug } from "./walks/grant.mjs";
import { issuedByHand } from "./walks/direct_issue.mjs";
import {
  everywhereAsAdministrator,
  everywhereAsProjectAdmin,
  everywhereAsStranger,
  everywhereAsUser,
  nothingWasLeftOut,
} from "./walks/everywhere.mjs";
import { hostileForge, typedEverywhere } from "./walks/hostile.mjs";
import { aBugAndItsHistory } from "./walks/items.mjs";
import { consentByKeys } from "./walks/keyboard.mjs";
import { germanByHand, nothingStaysEnglish } from "./walks/languages.mjs";
import { comingAndGoing } from "./walks/log_in.mjs";
import { aUserComesAndGoes, aUserShutsToolsOut } from "./walks/people.mjs";
import { revokedForAProject } from "./walks/project.mjs";
import { refusedAndExplained } from "./walks/refused.mjs";
import { overlap } from "./walks/rotation.mjs";

let house;
before(async () => { house = await House.open(forge); });
after(() => house?.close());

// One test for each look.
function walk(what, looks, walking) {
  for (const look of looks) test(`${what}: ${look.name}`, () => walking(house, look));
}

// Two at a time, as a small machine has two cores; the longest first.
describe("walks", { concurrency: 2 }, () => {
  // Who types into everything changes what others walk about in, so this is a house apart.
  walk("hostile text in every field", [PLAIN], async (_, look) => {
    const apart = await House.open(hostileForge, "_hostile");
    try {
      await typedEverywhere(apart, look);
      apart.judge();
    } finally {
      await apart.close();
    }
  });

  walk("registered, granted each choice, filing a bug, revoked", LOOKS, fromToolToBug);
  walk("logging in, a wrong password, too many of them, logging out", LOOKS, comingAndGoing);
  walk("another secret, and the former one retires", LOOKS, overlap);
  walk("a token issued by hand, tried and revoked", LOOKS, issuedByHand);
  walk("who runs a project looks after its tokens", LOOKS, revokedForAProject);
  walk("a bug, its history and where it came from", LOOKS, aBugAndItsHistory);
  walk("a user comes and goes", LOOKS, aUserComesAndGoes);
  walk("a user shuts tools out", LOOKS, aUserShutsToolsOut);
  walk("refused, and explained", LOOKS, refusedAndExplained);
  walk("reading German", LOOKS, germanByHand);
  walk("the consent by keys alone", [PLAIN, NARROW], consentByKeys);

  const BOTH_WAYS = [PLAIN, SCRIPTLESS];
  walk("every page, as an administrator", BOTH_WAYS, everywhereAsAdministrator("en"));
  walk("every page, as a project admin", BOTH_WAYS, everywhereAsProjectAdmin("en"));
  walk("every page, as a user", BOTH_WAYS, everywhereAsUser("en"));
  walk("every page, as a stranger", BOTH_WAYS, everywhereAsStranger("en"));
  walk("every page, in German", [SCRIPTLESS], everywhereAsAdministrator("de"));
  walk("nothing stays English in German", [PLAIN], nothingStaysEnglish("de"));
});

test("no page was left out", { skip: process.env.BROWSER_TESTS_PART !== "" }, () => nothingWasLeftOut(house));
test("no page on the way had a fault", () => house.judge());
