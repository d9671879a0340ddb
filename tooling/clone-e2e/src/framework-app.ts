import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";

const fixtures = resolve(import.meta.dirname, "../test/fixtures/frameworks");

/** An app that somebody has made with a framework, as its build leaves it. */
export interface FrameworkApp {
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
export function buildApp(name: string, output: string): FrameworkApp {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)));
  cpSync(join(fixtures, name), folder, { recursive: true });
  const run = (...args: readonly string[]) => {
    try {
      execFileSync("npm", args, { cwd: folder, encoding: "utf8", stdio: "pipe", env: builderEnv });
    } catch (error) {
      const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
      throw new Error(`npm ${args.join(" ")} of ${name} failed.\n${stdout}${stderr}`);
    }
  };
  run("install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
  run("run", "build");
  const site = join(folder, output);
  // Whether it is a font is the browser's affair, whether it is loaded the policy's.
  writeFileSync(join(site, "own.woff2"), "");
  if (!readdirSync(site).includes("index.html")) throw new Error(`${site} has no index.html.`);
  return { site, remove: () => rmSync(folder, { recursive: true }) };
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
