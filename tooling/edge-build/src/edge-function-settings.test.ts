import { confirmedRuntimes } from "cf-rules";
import { describe, expect, it } from "vitest";
import { edgeFunctionSettings } from "./edge-function-settings.ts";

describe("edgeFunctionSettings", () => {
  it("needs no more than the event type", () => {
    expect(edgeFunctionSettings({ eventType: "viewer-request" })).toEqual({
      eventType: "viewer-request",
      otherEventTypes: [],
      memoryMb: 128,
      timeoutSeconds: 5,
      includeBody: false,
      runtime: "nodejs22.x",
      budgetBytes: 4096,
      cloudFrontFunction: {
        eventType: "viewer-request",
        otherEventTypes: [],
        readsStore: false,
        variants: [],
        budgetBytes: 4096,
      },
    });
  });

  it("takes a runtime that is known to run at the edge where none is named", () => {
    const { runtime } = edgeFunctionSettings({ eventType: "viewer-request" });
    expect(confirmedRuntimes).toContain(runtime);
  });

  it("runs a CloudFront Function at the viewer event that it names", () => {
    const settings = edgeFunctionSettings({
      eventType: "origin-request",
      cloudFrontFunction: {
        eventType: "viewer-request",
        readsStore: true,
        variants: ["basic"],
        budgetBytes: 8192,
      },
    });
    expect(settings.cloudFrontFunction).toEqual({
      eventType: "viewer-request",
      otherEventTypes: [],
      readsStore: true,
      variants: ["basic"],
      budgetBytes: 8192,
    });
    const open = edgeFunctionSettings({ eventType: "origin-request" });
    expect(open.cloudFrontFunction.eventType).toBeUndefined();
  });

  it("takes what an origin event may have, which is more than a viewer event may", () => {
    const field = {
      eventType: "origin-request",
      otherEventTypes: ["origin-response"],
      memoryMb: 10_240,
      timeoutSeconds: 30,
      includeBody: true,
      runtime: "nodejs24.x",
      budgetBytes: 4000,
    };
    expect(edgeFunctionSettings(field)).toMatchObject(field);
  });

  it.each(["viewer-request", "origin-request", "origin-response", "viewer-response"])(
    "knows the event type %s",
    (eventType) => {
      expect(edgeFunctionSettings({ eventType }).eventType).toBe(eventType);
    },
  );

  it.each([
    {
      field: undefined,
      message:
        'edgeFunction in package.json is not an object: got nothing. Give at least {"eventType": "viewer-request"}.',
    },
    {
      field: ["viewer-request"],
      message:
        'edgeFunction in package.json is not an object: got ["viewer-request"]. Give at least {"eventType": "viewer-request"}.',
    },
    {
      field: { eventType: "viewer-request", otherEventTypes: "origin-request" },
      message:
        'edgeFunction.otherEventTypes in package.json is not valid: got "origin-request". Allowed: a list of event types.',
    },
    {
      field: {
        eventType: "origin-request",
        cloudFrontFunction: { otherEventTypes: ["origin-request"] },
      },
      message:
        'edgeFunction.cloudFrontFunction.otherEventTypes[0] in package.json is not valid: got "origin-request". Allowed: "viewer-request", "viewer-response".',
    },
    {
      field: { eventType: "viewer-request", otherEventTypes: ["origin"] },
      message:
        'edgeFunction.otherEventTypes[0] in package.json is not valid: got "origin". Allowed: "viewer-request", "origin-request", "origin-response", "viewer-response".',
    },
    {
      field: { eventType: "viewer-request", timeout: 5 },
      message:
        "edgeFunction.timeout in package.json is not a setting: got 5. Known settings: eventType, otherEventTypes, memoryMb, timeoutSeconds, includeBody, runtime, budgetBytes, cloudFrontFunction.",
    },
    {
      field: {},
      message:
        'edgeFunction.eventType in package.json is not valid: got nothing. Allowed: "viewer-request", "origin-request", "origin-response", "viewer-response".',
    },
    {
      field: { eventType: "viewer_request" },
      message:
        'edgeFunction.eventType in package.json is not valid: got "viewer_request". Allowed: "viewer-request", "origin-request", "origin-response", "viewer-response".',
    },
    {
      // LE-E-02
      field: { eventType: "viewer-response", memoryMb: 256 },
      message:
        "edgeFunction.memoryMb in package.json is not valid: got 256. Allowed on viewer-response: exactly 128.",
    },
    {
      field: { eventType: "origin-response", memoryMb: 10_241 },
      message:
        "edgeFunction.memoryMb in package.json is not valid: got 10241. Allowed on origin-response: an integer from 128 to 10240.",
    },
    {
      // LE-E-02
      field: { eventType: "viewer-request", timeoutSeconds: 6 },
      message:
        "edgeFunction.timeoutSeconds in package.json is not valid: got 6. Allowed on viewer-request: an integer from 1 to 5.",
    },
    {
      // LE-E-04
      field: { eventType: "origin-request", timeoutSeconds: 31 },
      message:
        "edgeFunction.timeoutSeconds in package.json is not valid: got 31. Allowed on origin-request: an integer from 1 to 30.",
    },
    {
      field: { eventType: "origin-request", timeoutSeconds: "5" },
      message:
        'edgeFunction.timeoutSeconds in package.json is not valid: got "5". Allowed on origin-request: an integer from 1 to 30.',
    },
    {
      field: { eventType: "origin-request", includeBody: "yes" },
      message:
        'edgeFunction.includeBody in package.json is not valid: got "yes". Allowed: true, false.',
    },
    {
      // LE-B-20
      field: { eventType: "origin-response", includeBody: true },
      message:
        "edgeFunction.includeBody in package.json is not valid: got true. Response events carry no body: leave it out.",
    },
    {
      field: { eventType: "viewer-request", runtime: "python3.14" },
      message:
        'edgeFunction.runtime in package.json is not valid: got "python3.14". Allowed: "nodejs24.x", "nodejs22.x".',
    },
    {
      field: { eventType: "viewer-request", budgetBytes: 0 },
      message:
        "edgeFunction.budgetBytes in package.json is not valid: got 0. Allowed: an integer from 1 to 1048576.",
    },
    {
      field: {
        eventType: "viewer-request",
        cloudFrontFunction: { eventType: "origin-request" },
      },
      message:
        'edgeFunction.cloudFrontFunction.eventType in package.json is not valid: got "origin-request". Allowed: "viewer-request", "viewer-response".',
    },
    {
      // FN-I-15
      field: { eventType: "viewer-request", cloudFrontFunction: { budgetBytes: 10_241 } },
      message:
        "edgeFunction.cloudFrontFunction.budgetBytes in package.json is not valid: got 10241. Allowed: an integer from 1 to 10240.",
    },
    {
      field: { eventType: "viewer-request", cloudFrontFunction: { variants: ["store"] } },
      message:
        'edgeFunction.cloudFrontFunction.variants in package.json is not valid: got ["store"]. Allowed: a list of names in lower case, as in ["basic"].',
    },
    {
      field: { eventType: "viewer-request", cloudFrontFunction: { memoryMb: 2 } },
      message:
        "edgeFunction.cloudFrontFunction.memoryMb in package.json is not a setting: got 2. Known settings: eventType, otherEventTypes, readsStore, variants, budgetBytes.",
    },
  ])("refuses $field", ({ field, message }) => {
    expect(() => edgeFunctionSettings(field)).toThrow(
      expect.objectContaining({ code: "INVALID_SETTING", message }),
    );
  });
});
