import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ResolvedEdgeConfig } from "edge-site";
import { synthesize } from "edge-site/cdk";
import { readmeExamples } from "package-check";
import { describe, expect, it, onTestFinished } from "vitest";

const packages = resolve(import.meta.dirname, "../../../packages");

const functions = [
  "cache-headers",
  "edge-auth",
  "edge-sign-in",
  "locale",
  "origin-select",
  "secret-redirect",
  "security-headers",
  "spa-rewrite",
];

/** A project that has what a quick start names; here, since its packages are found from its folder. */
function project(configText: string): string {
  const folder = mkdtempSync(resolve(import.meta.dirname, "../.quick-start-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const page of ["dist", "dist/en", "dist/de"]) {
    mkdirSync(join(folder, page));
    writeFileSync(join(folder, page, "index.html"), "<!doctype html><title>A page</title>");
  }
  writeFileSync(join(folder, "edge.config.ts"), configText);
  return folder;
}

describe("the quick start in the README", () => {
  it.each(functions)("of %s is synthesized without an error or a warning", async (name) => {
    const [quickStart = ""] = readmeExamples(join(packages, name));
    const folder = project(quickStart);
    const configFile = join(folder, "edge.config.ts");
    const { edgeConfig }: { edgeConfig: ResolvedEdgeConfig } = await import(
      pathToFileURL(configFile).href
    );
    const { stacks } = synthesize(edgeConfig, {
      configFile,
      assemblyFolder: join(folder, "cdk.out"),
    });
    const messages = stacks.flatMap((stack) => stack.messages);
    expect(messages.filter(({ level }) => level !== "info")).toEqual([]);
  });
});
