// A refusal, from the tool's mistake to its explanation.

import assert from "node:assert/strict";
import { ADA, castOf, standing } from "../forge.mjs";
import { Tool } from "../support/tool.mjs";
import { baseString } from "../support/signer.mjs";

const P = "/plugins/oauthprovider";

export async function refusedAndExplained(house, look) {
  const consumer = standing(castOf(look), house.callbacks.callback);
  const tool = new Tool(house.origin, { ...consumer, secret: "not its secret" });
  const answer = await tool.send("POST", `${P}/request_token`, { oauth_callback: "oob" });
  assert.equal(answer.status, 401);
  const id = answer.headers.get("x-refusal-id");
  await house.visit(look, async (ada) => {
    await ada.open(`${P}/refusals`);
    await ada.logIn(ADA);
    await ada.sees(id);
    await ada.press(`a[href="${P}/refusals/${id}"]`);
    await ada.sees("signature_invalid");
    const theirs = baseString("GET", `${house.origin}${P}/request_token`, []);
    await ada.submit(`form[action^="${P}/refusals/"]`, { base_string: theirs });
    await ada.found("mark");
  });
}
