// The forge that the tests walk about in. Each look has people, a project and roles of its own, so that walks run beside each
// other; one administrator looks after all.

import { LOOKS } from "./support/looks.mjs";

export const ADA = { name: "ada", realname: "Ada Lovelace", email: "ada@example.org", password: "analytical engine" };

// Who and what belongs to one look: all names end in the look's.
export function castOf(look) {
  const name = (role) => `${role}-${look.name}`;
  const person = (role, realname) => ({ name: name(role), realname, email: `${role}@example.org`, password: `${role} has a password` });
  return {
    alice: person("alice", "Alice Liddell"),
    petra: person("petra", "Petra Project"),
    mallory: person("mallory", "Mallory Guesses"),
    quinn: person("quinn", "Quinn Quiet"),
    project: name("project"),
    tool: name("tool"),
  };
}

// The roles that alice holds, weakest first, as the import format writes them.
function rolesOf({ alice, petra, project }) {
  return [
    { project, name: "Reporter", members: [alice.name], permissions: { "tracker:bugs": "submit" } },
    { project, name: "Technician", members: [alice.name], permissions: { "tracker:bugs": "technician", "tracker:security": "read" } },
    { project, name: "Lead", members: [alice.name, petra.name], permissions: { project: "admin" } },
  ];
}

function projectOf({ project }) {
  const trackers = [{ name: "bugs", title: "Bugs" }, { name: "security", title: "Security" }];
  return { name: project, title: `Project ${project}`, trackers };
}

// A tool that is there from the start, for walks that are not about registering one.
export function standing(cast, callback) {
  return {
    name: `${cast.tool}-standing`,
    url: "http://ci.example/",
    description: "Builds the project, and files what breaks",
    email: "ci@example.org",
    callbacks: [callback],
    key: `key-of-${cast.tool}-standing`,
    secret: `secret-of-${cast.tool}-standing`,
  };
}

// One that needs to open and close items, which a reporter may not.
export function needy(cast, callback) {
  const key = `key-of-${cast.tool}-needy`;
  return { ...standing(cast, callback), name: `${cast.tool}-needy`, key, needs: { tracker: "technician" } };
}

export function forge(callback) {
  const casts = LOOKS.map(castOf);
  return {
    users: [ADA, ...casts.flatMap(({ alice, petra, mallory, quinn }) => [alice, petra, mallory, quinn])],
    projects: casts.map(projectOf),
    roles: [
      { project: null, name: "Forge administrator", members: [ADA.name], permissions: { forge: "admin" } },
      ...casts.flatMap(rolesOf),
    ],
    consumers: casts.flatMap((cast) => [standing(cast, callback), needy(cast, callback)]),
  };
}
