import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configFile } from "../app-paths.ts";
import { readEdgeFunctionAsset, writeEdgeFunctionAsset } from "./edge-function-asset.ts";

function assetWith(config: object) {
  return readEdgeFunctionAsset({ packageName: "spa-rewrite", config, resolveFrom: configFile });
}

describe("an edge function's asset", () => {
  it("is the package's bundle and manifest, and the configuration beside them", () => {
    const folder = mkdtempSync(join(tmpdir(), "edge-function-asset-test-"));
    try {
      writeEdgeFunctionAsset(assetWith({ route: "^$", document: "/index.html" }), folder);
      expect(readdirSync(folder).sort()).toEqual(["config.json", "index.cjs", "manifest.json"]);
      const { resolve } = createRequire(configFile);
      const built = (file: string) => readFileSync(resolve(`spa-rewrite/${file}`));
      expect(readFileSync(join(folder, "index.cjs"))).toEqual(built("lambda"));
      expect(readFileSync(join(folder, "manifest.json"))).toEqual(built("manifest"));
      expect(readFileSync(join(folder, "config.json"), "utf8")).toBe(
        '{"route":"^$","document":"/index.html"}',
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("has the same hash for the same configuration", () => {
    expect(assetWith({ route: "^/a$" }).sha256).toBe(assetWith({ route: "^/a$" }).sha256);
  });

  it("has another hash for a configuration of the same size", () => {
    expect(assetWith({ route: "^/a$" }).sha256).not.toBe(assetWith({ route: "^/b$" }).sha256);
  });

  it("runs where the configuration chooses, among the event types that the artefact is made for", () => {
    const eventTypeWith = (config: object) =>
      readEdgeFunctionAsset({
        packageName: "security-headers",
        config,
        resolveFrom: configFile,
      }).manifest.eventType;
    expect(eventTypeWith({})).toBe("viewer-response");
    expect(eventTypeWith({ eventType: "origin-response" })).toBe("origin-response");
    expect(() => eventTypeWith({ eventType: "origin-request" })).toThrowErrorMatchingInlineSnapshot(
      `[InfraError: The options of "security-headers" choose an event type at which it does not run: got "origin-request". Allowed: "viewer-response", "origin-response".]`,
    );
  });
});
