// What every page is held to, whatever it says. The functions run inside the page, with the page's own scripts on or off.

const LARGEST_PAGE = 60 * 1000;

/* eslint-env browser */
function facts() {
  const all = [...document.querySelectorAll("*")];
  const told = (element) => element.outerHTML.slice(0, 160);
  const shown = (element) => element.checkVisibility() && !element.closest(".unseen, .skip");
  const root = document.documentElement;
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown).map((one) => Number(one.tagName[1]));
  // What is wider than what holds it, where that neither scrolls nor grows: cut off for good.
  const cut = (element) =>
    element.clientWidth > 1 && // what is there for screen readers alone is one pixel wide
    !["INPUT", "TEXTAREA"].includes(element.tagName) && // these scroll with the caret
    ["hidden", "clip"].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1;
  const clips = (element) => element && (getComputedStyle(element).overflowX !== "visible" || clips(element.parentElement));
  const beyond = (element) => element.getBoundingClientRect().right > root.clientWidth + 1 && !clips(element.parentElement);
  return {
    language: root.lang,
    headings: document.querySelectorAll("h1").length,
    levels,
    title: document.title,
    overflow: root.scrollWidth - root.clientWidth,
    beyond: root.scrollWidth > root.clientWidth ? all.filter((one) => shown(one) && beyond(one)).slice(-3).map(told) : [],
    cut: all.filter((one) => shown(one) && cut(one)).map(told),
    tablesWithoutCaption: [...document.querySelectorAll("table")].filter((one) => !one.caption).map(told),
    // Nothing that a page is made of has any of these; text that became markup would.
    strange: all
      .filter(
        (one) =>
          ["IMG", "IFRAME", "OBJECT", "EMBED", "BASE", "X-INJECTED"].includes(one.tagName) ||
          (one.tagName === "SCRIPT" && !/^\/plugins\/oauthprovider\/script\.js(\?|$)/.test(one.getAttribute("src") ?? "")) ||
          one.getAttributeNames().some((name) => name.startsWith("on") || name === "style"),
      )
      .map(told),
    unguarded: [...document.querySelectorAll("form[method=post]")]
      .filter((form) => !form.querySelector("[name=csrf_token]") && form.getAttribute("action") !== "/login")
      .map(told),
    violations: window.oauthproviderViolations ?? [],
    // Kinds of parts: what a page consists of, without what it says.
    parts: [...new Set(all.map((one) => `${one.tagName}.${one.className.baseVal ?? one.className}${one.type ?? ""}`))],
  };
}

// Runs before the page's own scripts do.
function noteViolations() {
  window.oauthproviderViolations = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    window.oauthproviderViolations.push(`${event.violatedDirective} ${event.blockedURI}`),
  );
}

function skipsALevel(levels) {
  return levels.some((level, at) => level > (levels[at - 1] ?? 0) + 1);
}

// Gives one sentence for each thing that is wrong with the page.
export async function faults(page, { bytes, language }) {
  const it = await page.evaluate(facts);
  const checks = [
    [it.headings === 1, `${it.headings} elements h1`],
    [!skipsALevel(it.levels), `headings skip a level: ${it.levels}`],
    [it.language === language, `lang is ${it.language}, and ${language} was asked for`],
    [it.title.trim() !== "", "no title"],
    [it.overflow <= 0, `${it.overflow} pixels too wide: ${it.beyond.join(" ")}`],
    [it.cut.length === 0, `cut off: ${it.cut.join(" ")}`],
    [it.tablesWithoutCaption.length === 0, `table without caption: ${it.tablesWithoutCaption.join(" ")}`],
    [it.strange.length === 0, `does not belong here: ${it.strange.join(" ")}`],
    [it.unguarded.length === 0, `form without csrf_token: ${it.unguarded.join(" ")}`],
    [it.violations.length === 0, `security policy violated: ${it.violations.join(", ")}`],
    [bytes <= LARGEST_PAGE, `${bytes} bytes`],
  ];
  return { said: checks.filter(([holds]) => !holds).map(([, words]) => words), parts: it.parts };
}

// Listens to all that the browser says about a page. `complaints` gathers what it should not have said.
export async function listen(page, session, { ownOrigin, otherOrigins }) {
  const heard = { complaints: [] };
  const complain = (words) => heard.complaints.push(words);
  page.on("pageerror", (error) => complain(`script: ${error}`));
  page.on("console", (message) => {
    const status = /Failed to load resource: the server responded with a status of/.test(message.text());
    const ofThePage = message.location()?.url === page.url();
    // Chromium says so of each page that is a refusal; which status it has is tested by who opened it.
    if (["error", "warn", "assert"].includes(message.type()) && !(status && ofThePage)) {
      complain(`console: ${message.text()} (${message.location()?.url})`);
    }
  });
  page.on("dialog", async (dialog) => {
    complain(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    const isOurs = url.origin === ownOrigin || url.protocol === "data:";
    const isTheWayBack = request.isNavigationRequest() && otherOrigins.includes(url.origin);
    if (!isOurs && !isTheWayBack) complain(`request to another origin: ${url}`);
  });
  session.on("Audits.issueAdded", ({ issue }) => complain(`issue: ${issue.code} ${JSON.stringify(issue.details)}`));
  await session.send("Audits.enable");
  await page.evaluateOnNewDocument(noteViolations);
  return heard;
}
