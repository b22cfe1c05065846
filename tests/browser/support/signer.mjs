// RFC 5849 from the consumer's side, written from its text for these tests alone: nothing of the program signs here, so
// that one mistake cannot confirm itself.

import { createHmac, randomBytes } from "node:crypto";

// Section 3.6: all but the unreserved characters.
export function escaped(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

// Section 3.4.1.3.2: escaped first, then sorted, by name and then by value.
function normalised(pairs) {
  const order = ([nameA, valueA], [nameB, valueB]) =>
    nameA < nameB ? -1 : nameA > nameB ? 1 : valueA < valueB ? -1 : valueA > valueB ? 1 : 0;
  return pairs.map((pair) => pair.map(escaped)).sort(order).map((pair) => pair.join("=")).join("&");
}

// Section 3.4.1: method, address without its query, and all parameters.
export function baseString(method, url, pairs) {
  const address = new URL(url);
  const all = [...address.searchParams.entries(), ...pairs];
  return [method, `${address.origin}${address.pathname}`, normalised(all)].map(escaped).join("&");
}

// The value of the Authorization header for a request whose body is no form.
export function authorization(method, url, { consumer, token, ...more }) {
  const parameters = {
    oauth_consumer_key: consumer.key,
    ...(token && { oauth_token: token.token }),
    oauth_signature_method: "HMAC-SHA1",
    oauth_timestamp: String(Math.floor(Date.now() / 1000)),
    oauth_nonce: randomBytes(12).toString("hex"),
    ...more,
  };
  const base = baseString(method, url, Object.entries(parameters));
  const key = `${escaped(consumer.secret)}&${escaped(token ? token.secret : "")}`;
  parameters.oauth_signature = createHmac("sha1", key).update(base).digest("base64");
  return `OAuth ${Object.entries(parameters).map(([name, value]) => `${name}="${escaped(value)}"`).join(", ")}`;
}
