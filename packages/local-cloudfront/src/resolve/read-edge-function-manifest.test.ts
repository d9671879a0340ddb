import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { refusalOf } from "../../test/samples/template.ts";
import { readEdgeFunctionManifest } from "./read-edge-function-manifest.ts";

const manifest = {
  manifestVersion: 1,
  packageName: "spa-rewrite",
  version: "1.0.0",
  eventType: "viewer-request",
  handler: "index.handler",
  runtime: "nodejs24.x",
  memoryMb: 128,
  timeoutSeconds: 5,
  includeBody: false,
  bundle: { file: "index.cjs", bytes: 226, sha256: "0".repeat(64) },
};

function folderWith(content: string | undefined): string {
  const folder = mkdtempSync(join(tmpdir(), "edge-function-"));
  if (content !== undefined) writeFileSync(join(folder, "manifest.json"), content);
  return folder;
}

describe("the manifest of an edge function package", () => {
  it("is read from the artefact's folder", () => {
    expect(readEdgeFunctionManifest(folderWith(JSON.stringify(manifest)))).toEqual(manifest);
  });

  it("is absent where the folder has none", () => {
    expect(readEdgeFunctionManifest(folderWith(undefined))).toBeUndefined();
  });

  it("is absent where manifest.json is that of something else", () => {
    const webApp = JSON.stringify({ name: "Notes", icons: [] });
    expect(readEdgeFunctionManifest(folderWith(webApp))).toBeUndefined();
  });
});

describe("a manifest of another shape", () => {
  it("is refused", () => {
    const faults = {
      "a newer version": { manifestVersion: 2 },
      "no package name": { packageName: undefined },
      "an unknown event type": { eventType: "viewer" },
      "an unknown runtime": { runtime: "nodejs18.x" },
      "a timeout that is no number": { timeoutSeconds: "5" },
      "no memory": { memoryMb: 0 },
      "a body that is neither wanted nor not": { includeBody: "yes" },
      "no bundle": { bundle: null },
      "a hash that is none": { bundle: { ...manifest.bundle, sha256: "abc" } },
    };
    const refusals = Object.entries(faults).map(([name, changes]) => {
      const folder = folderWith(JSON.stringify({ ...manifest, ...changes }));
      const refusal = refusalOf(() => readEdgeFunctionManifest(folder));
      return [name, refusal.replaceAll(folder, "<folder>")];
    });
    expect(Object.fromEntries(refusals)).toMatchInlineSnapshot(`
      {
        "a body that is neither wanted nor not": "Property "includeBody" of "<folder>/manifest.json" must be true or false: got "yes". Build the function again.",
        "a hash that is none": "Property "bundle.sha256" of "<folder>/manifest.json" must be 64 hexadecimal digits: got "abc". Build the function again.",
        "a newer version": "Property "manifestVersion" of "<folder>/manifest.json" must be 1: got 2. Update local-cloudfront, or build the function again.",
        "a timeout that is no number": "Property "timeoutSeconds" of "<folder>/manifest.json" must be a whole number of seconds: got "5". Build the function again.",
        "an unknown event type": "Property "eventType" of "<folder>/manifest.json" must be one of "viewer-request", "origin-request", "origin-response", "viewer-response": got "viewer". Build the function again.",
        "an unknown runtime": "Property "runtime" of "<folder>/manifest.json" must be one of "nodejs24.x", "nodejs22.x": got "nodejs18.x". Build the function again.",
        "no bundle": "Property "bundle.file" of "<folder>/manifest.json" must be a string: got nothing. Build the function again.",
        "no memory": "Property "memoryMb" of "<folder>/manifest.json" must be a whole number of megabytes: got 0. Build the function again.",
        "no package name": "Property "packageName" of "<folder>/manifest.json" must be a string: got nothing. Build the function again.",
      }
    `);
  });

  it("is refused when it is no JSON", () => {
    const folder = folderWith("{");
    expect(
      refusalOf(() => readEdgeFunctionManifest(folder)).replaceAll(folder, "<folder>"),
    ).toMatchInlineSnapshot(
      `"File "<folder>/manifest.json" is not valid JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2). Build the function again."`,
    );
  });
});
