// A tool as its author would write it: it asks, sends its user to the consent page, exchanges, and calls. It has a
// server of its own, so that the browser's way back to it is a real one, to another origin.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { authorization } from "./signer.mjs";
import { note } from "./typed.mjs";

const P = "/plugins/oauthprovider";
const WELCOME = '<!DOCTYPE html><html lang="en"><title>Back at the tool</title><link rel="icon" href="data:,"><h1>Back at the tool</h1>';

// Where browsers come back to. One for all tools: which request is meant stands in the address.
export class CallbackServer {
  static async start() {
    const here = new CallbackServer();
    here.server = createServer((_, answer) => answer.setHeader("content-type", "text/html; charset=utf-8").end(WELCOME));
    here.server.listen(0, "127.0.0.1");
    await once(here.server, "listening");
    here.origin = `http://127.0.0.1:${here.server.address().port}`;
    here.callback = `${here.origin}/callback`;
    return here;
  }

  async stop() {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}

export class Tool {
  constructor(origin, consumer) {
    this.origin = origin;
    this.consumer = consumer;
  }

  async send(method, path, { token, body, ...oauth } = {}) {
    const url = new URL(path, this.origin).href;
    const headers = { authorization: authorization(method, url, { consumer: this.consumer, token, ...oauth }) };
    if (body) headers["content-type"] = "application/json";
    return fetch(url, { method, headers, body: body && JSON.stringify(body), redirect: "manual" });
  }

  async credentials(path, how) {
    const answer = await this.send("POST", path, how);
    const body = await answer.text();
    assert.equal(answer.status, 200, `${path} answered ${body}`);
    const told = new URLSearchParams(body);
    const expiresIn = told.get("oauth_expires_in");
    return { token: told.get("oauth_token"), secret: told.get("oauth_token_secret"), expiresIn: expiresIn && Number(expiresIn) };
  }

  // The first leg; `address` is where the user goes.
  async ask(callback) {
    const request = await this.credentials(`${P}/request_token`, { oauth_callback: callback });
    return { ...request, address: `${P}/authorize?oauth_token=${encodeURIComponent(request.token)}` };
  }

  exchange(request, verifier) {
    return this.credentials(`${P}/access_token`, { token: request, oauth_verifier: verifier });
  }

  file(token, project, tracker, item) {
    note(item.summary);
    return this.send("POST", `/api/projects/${project}/trackers/${tracker}/items`, { token, body: item });
  }

  async whoAmI(token) {
    const answer = await this.send("GET", `${P}/echo`, { token });
    return { status: answer.status, ...(answer.status === 200 ? await answer.json() : {}) };
  }
}
