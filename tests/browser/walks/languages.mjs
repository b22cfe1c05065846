// Another language: chosen by hand, preferred by the browser, and spoken on every page to the last word.

import assert from "node:assert/strict";
import { ADA, castOf } from "../forge.mjs";
import { crawl } from "../support/crawl.mjs";
import { noted } from "../support/typed.mjs";

const P = "/plugins/oauthprovider";

async function switchTo(visitor, language) {
  visitor.language = language;
  await visitor.press(`a[href="/language/${language}"]`);
}

export async function germanByHand(house, look) {
  const { alice } = castOf(look);
  await house.visit(look, async (visitor) => {
    await visitor.open("/login");
    await switchTo(visitor, "de");
    assert.equal(visitor.url.pathname, "/login");
    await visitor.sees("Anmelden");
    await visitor.logIn(alice, { next: `${P}/access_tokens` });
    await visitor.sees("Abmelden");
    await switchTo(visitor, "en");
    assert.equal(visitor.url.pathname, `${P}/access_tokens`);
    await visitor.sees("Log out");
  });
  await house.visit(look, async (visitor) => {
    await visitor.open("/");
    await visitor.sees("Anmelden");
    await visitor.open("/nowhere", { status: 404 });
  }, { language: "de" });
}

/* eslint-env browser */
// The sentences of the page in its language: what is code, or says itself that it is in another one, is left out.
function sentences(language) {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.replace(/\s+/g, " ").trim();
    const isOurs = holder.closest("[lang]").lang === language && !holder.closest("code, pre, textarea, script, time");
    if (isOurs && text.split(" ").filter((word) => /^\p{L}{2,}/u.test(word)).length >= 3) found.push(text);
  }
  return [...new Set(found)];
}

// Every text of the forge, which is in whatever language somebody wrote it.
function written(value) {
  if (typeof value === "string") return [value];
  return value && typeof value === "object" ? Object.values(value).flatMap(written) : [];
}

// Does the text come from what somebody wrote, whole or cut short?
function isOf(other, text) {
  return text.includes(other) || other.includes(text.replace(/…$/, ""));
}

// Is little left of the text without the names that somebody gave, as of “Reporter in project-a”?
function isOfNames(names, text) {
  const rest = names.reduce((left, name) => left.replaceAll(name, ""), text);
  return rest.split(" ").filter((word) => /^\p{L}{2,}/u.test(word)).length < 2;
}

// A page holds no sentence that it holds in English too.
export function nothingStaysEnglish(language) {
  return async (house, look) => {
    const all = [...written(house.forge), ...noted()].sort((a, b) => b.length - a.length);
    const others = all.filter((text) => text.includes(" "));
    await house.visit(look, async (visitor) => {
      await visitor.logIn(ADA, { next: "/" });
      await crawl(visitor, ["/", `${P}/`, `${P}/access_tokens`], async (_, address) => {
        const own = await visitor.page.evaluate(sentences, language);
        await visitor.speak("en");
        await visitor.open(address);
        const english = new Set(await visitor.page.evaluate(sentences, "en"));
        await visitor.speak(language);
        const same = own.filter((text) => english.has(text) && !others.some((other) => isOf(other, text)) && !isOfNames(all, text));
        house.complain(address, same.map((text) => `stays English in ${language}: ${text}`));
      }, { ofOneKind: 1 });
    }, { language });
  };
}
