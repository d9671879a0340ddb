import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { loadCloudFrontFunctionEngine } from "./load-engine.ts";

interface Program {
  readonly name: string;
  readonly code: string;
  readonly expect: {
    readonly kind: "ok" | "syntax-error" | "runtime-error";
    readonly uri?: string;
    /** The name of the error. */
    readonly error?: string;
    readonly text?: string;
    readonly line?: number;
  };
}

const file = "../../test/fixtures/cloudfront-function/programs.json";
const programs = JSON.parse(
  readFileSync(new URL(file, import.meta.url), "utf8"),
) as readonly Program[];

const event = JSON.stringify({
  version: "1.0",
  context: { eventType: "viewer-request" },
  viewer: { ip: "192.0.2.1" },
  request: { method: "GET", uri: "/", querystring: {}, headers: {}, cookies: {} },
});

it.each(programs)(
  "FN-I-17, FN-I-18, FN-I-26, FN-I-43: $name: $expect",
  async ({ code, expect: expected }) => {
    const engine = await loadCloudFrontFunctionEngine();
    const run = engine
      .createFunction({ name: "f", code, runtime: "cloudfront-js-2.0", keyValueStores: [] })
      .invoke({
        eventType: "viewer-request",
        event,
        nowMs: 0,
        rawQueryString: undefined,
        edgeLocation: undefined,
      });
    if (expected.kind === "ok") {
      expect(run.error).toBeUndefined();
      expect(JSON.parse(run.output ?? "")).toMatchObject({ uri: expected.uri });
      return;
    }
    const kind = expected.kind === "syntax-error" ? "syntax" : "execution";
    expect(run.error?.kind).toBe(kind);
    if (expected.text !== undefined) expect(run.error?.text).toBe(expected.text);
    if (expected.error !== undefined) {
      expect(run.error?.text).toMatch(new RegExp(`^${expected.error}`));
    }
    if (expected.line !== undefined) expect(run.error?.line).toBe(expected.line);
  },
);
