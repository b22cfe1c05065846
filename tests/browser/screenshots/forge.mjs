// A small forge in which something has happened, for pictures.

const PROJECT = "wonderland";

export const ALICE = { name: "alice", realname: "Alice Liddell", email: "alice@example.org", password: "down the rabbit hole" };
export const ADA = { name: "ada", realname: "Ada Lovelace", email: "ada@example.org", password: "analytical engine" };
const BOB = { name: "bob", realname: "Bob Dodgson", email: "bob@example.org", password: "lewis carroll, really" };

function tool(name, callback, description) {
  const url = `https://${name.replace("_", "-")}.example.org/`;
  return { name, url, description, email: "builds@example.org", callbacks: [callback], key: `${name}-key`, secret: `${name} secret` };
}

export function forge(callback) {
  return {
    users: [{ ...ADA, forge_admin: true }, ALICE, BOB],
    projects: [
      { name: PROJECT, title: "Wonderland", trackers: [{ name: "bugs", title: "Bugs" }, { name: "security", title: "Security" }] },
      { name: "looking-glass", title: "Looking Glass", trackers: [{ name: "bugs", title: "Bugs" }] },
    ],
    roles: [
      { project: PROJECT, name: "Reporter", members: ["alice", "bob"], permissions: { "tracker:bugs": "submit" } },
      { project: PROJECT, name: "Developer", members: ["alice"], permissions: { "tracker:bugs": "technician", "tracker:security": "read" } },
      { project: PROJECT, name: "Maintainer", members: ["alice"], permissions: { project: "admin" } },
      { project: "looking-glass", name: "Reader", members: ["alice"], permissions: { "tracker:bugs": "read" } },
    ],
    consumers: [
      tool("jenkins_a", callback, "Builds Wonderland, and files what breaks"),
      tool("jenkins_b", callback, "Builds the Looking Glass every night"),
      tool("triage", callback, "Sorts new bugs for the people who look after them"),
      tool("dashboard", callback, "Shows how many bugs are open"),
    ],
  };
}

export const ITEMS = [
  ["Build 41 broke: the White Rabbit is late", 5],
  ["Build 42 broke: nobody wound the watch", 4],
  ["Tea party never ends when the clock stands at six", 3],
  ["The Cheshire Cat stays visible after log-out", 3],
  ["Croquet mallets fly away on some browsers", 2],
];
