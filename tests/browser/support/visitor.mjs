// Somebody at a browser of their own: cookies, an address, a look. What they do is done with the mouse and the keys, and
// every page that they come to is inspected.

import assert from "node:assert/strict";
import { violations } from "./accessibility.mjs";
import { faults } from "./inspection.mjs";
import { THEMES } from "./looks.mjs";
import { patternOf } from "./routes.mjs";
import { note } from "./typed.mjs";

const PATIENCE_MS = 20_000;

// What axe sees: all colours where everything is shown, and where little has room.
const SEEN_BY_AXE = ["1280 light", "1280 dark", "320 dark"];

export class Visitor {
  // `house` is the whole stage, `window` what the visitor looks at; `address` is where their browser seems to be.
  static async enter(house, { page, heard }, look, { language = "en", address = house.freshAddress() } = {}) {
    const visitor = new Visitor();
    Object.assign(visitor, { house, page, heard, address });
    page.setDefaultTimeout(PATIENCE_MS);
    await visitor.turnTo(look);
    await visitor.shine(THEMES[0]);
    await page.setJavaScriptEnabled(look.scripts);
    await visitor.speak(language);
    return visitor;
  }

  // Another width. Whether there are scripts stays as it was.
  async turnTo(look) {
    this.look = look;
    await this.page.setViewport({ width: look.width, height: 800 });
  }

  async shine(theme) {
    this.theme = theme;
    await this.page.emulateMediaFeatures([
      { name: "prefers-color-scheme", value: theme },
      // No colour is on its way to another while it is looked at.
      { name: "prefers-reduced-motion", value: "reduce" },
    ]);
  }

  // What the browser says it prefers. A language that was switched to by hand outdoes it.
  async speak(language) {
    this.language = language;
    await this.page.setExtraHTTPHeaders({ "accept-language": language, "x-forwarded-for": this.address });
  }

  get url() {
    return new URL(this.page.url());
  }

  // --- coming to a page ---

  async open(path, { status = 200 } = {}) {
    const answer = await this.page.goto(new URL(path, this.house.origin).href, { waitUntil: "load" });
    await this.arrived(answer, status);
  }

  // Presses a control that leads to another page.
  async press(control, { status = 200 } = {}) {
    const element = await this.found(control);
    const words = await element.evaluate((pressed) => pressed.outerHTML.slice(0, 300));
    const leading = Promise.all([this.page.waitForNavigation({ waitUntil: "load" }), element.click()]);
    const [answer] = await leading.catch((error) => assert.fail(`${words} on ${this.url} leads nowhere: ${error}`));
    await this.arrived(answer, status);
  }

  async arrived(answer, status) {
    if (this.url.origin !== this.house.origin) return this.quiet("at the tool");
    this.answer = { method: answer.request().method(), status: answer.status(), bytes: (await answer.buffer()).length };
    const allowed = [status].flat();
    assert.ok(allowed.includes(answer.status()), `${this.where} answered ${answer.status()}, not ${allowed}: ${await this.text("body")}`);
    this.house.opened.add(patternOf(this.url.pathname));
    return this.inspect();
  }

  get where() {
    return `${this.answer.method} ${this.url.pathname}${this.url.search.slice(0, 60)} (${this.look.name}, ${this.theme})`;
  }

  // Holds the page that is open to what all pages owe, in one theme and then in the other, in which the next page comes.
  async inspect() {
    await this.inspectAsItIs();
    await this.shine(THEMES.find((theme) => theme !== this.theme));
    await this.inspectAsItIs();
  }

  // axe is asked where it has not seen such a page yet.
  async inspectAsItIs() {
    // A form that is shown again gives back what was typed, however much that was.
    const bytes = this.answer.status === 422 ? 0 : this.answer.bytes;
    const { said, parts } = await faults(this.page, { bytes, language: this.language });
    const side = `${this.look.width} ${this.theme}`;
    const kind = `${patternOf(this.url.pathname)} ${side}`;
    const isForAxe = this.look.scripts && SEEN_BY_AXE.includes(side);
    if (isForAxe && this.house.seen.isNew(kind, parts)) said.push(...(await violations(this.page)));
    this.house.complain(this.where, said);
    this.quiet(this.where);
  }

