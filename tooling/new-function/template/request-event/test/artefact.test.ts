import { readFile } from "node:fs/promises";
import type { EventTypeHandler } from "cf-types";
import { eventTypeEvent, loadArtefact } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { compileMyFunction } from "my-function";

const { handler, manifest, code } = await loadArtefact<EventTypeHandler>(
  `${import.meta.dirname}/..`,
  compileMyFunction(),
);

describe("the artefact of my-function", () => {
  it("is an %event-type% function within its byte budget", () => {
    expect(manifest).toMatchObject({
      packageName: "my-function",
      version: packageJson.version,
      eventType: "%event-type%",
      handler: "index.handler",
    });
    expect(manifest.bundle.bytes).toBe(Buffer.byteLength(code));
    expect(manifest.bundle.bytes).toBeLessThanOrEqual(packageJson.edgeFunction.budgetBytes);
  });

  it("has the size that the README names", async () => {
    const readme = await readFile(`${import.meta.dirname}/../README.md`, "utf8");
    expect(readme).toContain(`one minified CommonJS file of ${manifest.bundle.bytes} bytes`);
    expect(readme).toContain(`byte budget is ${packageJson.edgeFunction.budgetBytes}.`);
  });

  it("requires nothing but what reads its configuration, and has none of the options code inside", () => {
    expect(code.match(/require\(|import\(/g)).toEqual(["require("]);
    expect(code).not.toContain("OptionsError");
  });

  it("does what the handler does", async () => {
    expect(await handler(eventTypeEvent({ uri: "/my-function" }))).toHaveProperty("body", "hello");
  });
});
