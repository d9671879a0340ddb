import type { EdgeFunctionManifest } from "cf-types";
import { describe, expect, it } from "vitest";
import { testManifest } from "../../test/test-manifest.ts";
import { chosenEngine } from "./chosen-engine.ts";
import { composedLambda, type LambdaMember } from "./composed-lambda.ts";

function memberOf(packageName: string, changes: Partial<EdgeFunctionManifest> = {}): LambdaMember {
  const manifest = testManifest({ packageName, ...changes });
  return { manifest, files: new Map() };
}

describe("what cannot be composed is refused with the reason", () => {
  it("LE-B-27: two that both need the body of the request", () => {
    const members = [
      memberOf("reads-forms", { includeBody: true }),
      memberOf("passes"),
      memberOf("checks-uploads", { includeBody: true }),
    ];
    expect(() => composedLambda(members, "viewer-request")).toThrow(
      expect.objectContaining({
        code: "INVALID_CONFIG",
        message:
          'functions has two for viewer-request that both need the request\'s body, and what one makes of it is no body for the other: got ["reads-forms","checks-uploads"]. Give them different pathPatterns, or make one package of them.',
      }),
    );
  });

  it("one of an origin event among those of a viewer event", () => {
    const { manifest } = memberOf("signs-requests", { eventType: "origin-request" });
    const built = {
      artefactFolder: "",
      manifest,
      manifestText: "",
      bundle: new Uint8Array(),
      storeBundle: undefined,
      variants: new Map(),
    };
    const wish = {
      subject: "functions[1]",
      packageName: "signs-requests",
      engine: undefined,
      isForSite: false,
      eventType: "viewer-request",
    } as const;
    expect(() => chosenEngine(wish, { lambdaEdge: built, cloudFrontFunction: undefined })).toThrow(
      expect.objectContaining({
        code: "INVALID_CONFIG",
        message:
          'functions[1] chooses an event type at which "signs-requests" does not run: got "viewer-request". Allowed: "origin-request".',
      }),
    );
  });
});

it("LE-B-27: one that needs the body gets it beside others that do not", () => {
  const members = [memberOf("passes"), memberOf("reads-forms", { includeBody: true })];
  expect(composedLambda(members, "viewer-request").manifest).toMatchObject({
    includeBody: true,
    members: [
      { packageName: "passes", version: "1.0.0" },
      { packageName: "reads-forms", version: "1.0.0" },
    ],
  });
});
