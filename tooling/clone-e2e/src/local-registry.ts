import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RegistryRequest } from "./registry-process.ts";

/** A registry on loopback: packages that are published to it, and all others of the registry that npm asks. */
export class LocalRegistry implements Disposable {
  readonly url: string;
  /** What a package manager needs in its environment to read from the registry, and to publish to it. */
  readonly env: Readonly<Record<string, string>>;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(folder: string, process: ChildProcess, url: string, token: string) {
    this.#folder = folder;
    this.#process = process;
    this.url = url;
    const npmrc = join(folder, "npmrc");
    writeFileSync(npmrc, `registry=${url}\n${url.replace(/^http:/, "")}:_authToken=${token}\n`);
    this.env = {
      npm_config_userconfig: npmrc,
      npm_config_registry: url,
      npm_config_cache: join(folder, "cache"),
    };
  }

  /** @param published The names of packages that it has from nowhere else. */
  static async start(published: readonly string[]): Promise<LocalRegistry> {
    const folder = mkdtempSync(join(tmpdir(), "local-registry-"));
    const upstream = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" });
    // A process of its own: tests wait for commands that ask it.
    const child = fork(new URL("registry-process.ts", import.meta.url));
    const request: RegistryRequest = { folder, upstream: upstream.trim(), published };
    child.send(request);
    const [port] = await once(child, "message");
    const url = `http://127.0.0.1:${port}/`;
    return new LocalRegistry(folder, child, url, await tokenOf(url));
  }

  [Symbol.dispose](): void {
    this.#process.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Adds a user, as `npm adduser` does. */
async function tokenOf(url: string): Promise<string> {
  const user = { name: "release", password: "release-of-a-test" };
  const response = await fetch(`${url}-/user/org.couchdb.user:${user.name}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(user),
  });
  const { token } = (await response.json()) as { readonly token?: string };
  if (token === undefined) throw new Error(`The registry adds no user: got ${response.status}.`);
  return token;
}
