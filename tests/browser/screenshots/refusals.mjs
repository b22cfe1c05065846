// Three mistakes that clients make, each as the page explains it.

import { createHmac } from "node:crypto";
import { escaped } from "../support/signer.mjs";

const P = "/plugins/oauthprovider";
const byName = ([a], [b]) => (a < b ? -1 : a > b ? 1 : 0);
const plain = (pairs) => pairs.map((pair) => pair.map(escaped)).sort(byName).map((pair) => pair.join("=")).join("&");

// What each gets wrong: the address that it signs for, or how it puts the parameters in order.
const MISTAKES = {
  "refusal-sorting": { query: [["a-", "1"], ["a/", "2"]], joined: (pairs) => pairs.sort(byName).map((pair) => pair.map(escaped).join("=")).join("&") },
  "refusal-proxy": { query: [["x", "1"]], scheme: "https:" },
  "refusal-blank": { query: [["message", "hello world"]], joined: (pairs) => plain(pairs).replaceAll("%20", "+") },
};

// Sends one request with that mistake; gives the address at which it is explained.
async function refused(origin, consumer, token, { query, scheme, joined = plain }) {
  const url = new URL(`${P}/echo?${new URLSearchParams(query)}`, origin);
  const parameters = [
    ["oauth_consumer_key", consumer.key],
    ["oauth_token", token.token],
    ["oauth_signature_method", "HMAC-SHA1"],
    ["oauth_timestamp", String(Math.floor(Date.now() / 1000))],
    ["oauth_nonce", `nonce-${Date.now()}`],
  ];
  const address = `${scheme ?? url.protocol}//${url.host}${url.pathname}`;
  const base = ["GET", address, joined([...query, ...parameters])].map(escaped).join("&");
  const signature = createHmac("sha1", `${escaped(consumer.secret)}&${escaped(token.secret)}`).update(base).digest("base64");
  const all = [...parameters, ["oauth_signature", signature]];
  const authorization = `OAuth ${all.map(([name, value]) => `${name}="${escaped(value)}"`).join(", ")}`;
  const answer = await fetch(url, { headers: { authorization } });
  return `${P}/refusals/${answer.headers.get("x-refusal-id")}`;
}

// Names of pictures, and the address of what each shows.
export async function explained(origin, consumer, token) {
  const found = [];
  for (const [name, mistake] of Object.entries(MISTAKES)) found.push([name, await refused(origin, consumer, token, mistake)]);
  return found;
}
