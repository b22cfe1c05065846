// The service under test: a process of its own on a free port of the loopback, on a database that nobody else has.

import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = process.env.BROWSER_TESTS_PROGRAM;
const LISTENING = /listening on (http:\S+)/;
const TIME_TO_GO_MS = 40_000;

// The database of a service; of one that is apart from the others, one beside theirs.
function databaseUrl(folder, suffix) {
  const given = process.env.BROWSER_TESTS_DATABASE;
  if (!given) return `sqlite:${folder}/forge.db`;
  const url = new URL(given);
  url.pathname += suffix;
  return url.href;
}

export class Service {
  // Starts it with this forge in its database, which is called as the others' with this behind it.
  static async start(forge, suffix) {
    const service = new Service();
    service.folder = mkdtempSync(join(tmpdir(), "oauthprovider-browser."));
    service.log = [];
    service.environment = {
      ...process.env,
      OAUTHPROVIDER_DATABASE_URL: databaseUrl(service.folder, suffix),
      OAUTHPROVIDER_DATABASE_SERVER_KEY_FILE: join(service.folder, "server.key"),
      // Each browser says where it is, so that one's wrong passwords are not another's.
      OAUTHPROVIDER_SERVER_TRUSTED_PROXIES: "127.0.0.1",
      OAUTHPROVIDER_LIMITS_CHANGES_PER_MINUTE: "0",
    };
    writeFileSync(join(service.folder, "forge.json"), JSON.stringify(forge));
    service.command("server-key", "new", join(service.folder, "server.key"));
    service.command("migrate");
    service.command("import", join(service.folder, "forge.json"));
    service.origin = await service.serve();
    return service;
  }

  // Runs one command of the program to its end, in the service's folder; the result is what it printed.
  command(...words) {
    return execFileSync(program, words, { cwd: this.folder, env: this.environment, encoding: "utf8" });
  }

  serve() {
    const words = ["serve", "--listen", "127.0.0.1:0"];
    this.process = spawn(program, words, { cwd: this.folder, env: this.environment, stdio: ["ignore", "pipe", "pipe"] });
    this.ended = new Promise((resolve) => this.process.once("exit", (code, signal) => resolve(code ?? signal)));
    return new Promise((resolve, reject) => {
      const hear = (line) => {
        this.log.push(line);
        const said = LISTENING.exec(line);
        if (said) resolve(new URL(said[1]).origin);
      };
      createInterface({ input: this.process.stdout }).on("line", hear);
      createInterface({ input: this.process.stderr }).on("line", hear);
      this.process.once("error", reject);
      this.ended.then((how) => reject(new Error(`the service ended with ${how}:\n${this.log.join("\n")}`)));
    });
  }

  // Ends it as an operator would, and complains where that is not a clean end, or where the service met an error of its own.
  async stop() {
    this.process.kill("SIGTERM");
    const impatience = setTimeout(() => this.process.kill("SIGKILL"), TIME_TO_GO_MS);
    const how = await this.ended;
    clearTimeout(impatience);
    rmSync(this.folder, { recursive: true });
    if (how !== 0) throw new Error(`the service ended with ${how} after SIGTERM:\n${this.log.slice(-40).join("\n")}`);
    const errors = this.log.filter((line) => / ERROR /.test(line));
    if (errors.length) throw new Error(`the service met errors:\n${errors.join("\n")}`);
  }
}

const inTree = (path) => new URL(`../../../${path}`, import.meta.url);

// A file of the source tree that the tests are about.
export function source(path) {
  return readFileSync(inTree(path), "utf8");
}

// The files of a folder of it.
export function sources(folder) {
  return readdirSync(inTree(folder)).map((file) => `${folder}/${file}`);
}
