import { createHmac } from "node:crypto";
import { createInterface } from "node:readline/promises";
import OAuth from "oauth-1.0a";

const forge = "https://forge.example.org";
const plugin = forge + "/plugins/oauthprovider";

const oauth = OAuth({
  consumer: { key: process.env.CONSUMER_KEY, secret: process.env.CONSUMER_SECRET },
  signature_method: "HMAC-SHA1",
  hash_function: (text, key) => createHmac("sha1", key).update(text).digest("base64"),
});

// `more` are further oauth_ parameters, which are signed and travel in the header.
async function ask(method, url, token, more = {}) {
  const signed = oauth.authorize({ method, url, data: more }, token);
  const headers = oauth.toHeader({ ...signed, ...more });
  const answer = await fetch(url, { method, headers });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text}`);
  return text;
}

function pair(text) {
  const fields = new URLSearchParams(text);
  return { key: fields.get("oauth_token"), secret: fields.get("oauth_token_secret") };
}

const temporary = pair(await ask("POST", plugin + "/request_token", undefined, { oauth_callback: "oob" }));
console.log("Open this page, choose a role, and authorize:");
console.log(`${plugin}/authorize?oauth_token=${encodeURIComponent(temporary.key)}`);
const terminal = createInterface({ input: process.stdin, output: process.stdout });
const verifier = (await terminal.question("The code on the page: ")).trim();
terminal.close();
const granted = await ask("POST", plugin + "/access_token", temporary, { oauth_verifier: verifier });
// Keep these two: they are what your tool acts with from now on.
const token = pair(granted);
console.log("token:", token.key.slice(0, 6) + "…");

console.log(await ask("GET", plugin + "/echo?message=hello", token));
