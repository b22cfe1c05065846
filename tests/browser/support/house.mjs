// The whole stage: the service with a forge in it, a browser, and a place where tools are called back.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Seen } from "./accessibility.mjs";
import { puppeteer } from "./packages.mjs";
import { Service } from "./service.mjs";
import { CallbackServer } from "./tool.mjs";
import { Visitor } from "./visitor.mjs";
import { Window } from "./window.mjs";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// The one without windows is the same engine, and takes half the time.
const NAMES = ["chromium-headless-shell", "chromium", "chromium-browser"];

function installedBrowser() {
  const search = NAMES.map((name) => `command -v ${name}`).join(" || ");
  return execFileSync("sh", ["-c", search], { encoding: "utf8" }).trim();
}

export class House {
  static async open(makeForge, suffix = "") {
    const house = new House();
    try {
      await house.build(makeForge, suffix);
    } catch (error) {
      await house.close();
      throw error;
    }
    return house;
  }

  opened = new Set();
  seen = new Seen();
  complaints = new Map();
  addresses = 0;
  windows = [];

  async build(makeForge, suffix) {
    this.callbacks = await CallbackServer.start();
    this.forge = makeForge(this.callbacks.callback);
    this.service = await Service.start(this.forge, suffix);
    this.profile = mkdtempSync(join(tmpdir(), "oauthprovider-chromium."));
    this.browser = await puppeteer.launch({
      executablePath: installedBrowser(),
      userDataDir: this.profile,
      args: FLAGS,
      headless: true,
    });
  }

  // Ends what was started, as far as it came.
  async close() {
    await this.browser?.close();
    if (this.profile) rmSync(this.profile, { recursive: true, force: true });
    await this.callbacks?.stop();
    await this.service?.stop();
  }

  get origin() {
    return this.service.origin;
  }

  // An address that no other visitor has; of the networks that are there for examples.
  freshAddress() {
    this.addresses += 1;
    return `198.51.${100 + (this.addresses >> 8)}.${this.addresses & 255}`;
  }

  // Lets a visitor do something, and complains afterwards about all that was wrong with the pages on the way: a fault of a
  // page does not keep what comes behind it from being seen. Where the doing fails, nobody gets the window after it.
  async visit(look, doing, how) {
    const window = this.windows.pop() ?? (await Window.open(this.browser, this.origin, [this.callbacks.origin]));
    const result = await doing(await Visitor.enter(this, window, look, how));
    await window.clear();
    this.windows.push(window);
    return result;
  }

  complain(where, faults) {
    for (const fault of faults) this.complaints.set(fault, [...(this.complaints.get(fault) ?? []), where]);
  }

  // Fails where a page had a fault; each is named once, with the first of the pages that showed it.
  judge() {
    const lines = [...this.complaints].map(([fault, pages]) => `${fault}\n    at ${pages[0]}, and ${pages.length - 1} more`);
    this.complaints.clear();
    assert.equal(lines.length, 0, `pages have faults:\n  ${lines.join("\n  ")}`);
  }
}
