import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

const fixtures = resolve(import.meta.dirname, "../test/fixtures/frameworks");

/** An app that somebody has made with a framework, in a folder of its own. */
export class FrameworkApp implements Disposable {
  /** Absolute path. */
  readonly folder: string;
  readonly #name: string;
  readonly #env: Readonly<Record<string, string | undefined>>;

  /**
   * @param name Of its fixture.
   * @param env Beside that of this process.
   */
  constructor(name: string, env: Readonly<Record<string, string>> = {}) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)));
    this.#name = name;
    this.#env = { ...builderEnv, ...env };
    cpSync(join(fixtures, name), this.folder, { recursive: true });
  }

  /** Runs npm, or another command, and returns what it printed; it throws with all of it on failure. */
  run(command: string, ...args: readonly string[]): string {
    const options = { cwd: this.folder, encoding: "utf8", stdio: "pipe", env: this.#env } as const;
    try {
      return execFileSync(command, args, options);
    } catch (error) {
      const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
      throw new Error(
        `${[command, ...args].join(" ")} of ${this.#name} failed.\n${stdout}${stderr}`,
      );
    }
  }

  /** Starts a command, which serves once it has written a line of JSON with a url. */
  async serve(command: string, ...args: readonly string[]): Promise<ServedApp> {
    const child = spawn(command, args, {
      cwd: this.folder,
      env: this.#env,
      // A group of its own: npm starts processes that its end would leave behind.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const errors = text(child.stderr);
    const end = (): void => {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid);
    };
    for await (const line of createInterface({ input: child.stdout })) {
      const [, url] = /"url":"([^"]+)"/.exec(line) ?? [];
      if (url !== undefined) return { url, [Symbol.dispose]: end };
    }
    throw new Error(`${[command, ...args].join(" ")} ended before it served.\n${await errors}`);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** A command that serves until it is disposed of. */
export interface ServedApp extends Disposable {
  readonly url: string;
}

/** An app whose site is built. */
export interface BuiltApp {
  /** Absolute path of the built site. */
  readonly site: string;
  remove(): void;
}

/**
 * Installs an app from npm and builds it.
 *
 * @param name Of its fixture.
 * @param output The folder of the built site in the app's.
 */
export function buildApp(name: string, output: string): BuiltApp {
  const app = new FrameworkApp(name);
  app.run("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
  app.run("npm", "run", "build");
  const site = join(app.folder, output);
  // Whether it is a font is the browser's affair, whether it is loaded the policy's.
  writeFileSync(join(site, "own.woff2"), "");
  if (!readdirSync(site).includes("index.html")) throw new Error(`${site} has no index.html.`);
  return { site, remove: () => app[Symbol.dispose]() };
}

/** The Node.js of this process, not that of the machine; and no questions. */
const builderEnv = {
  ...process.env,
  PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
  ASTRO_TELEMETRY_DISABLED: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  NG_CLI_ANALYTICS: "false",
  NODE_ENV: undefined,
};
