// Text that would like to be markup, a template or a mirror of the page around it: in every field that somebody can fill, and
// on every page that shows it.

import assert from "node:assert/strict";
import { crawl, fromAllSides } from "../support/crawl.mjs";
import { Tool } from "../support/tool.mjs";
import { decide, goToConsent } from "./grant.mjs";

const P = "/plugins/oauthprovider";

// No slash, which no role's name has. Written into a template it would be 7497, run it would raise a dialog, and as markup it would be an
// element that no page has.
const MARKUP = '"><x-injected><img src=x onerror=alert(1)>';
const TEMPLATE = "7{{7*7}}7";
const EVALUATED = "7497";
const MIRROR = "\u202egnorw\u202c \u200fאבג\u200e \u2066x\u2069";
const SHORT = `${MARKUP}${TEMPLATE}`;
const LONG = `${SHORT} ${MIRROR} `.padEnd(9_000, "long ").padEnd(10_000, "W");

export const HESTER = { name: "hester", realname: `Hester ${SHORT} אבג`, email: "hester@example.org", password: "scarlet letter" };

// What the import takes of it; marks that turn the direction of writing it refuses, and people type them below.
export function hostileForge(callback) {
  const project = "hostile";
  return {
    users: [{ ...HESTER, forge_admin: true }],
    projects: [{ name: project, title: `Project ${SHORT}`, trackers: [{ name: "bugs", title: `Bugs ${SHORT}` }] }],
    roles: [
      { project, name: `Reporter ${SHORT}`, members: [HESTER.name], permissions: { "tracker:bugs": "submit" } },
      { project, name: `Lead ${SHORT}`, members: [HESTER.name], permissions: { project: "admin" } },
    ],
    consumers: [hostileTool(callback)],
  };
}

function hostileTool(callback) {
  return {
    name: "hostile-tool",
    url: `http://hostile.example/?${SHORT.replaceAll(" ", "")}`,
    description: `Does ${SHORT} ${"W".repeat(1_000)}`,
    email: `${SHORT.replaceAll(" ", "")}@example.org`,
    callbacks: [callback],
    key: `key ${SHORT}`,
    secret: `secret ${SHORT}`,
  };
}

