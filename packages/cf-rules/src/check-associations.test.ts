import type { EventType } from "cf-types";
import { describe, expect, it } from "vitest";
import { checkAssociations } from "./check-associations.ts";
import type { AssociatedFunction } from "./check-associations.ts";

const edge = (eventType: EventType, name: string = eventType): AssociatedFunction => ({
  kind: "lambda-edge",
  eventType,
  name,
});
const ofCloudFront = (eventType: EventType): AssociatedFunction => ({
  kind: "cloudfront-function",
  eventType,
  name: `cf-${eventType}`,
});

const check = (functions: readonly AssociatedFunction[], isGrpcEnabled = false) =>
  checkAssociations({ name: 'Cache behavior "/api/*"', functions, isGrpcEnabled });

describe("checkAssociations", () => {
  it.each<[string, readonly AssociatedFunction[]]>([
    [
      "one function per event type",
      [edge("viewer-request"), edge("viewer-response"), edge("origin-request")],
    ],
    [
      "LE-A-30: a CloudFront Function on a viewer event and Lambda@Edge on an origin event",
      [ofCloudFront("viewer-request"), edge("origin-request")],
    ],
    ["no function", []],
  ])("accepts %s", (_name, functions) => {
    expect(check(functions)).toEqual([]);
  });

  it.each<[string, string, readonly AssociatedFunction[]]>([
    [
      "LE-A-29",
      "two functions on one event type",
      [edge("viewer-request", "a"), edge("viewer-request", "b")],
    ],
    [
      "LE-A-30",
      "both kinds on viewer events",
      [ofCloudFront("viewer-request"), edge("viewer-response")],
    ],
    ["LE-A-30", "a CloudFront Function on an origin event", [ofCloudFront("origin-request")]],
  ])("%s: refuses %s", (factId, _name, functions) => {
    expect(check(functions).map((finding) => [finding.severity, finding.factId])).toEqual([
      ["error", factId],
    ]);
  });

  it("LE-A-27: refuses Lambda@Edge with gRPC, not CloudFront Functions", () => {
    expect(check([edge("viewer-request")], true).map(({ factId }) => factId)).toEqual(["LE-A-27"]);
    expect(check([ofCloudFront("viewer-request")], true)).toEqual([]);
  });

  it("messages name the cache behavior and the functions", () => {
    const functions = [
      edge("viewer-request", "a"),
      edge("viewer-request", "b"),
      ofCloudFront("origin-request"),
      ofCloudFront("viewer-response"),
    ];
    expect(check(functions, true).map(({ message, remedy }) => `${message} ${remedy}`))
      .toMatchInlineSnapshot(`
      [
        "Cache behavior "/api/*" has several functions on viewer-request: got "a", "b". Keep one function on an event type.",
        "Cache behavior "/api/*" mixes CloudFront Functions and Lambda@Edge on viewer events: got "a", "b", "cf-viewer-response". Use one kind for both viewer events.",
        "Cache behavior "/api/*" has the CloudFront Function "cf-origin-request" on origin-request. Use Lambda@Edge on origin events.",
        "Cache behavior "/api/*" has gRPC and Lambda@Edge functions: got "a", "b". Use CloudFront Functions or turn gRPC off.",
      ]
    `);
  });
});
