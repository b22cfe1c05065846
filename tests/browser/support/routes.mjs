// The pages that there are, as the program's own table of contents names them. A page that the table gains and that no
// test opens is found by this.

import { source, sources } from "./service.mjs";

const FOLDER = "src/web/routes";
const TABLE = [`${FOLDER}.rs`, ...sources(FOLDER)].map(source).join("\n");

// What is read with GET and is no page: it is for machines, it is signed, or it only leads on.
const NO_PAGES = [/^\/(healthz|readyz|metrics)$/, /\.(css|js)$/, /^\/api\//, /^\/userinfo$/, /^\/language\//];

// The two ways in which the table says that an address is read.
const READ = /\b(?:read_only|with_form)\(/g;

// What stands between the parenthesis before `start` and the comma or parenthesis that ends the argument.
function argument(start) {
  let depth = 0;
  for (let at = start; at < TABLE.length; at += 1) {
    if ("([".includes(TABLE[at])) depth += 1;
    if (depth === 0 && ",)".includes(TABLE[at])) return TABLE.slice(start, at).trim();
    if (")]".includes(TABLE[at])) depth -= 1;
  }
  throw new Error("the table of contents ends within an argument");
}

// Names that stand for text: constants, and closures that put something around their `path`.
const CONSTANTS = new Map([...TABLE.matchAll(/const (\w+): &str = "([^"]*)"/g)].map(([, name, text]) => [name, text]));
const CLOSURES = new Map(
  [...TABLE.matchAll(/let (\w+) = \|path: &str\| (?:web::resource\()?format!\("([^"]*)"\)/g)].map(([, name, text]) => [name, text]),
);

// The lists that loops go through, the nearest before `position` for each name.
function loopsBefore(position) {
  const loops = TABLE.slice(0, position).matchAll(/for (\w+) in \[([^\]]*)\]/g);
  return new Map([...loops].map(([, name, list]) => [name, list.match(/[^",\s]+/g)]));
}

// What a format string can become: constants and loops are put in, and doubled braces are braces of the address.
function formatted(text, position) {
  const [whole, name] = /(?<!\{)\{(\w+)\}(?!\})/.exec(text) ?? [];
  if (!whole) return [text.replaceAll("{{", "{").replaceAll("}}", "}")];
  const values = CONSTANTS.has(name) ? [CONSTANTS.get(name)] : (loopsBefore(position).get(name) ?? [`{{${name}}}`]);
  return values.flatMap((value) => formatted(text.replace(whole, value.replace(/(?<!\{)\{(\w+)\}(?!\})/g, "{{$1}}")), position));
}

const literal = (text) => text.slice(1, text.lastIndexOf('"'));

// All addresses that an expression of the table can stand for, where it stands at `position`.
function addresses(expression, position) {
  const bare = expression.replace(/^&/, "").replace(/^web::resource\((.*)\)$/s, "$1").replace(/^&/, "").trim();
  const [, format] = /^format!\((.*)\)$/s.exec(bare) ?? [];
  if (format) return formatted(literal(format.trim()), position);
  if (bare.startsWith('"')) return [literal(bare)];
  if (CONSTANTS.has(bare)) return [CONSTANTS.get(bare)];
  const [, name, inner] = /^(\w+)\((.*)\)$/s.exec(bare) ?? [];
  if (CLOSURES.has(name)) {
    return addresses(inner, position).flatMap((path) => formatted(CLOSURES.get(name).replace("{path}", path.replace(/\{(\w+)\}/g, "{{$1}}")), position));
  }
  const loop = loopsBefore(position).get(bare);
  if (loop) return loop;
  if (/^\w+: /.test(bare)) return []; // where read_only and with_form themselves are declared
  throw new Error(`the table of contents says ${expression}, which is not understood`);
}

function compiled(pattern) {
  const parts = pattern.split(/\{(\w+)(?::[^}]*)?\}/);
  const body = parts.map((part, at) => (at % 2 ? "[^/]+" : part.replace(/[.*+?^$()|[\]\\]/g, "\\$&"))).join("");
  return { pattern, matches: new RegExp(`^${body}$`), variables: (parts.length - 1) / 2 };
}

const read = [...TABLE.matchAll(READ)].flatMap(({ 0: call, index }) => addresses(argument(index + call.length), index));

// The patterns of all pages; those without variables first, as `consumers/new` goes before `consumers/{id}`.
export const PAGES = [...new Set(read)]
  .filter((address) => !NO_PAGES.some((none) => none.test(address)))
  .map(compiled)
  .sort((a, b) => a.variables - b.variables);

// The pattern that this path belongs to, or the path itself where it leads to no page.
export function patternOf(path) {
  return PAGES.find((page) => page.matches.test(path))?.pattern ?? path;
}
