import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { edgeConfig } from "./notes/edge.config.ts";
import type { ResolvedEdgeConfig } from "../src/config/edge-config.ts";
import { synthesize } from "../src/synth/synthesize.ts";
import { testManifest } from "./test-manifest.ts";

const packageFolder = "node_modules/a-function";

/** A site with one function package, in a folder of its own, which goes when it is disposed of. */
export class SiteOfAFunction implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), "site-of-a-function-"));
  readonly assemblyFolder = join(this.#folder, "cdk.out");
  readonly bundleFile = join(this.#folder, packageFolder, "dist/lambda/index.cjs");

  constructor() {
    this.write("site/index.html", "<!doctype html>");
    this.write(
      "edge.config.ts",
      'defineEdgeConfig({ functions: [\n  { package: "a-function", config: {} },\n]})',
    );
  }

  write(path: string, content: string): void {
    const file = join(this.#folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  link(path: string, target: string): void {
    const link = join(this.#folder, path);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(target, link);
  }

  /** Installs the package with this code, whose file has the same time always. */
  install(code: string, changes: object = {}): void {
    const sha256 = createHash("sha256").update(code).digest("hex");
    const bundle = { file: "index.cjs", bytes: code.length, sha256 };
    const manifest = testManifest({ bundle, ...changes });
    const exports = {
      "./manifest": "./dist/lambda/manifest.json",
      "./package.json": "./package.json",
    };
    this.write(`${packageFolder}/package.json`, JSON.stringify({ exports }));
    this.write(`${packageFolder}/dist/lambda/manifest.json`, JSON.stringify(manifest));
    this.write(`${packageFolder}/dist/lambda/index.cjs`, code);
    const time = new Date("2026-01-01");
    utimesSync(this.bundleFile, time, time);
  }

  /** Synthesizes the site. */
  synthesize(changes: Partial<ResolvedEdgeConfig> = {}): ReturnType<typeof synthesize> {
    const functions = [{ package: "a-function", config: {} }];
    const config = { ...edgeConfig, siteFolder: "site", functions, ...changes };
    const configFile = join(this.#folder, "edge.config.ts");
    return synthesize(config, { configFile, assemblyFolder: this.assemblyFolder });
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }
}
