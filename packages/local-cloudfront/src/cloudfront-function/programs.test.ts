import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { eventOfJson } from "./invocation-event.ts";
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

const event = {
  version: "1.0",
  context: { eventType: "viewer-request" },
  viewer: { ip: "192.0.2.1" },
  request: { method: "GET", uri: "/", querystring: {}, headers: {}, cookies: {} },
};

const kinds = { ok: undefined, "syntax-error": "syntax", "runtime-error": "execution" } as const;

const uriOf = (output = "null"): unknown => (JSON.parse(output) as { uri?: unknown } | null)?.uri;

it.each(programs)(
  "FN-I-17, FN-I-18, FN-I-26, FN-I-43: $name: $expect",
  async ({ code, expect: expected }) => {
    const engine = await loadCloudFrontFunctionEngine();
    const run = engine
      .createFunction({ name: "f", code, runtime: "cloudfront-js-2.0", keyValueStores: [] })
      .invoke({
        event: eventOfJson(event, "viewer-request"),
        nowMs: 0,
        rawQueryString: undefined,
        edgeLocation: undefined,
      });
    const { text, line } = run.error ?? {};
    expect({
      kind: run.error?.kind,
      ...(expected.uri === undefined ? {} : { uri: uriOf(run.output) }),
      ...(expected.error === undefined ? {} : { error: text?.split(":")[0] }),
      ...(expected.text === undefined ? {} : { text }),
      ...(expected.line === undefined ? {} : { line }),
    }).toEqual({ ...expected, kind: kinds[expected.kind] });
  },
);
