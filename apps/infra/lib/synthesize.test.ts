import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { edgeConfig } from "../edge.config.ts";
import { configFile } from "./app-paths.ts";
import { synthesize } from "./synthesize.ts";

let parent: string;
let assemblyFolder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "synthesize-"));
  assemblyFolder = join(parent, "cdk.out");
  mkdirSync(join(assemblyFolder, "asset.old"), { recursive: true });
  writeFileSync(join(assemblyFolder, "manifest.json"), "{}");
});

afterEach(() => {
  rmSync(parent, { recursive: true });
});

describe("synthesize", () => {
  it("replaces what the folder held, and leaves nothing beside it", () => {
    synthesize(edgeConfig, { configFile, assemblyFolder });
    const names = readdirSync(assemblyFolder);
    expect(names).toContain("notes.template.json");
    expect(names).not.toContain("asset.old");
    expect(readdirSync(parent)).toEqual(["cdk.out"]);
  });

  it.each([
    ["a site that is not built", { siteFolder: "../absent" }, /siteFolder "..\/absent"/],
    ["an unknown package", { functions: [{ package: "absent", config: {} }] }, /"absent"/],
    // The CDK itself refuses this one, once it has begun to write.
    ["what the CDK does not take", { stackName: "no_stack_name" }, /no_stack_name/],
  ])("leaves the folder as it was when it refuses %s", (_name, changes, message) => {
    const config = { ...edgeConfig, ...changes };
    expect(() => synthesize(config, { configFile, assemblyFolder })).toThrow(message);
    expect(readdirSync(assemblyFolder).sort()).toEqual(["asset.old", "manifest.json"]);
    expect(readdirSync(parent)).toEqual(["cdk.out"]);
  });
});
