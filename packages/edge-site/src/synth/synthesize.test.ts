import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { Template } from "aws-cdk-lib/assertions";
import { CloudAssembly } from "aws-cdk-lib/cx-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { edgeConfig } from "../../test/notes/edge.config.ts";
import { configFile } from "../../test/notes/config-file.ts";
import { stageOf } from "../config/stage-of.ts";
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

  it("removes what a synth left that was killed, and not what another is writing", () => {
    const left = join(parent, ".synthesizing-left");
    const own = join(parent, ".synthesizing-now");
    for (const folder of [left, own]) mkdirSync(folder);
    const longAgo = Date.now() / 1000 - 2 * 60 * 60;
    utimesSync(left, longAgo, longAgo);
    synthesize(edgeConfig, { configFile, assemblyFolder });
    expect(readdirSync(parent).toSorted()).toEqual([".synthesizing-now", "cdk.out"]);
  });

  it("writes the other stages into folders of their own, from which the site is found as well", () => {
    const assembly = synthesize(edgeConfig, { configFile, assemblyFolder });
    expect(assembly.stacks.map(({ stackName }) => stackName)).toEqual(["notes"]);
    const folder = join(assemblyFolder, "stages/prod");
    const stack = new CloudAssembly(folder).getStackByName("notes-prod");
    expect(stack.terminationProtection).toBe(true);
    const buckets = Template.fromJSON(stack.template).findResources("AWS::S3::Bucket");
    const sites = Object.values(buckets).flatMap(
      (each) => each["Metadata"]?.["cf-edge:site"] ?? [],
    );
    expect(sites.map(({ path }) => resolve(folder, path))).toEqual([
      resolve(dirname(configFile), edgeConfig.siteFolder),
    ]);
  });

  it.each([
    ["a site that is not built", { siteFolder: "../absent" }, /siteFolder "..\/absent"/],
    ["an unknown package", { functions: [{ package: "absent", config: {} }] }, /"absent"/],
    // The CDK itself refuses this one, once it has begun to write.
    [
      "what the CDK does not take",
      { stages: [{ ...stageOf(edgeConfig), stackName: "no_stack_name" }] },
      /no_stack_name/,
    ],
  ])("leaves the folder as it was when it refuses %s", (_name, changes, message) => {
    const config = { ...edgeConfig, ...changes };
    expect(() => synthesize(config, { configFile, assemblyFolder })).toThrow(message);
    expect(readdirSync(assemblyFolder).sort()).toEqual(["asset.old", "manifest.json"]);
    expect(readdirSync(parent)).toEqual(["cdk.out"]);
  });
});
