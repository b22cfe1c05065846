// What comes from npm. It lies where `prepare` put it, outside of the source tree, so it is required from there.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const folder = process.env.BROWSER_TESTS_PACKAGES;
if (!folder) throw new Error("start me by tests/browser/run");
const require = createRequire(join(folder, "package.json"));

export const puppeteer = require("puppeteer-core");

// axe's program, to be run inside a page.
export const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
