// A window of the browser with cookies of its own. Opening one takes as long as several pages, so it is handed from one visitor
// to the next, without anything that the former one left in it.

import { listen } from "./inspection.mjs";

export class Window {
  static async open(browser, ownOrigin, otherOrigins) {
    const window = new Window();
    window.context = await browser.createBrowserContext();
    window.page = await window.context.newPage();
    window.session = await window.page.createCDPSession();
    window.heard = await listen(window.page, window.session, { ownOrigin, otherOrigins });
    return window;
  }

  async clear() {
    await this.page.goto("about:blank");
    await this.session.send("Network.clearBrowserCookies");
    this.heard.complaints.splice(0);
  }
}
