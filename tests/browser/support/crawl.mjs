// Goes wherever links lead, a few times for each kind of page, and looks at each page from all sides.

import { LOOKS } from "./looks.mjs";
import { patternOf } from "./routes.mjs";

const OF_ONE_KIND = 3;

// Addresses of this service that the page links to, without what is behind #.
function links(page) {
  return page.$$eval("a[href]", (all) =>
    all
      .map((link) => new URL(link.href))
      .filter((url) => url.origin === location.origin && !url.pathname.startsWith("/language/"))
      .map((url) => url.pathname + url.search),
  );
}

// Opens all that can be reached from `start`, and does `looking` on each page. A page and the same page under another query are of
// one kind; the first few of each kind are opened. Gives the addresses that were opened.
export async function crawl(visitor, start, looking, { ofOneKind = OF_ONE_KIND } = {}) {
  const waiting = [...start];
  const from = new Map(start.map((address) => [address, "the start"]));
  const kinds = new Map();
  const opened = [];
  while (waiting.length) {
    const address = waiting.shift();
    const url = new URL(address, visitor.house.origin);
    const kind = `${patternOf(url.pathname)}?${[...url.searchParams.keys()].sort()}`;
    const number = kinds.get(kind) ?? 0;
    // One look at each way to narrow a list is enough.
    if (number >= (url.search ? 1 : ofOneKind)) continue;
    kinds.set(kind, number + 1);
    await visitor.open(address, { status: [200, 403, 404, 410] });
    opened.push(address);
    if (visitor.answer.status !== 200) {
      visitor.house.complain(from.get(address), [`a link to ${address}, which answers ${visitor.answer.status}`]);
      continue;
    }
    for (const found of await links(visitor.page)) {
      if (from.has(found)) continue;
      from.set(found, address);
      waiting.push(found);
    }
    await looking(visitor, address);
  }
  return opened;
}

// The page that is open, on the other widths too, and with everything unfolded.
export async function fromAllSides(visitor) {
  const first = visitor.look;
  await visitor.page.$$eval("details", (folded) => folded.forEach((one) => { one.open = true; }));
  for (const look of LOOKS.filter(({ scripts, width }) => scripts === first.scripts && width !== first.width)) {
    await visitor.turnTo(look);
    await visitor.inspect();
  }
  await visitor.turnTo(first);
}