  // Hands on what the browser complained about since last asked.
  quiet(where) {
    this.house.complain(where, this.heard.complaints.splice(0));
  }

  // --- looking ---

  async text(selector) {
    return this.page.$eval(selector, (element) => (element.innerText ?? element.textContent).trim());
  }

  texts(selector) {
    return this.page.$$eval(selector, (elements) => elements.map((element) => element.textContent.replace(/\s+/g, " ").trim()));
  }

  async sees(words) {
    const text = (await this.text("body")).replace(/\s+/g, " ");
    assert.ok(text.includes(words), `“${words}” does not stand on ${this.url.pathname} (${this.look.name}): ${text.slice(0, 3000)}`);
  }

  async seesNot(words) {
    const text = await this.text("body");
    assert.ok(!text.includes(words), `“${words}” stands on ${this.url.pathname} (${this.look.name})`);
  }

  // The element, with whatever hides it opened first: a popover by its button, details by their summary.
  async found(control) {
    const element = typeof control === "string" ? await this.page.$(control) : control;
    assert.ok(element, `no ${control} on ${this.url.pathname}: ${await this.text("main")}`);
    const isShown = () => element.evaluate((one) => one.checkVisibility());
    for (let turn = 0; turn < 4 && !(await isShown()); turn += 1) {
      const opener = await this.page.evaluateHandle((hidden) => {
        const popover = hidden.closest("[popover]");
        if (popover && !popover.matches(":popover-open")) {
          const button = document.querySelector(`[popovertarget="${CSS.escape(popover.id)}"]:not([popovertargetaction=hide])`);
          return button?.closest("details:not([open])")?.querySelector("summary") ?? button;
        }
        return hidden.closest("details:not([open])")?.querySelector("summary");
      }, element);
      assert.ok(opener.asElement(), `${control} on ${this.url.pathname} is hidden, and nothing opens it`);
      await opener.asElement().click();
    }
    return element;
  }

  // --- forms ---

  // Fills in what is given, as a person does, and presses the form's button: the one named, else the first.
  async submit(form, values = {}, { button, status } = {}) {
    for (const [name, value] of Object.entries(values)) await this.fill(form, name, value);
    await this.press(`${form} ${button ?? "button:not([type=button]):not([popovertarget])"}`, { status });
  }

  async fill(form, name, value) {
    const control = await this.found(`${form} [name="${name}"]`);
    const kind = await control.evaluate((element) => element.type);
    if (kind === "radio" || kind === "checkbox") {
      await (await this.found(`${form} [name="${name}"][value="${value}"]`)).click();
    } else if (kind.startsWith("select")) {
      assert.deepEqual(await control.select(value), [value], `${name} offers no ${value} on ${this.url.pathname}`);
    } else {
      await control.evaluate((element) => { element.value = ""; });
      note(value);
      // As an input method does it: the text at once, rather than a thousand keys.
      await control.focus();
      await this.page.keyboard.sendCharacter(value);
    }
  }

  // The values among which a choice is made, by radio buttons or from a list; without those that are greyed.
  choices(form, name) {
    return this.page.$$eval(`${form} [name="${name}"]`, (controls) =>
      controls
        .flatMap((control) => (control.tagName === "SELECT" ? [...control.options] : [control]))
        .filter((choice) => !choice.disabled)
        .map((choice) => choice.value),
    );
  }

  // --- what everybody does ---

  // Logs in, at the log-in page that the browser was sent to, or on the way to `next`.
  async logIn(user, { next } = {}) {
    if (next || this.url.pathname !== "/login") await this.open(`/login?next=${encodeURIComponent(next ?? "/")}`);
    await this.submit('form[action="/login"]', { username: user.name, password: user.password });
    assert.notEqual(this.url.pathname, "/login", `${user.name} did not get in: ${await this.text("main")}`);
  }
}
