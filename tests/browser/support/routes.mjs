// The pages that there are, as the program's own table of contents names them. A page that the table gains and that no
// test opens is found by this.

import { source } from "./service.mjs";

const PLUGIN = "/plugins/oauthprovider";
const TABLE = ["src/web/routes.rs"];

// What is read with GET and is no page: it is for machines, it is signed, or it only leads on.
const NO_PAGES = [/^\/(healthz|readyz|metrics)$/, /\.(css|js)$/, /^\/api\//, /^\/userinfo$/, /^\/language\//];

// Every way in which the table says that an address is read.
const READ_ONLY = /read_only\(\s*(?:&format!\(\s*)?"([^"]+)"|read_only\(\s*(PLUGIN)\b/g;
const WITH_FORM = /with_form\(\s*(page|web::resource)\(\s*(?:&format!\(\s*)?(?:"([^"]+)"|(path))/g;
const PATHS = /for path in \[([^\]]*)\]\s*\{\s*people/;

function patterns(table) {
  const found = [];
  for (const [, address, plugin] of table.matchAll(READ_ONLY)) {
    found.push(plugin ? PLUGIN : address.replace("{PLUGIN}", PLUGIN));
  }
  for (const [, kind, address, loop] of table.matchAll(WITH_FORM)) {
    const addresses = loop ? PATHS.exec(table)[1].match(/[^",\s]+/g) : [address];
    found.push(...addresses.map((one) => (kind === "page" ? PLUGIN + one : one.replace("{PLUGIN}", PLUGIN))));
  }
  return found.map((address) => address.replaceAll("{{", "{").replaceAll("}}", "}"));
}

function compiled(pattern) {
  const parts = pattern.split(/\{(\w+)(?::[^}]*)?\}/);
  const body = parts.map((part, at) => (at % 2 ? "[^/]+" : part.replace(/[.*+?^$()|[\]\\]/g, "\\$&"))).join("");
  return { pattern, matches: new RegExp(`^${body}$`), variables: (parts.length - 1) / 2 };
}

// The patterns of all pages; those without variables first, as `consumers/new` goes before `consumers/{id}`.
export const PAGES = [...new Set(TABLE.flatMap((file) => patterns(source(file))))]
  .filter((address) => !NO_PAGES.some((none) => none.test(address)))
  .map(compiled)
  .sort((a, b) => a.variables - b.variables);

// The pattern that this path belongs to, or the path itself where it leads to no page.
export function patternOf(path) {
  return PAGES.find((page) => page.matches.test(path))?.pattern ?? path;
}