/* eslint-env browser */
// The forms of the page that take text, each with what tells it from others.
function formsOfThePage() {
  const texts = "input:not([type]), input[type=text], input[type=search], input[type=url], input[type=email], textarea";
  return [...document.forms].flatMap((form, at) => {
    const names = [...form.querySelectorAll(texts)].map((field) => field.name);
    const action = form.getAttribute("action").replace(/\d+|[?#].*/g, "N");
    return names.length && !form.querySelector("[type=password]") ? [{ at, kind: `${form.method} ${action} ${names}`, method: form.method }] : [];
  });
}

// Fills every text of the form, by what `text` gives for it, and chooses something wherever nothing is chosen.
function fillIn({ at, texts, onlyWrong }) {
  const form = document.forms[at];
  form.noValidate = true;
  const typed = {};
  for (const field of form.elements) {
    const kind = field.tagName === "TEXTAREA" ? "text" : field.type;
    if (["text", "search", "url", "email"].includes(kind) && !field.readOnly) {
      if (!onlyWrong || field.getAttribute("aria-invalid")) field.value = texts[field.name] ?? texts[kind] ?? texts.text;
      typed[field.name] = field.value;
    } else if (kind === "radio" && !form.querySelector(`[name="${field.name}"]:checked`)) {
      field.checked = !field.disabled;
    }
  }
  return typed;
}

function typedNow(at) {
  return Object.fromEntries([...(document.forms[at]?.elements ?? [])].filter((one) => one.name).map((one) => [one.name, one.value]));
}

// From what is refused nearly everywhere to what is taken everywhere.
const ATTEMPTS = [
  { text: LONG, url: `http://hostile.example/?${LONG}`, email: `${LONG}@example.org` },
  { text: SHORT, url: `http://hostile.example/?${SHORT}`, email: `${SHORT}@example.org` },
  { text: "hostile-3", url: "http://hostile.example/", email: "hostile@example.org", callbacks: "http://127.0.0.1:9/callback", public_key: "", networks: "", owner: "", needs: "" },
];

// What is wrong is told by the form itself, and nothing else.
const ANSWERS = [200, 422];

async function press(visitor, at) {
  const button = await visitor.page.evaluateHandle((at) => document.forms[at].querySelector("button:not([type=button]):not([popovertarget])"), at);
  const from = visitor.where;
  await visitor.press(button.asElement(), { status: [...ANSWERS, 400, 403, 404, 409] });
  if (!ANSWERS.includes(visitor.answer.status)) visitor.house.complain(from, [`a form leads to ${visitor.where}, which answers ${visitor.answer.status}`]);
}

// Types the worst first. What comes back is inspected, and what was typed is there again; then what was wrong is
// typed anew and milder, so that as much as possible of the worst is taken.
async function stuff(visitor, form) {
  // What goes into an address is not 10,000 characters long: it would be refused before any page is asked.
  const attempts = form.method === "get" ? ATTEMPTS.slice(1, 2) : ATTEMPTS;
  for (const [turn, texts] of attempts.entries()) {
    const typed = await visitor.page.evaluate(fillIn, { at: form.at, texts, onlyWrong: turn > 0 });
    await press(visitor, form.at);
    if (visitor.answer.status !== 422) return;
    const kept = await formAgain(visitor, form, typed);
    if (kept === null) return;
    form.at = kept;
  }
}

// Where the form is now, with all in it that was typed; null, and a complaint, where it is gone.
async function formAgain(visitor, { kind }, typed) {
  const again = (await visitor.page.evaluate(formsOfThePage)).find((one) => one.kind === kind);
  const now = again && (await visitor.page.evaluate(typedNow, again.at));
  const forgotten = Object.keys(typed).filter((name) => now?.[name]?.replaceAll("\r\n", "\n") !== typed[name]);
  visitor.house.complain(visitor.where, forgotten.map((name) => `the form of ${visitor.url.pathname.replace(/\d+/, "N")} forgets what was typed as ${name}`));
  return again ? again.at : null;
}

async function nothingEvaluated(visitor) {
  const html = await visitor.page.content();
  visitor.house.complain(visitor.where, html.includes(EVALUATED) ? ["a template was made of what somebody typed"] : []);
}

// A page that shows what was typed, and shows it as text.
async function shows(visitor, text = SHORT) {
  await visitor.sees(text);
  await nothingEvaluated(visitor);
  await fromAllSides(visitor);
}

async function atTheDoor(stranger) {
  await stranger.open(`/login?next=${encodeURIComponent(`/?text=${SHORT}`)}&username=${encodeURIComponent(SHORT)}`);
  await stranger.page.$eval("#username", (field, text) => { field.value = text; }, LONG);
  await stranger.submit('form[action="/login"]', { password: "x" }, { status: [401, 422] });
  await fromAllSides(stranger);
  for (const query of [`oauth_token=${encodeURIComponent(SHORT)}`, `oauth_token=${encodeURIComponent(MIRROR)}`]) {
    await stranger.open(`${P}/authorize?${query}`, { status: [200, 404] });
    await fromAllSides(stranger);
  }
}

// What only a tool can bring: a consent page that is full of it, a token, an item, a refusal.
async function throughATool(house, hester) {
  const tool = new Tool(house.origin, hostileTool(house.callbacks.callback));
  const request = await tool.ask(house.callbacks.callback);
  request.address += `&type=group&name=${encodeURIComponent(SHORT)}`;
  await goToConsent(hester, request, HESTER);
  await shows(hester);
  const [role_id] = await hester.choices('form:has([name="oauth_token"])', "role_id");
  await decide(hester, "authorize", { role_id, label: SHORT });
  const token = await tool.exchange(request, hester.url.searchParams.get("oauth_verifier"));
  const filed = await tool.file(token, "hostile", "bugs", { summary: `${SHORT} ${MIRROR}`, details: LONG });
  assert.equal(filed.status, 201, await filed.text());
  await tool.file(token, "hostile", "bugs", { summary: LONG.slice(0, 1_000), details: SHORT });
  const wrong = new Tool(house.origin, { key: `${SHORT} ${MIRROR}`, secret: "wrong" });
  const refused = await wrong.send("GET", `${P}/echo/${encodeURIComponent(SHORT)}?m=${encodeURIComponent(SHORT)}`, { token });
  assert.equal(refused.status, 401);
  await hester.open(`${P}/access_tokens`);
  await shows(hester);
}

// After these there may be less to type into.
const ENDING = /\/(status|plugin|disable|remove|revoke|rotate|close)\b/;

async function everyForm(hester, start) {
  const forms = new Map();
  await crawl(hester, start, async (visitor, address) => {
    for (const form of await visitor.page.evaluate(formsOfThePage)) forms.set(form.kind, { ...form, address });
  });
  assert.ok(forms.size > 20, `only these forms were found: ${[...forms.keys()]}`);
  const isEnding = ({ kind }) => ENDING.test(kind);
  for (const form of [...forms.values()].sort((a, b) => isEnding(a) - isEnding(b))) {
    await hester.open(form.address, { status: isEnding(form) ? [200, 403, 404] : 200 });
    const here = (await hester.page.evaluate(formsOfThePage)).find(({ kind }) => kind === form.kind);
    if (here) await stuff(hester, here);
    else if (!isEnding(form)) hester.house.complain(form.address, [`the form ${form.kind} is gone before anybody typed into it`]);
    await nothingEvaluated(hester);
  }
}

// Types into every form that can be reached, then goes everywhere again to see what became of it.
export async function typedEverywhere(house, look) {
  await house.visit(look, atTheDoor);
  await house.visit(look, async (hester) => {
    const start = ["/", `${P}/`, `${P}/access_tokens`, `${P}/consumers`, `${P}/refusals`];
    await throughATool(house, hester);
    await everyForm(hester, start);
    await crawl(hester, start, async (visitor) => {
      await nothingEvaluated(visitor);
      await fromAllSides(visitor);
    });
  });
}
