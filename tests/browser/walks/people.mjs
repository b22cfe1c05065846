// The forge's administrator and its users: somebody comes, is given another password, is suspended and let in again.

import assert from "node:assert/strict";
import { ADA, castOf } from "../forge.mjs";

const PASSWORD = "a password to begin with";
const ANOTHER = "quite another password";

async function canLogIn(house, look, user, status = 200) {
  await house.visit(look, async (visitor) => {
    await visitor.open("/login");
    await visitor.submit('form[action="/login"]', { username: user.name, password: user.password }, { status });
  });
}

export async function aUserComesAndGoes(house, look) {
  const name = `newcomer-${look.name}`;
  const page = `/users/${name}`;
  await house.visit(look, async (ada) => {
    await ada.logIn(ADA, { next: "/users" });
    await ada.press('a[href="/new-user"]');
    // Two passwords that differ are a mistake, and all else is still there.
    const about = { name, realname: "Nora Newcomer", email: "nora@example.org" };
    await ada.submit('form[action="/users"]', { ...about, password: PASSWORD, again: ANOTHER }, { status: 422 });
    assert.equal(await ada.page.$eval('[name="realname"]', (field) => field.value), about.realname);
    await ada.submit('form[action="/users"]', { password: PASSWORD, again: PASSWORD });
    await canLogIn(house, look, { name, password: PASSWORD });

    await ada.open(page);
    await ada.submit(`form[action="${page}/password"]`, { password: ANOTHER, again: ANOTHER });
    await canLogIn(house, look, { name, password: PASSWORD }, 401);
    await canLogIn(house, look, { name, password: ANOTHER });

    await ada.open(page);
    await ada.press(`a[href="${page}/status"]`);
    await ada.submit(`form[action="${page}/status"]`, { reason: "a walk" });
    await canLogIn(house, look, { name, password: ANOTHER }, 401);
    await ada.open("/users?status=suspended");
    await ada.sees(name);
    await ada.open(page);
    await ada.press(`a[href="${page}/status"]`);
    await ada.submit(`form[action="${page}/status"]`);
    await canLogIn(house, look, { name, password: ANOTHER });
  });
}

// A user lets no tool in any more, by a switch of their own, and reads on.
export async function aUserShutsToolsOut(house, look) {
  const { quinn } = castOf(look);
  await house.visit(look, async (visitor) => {
    await visitor.logIn(quinn, { next: `/users/${quinn.name}` });
    for (const turn of ["off", "on"]) {
      await visitor.press(`a[href="/users/${quinn.name}/plugin"]`);
      await visitor.submit(`form[action="/users/${quinn.name}/plugin"]`, { reason: turn });
    }
  });
}
