import { eventTypes } from "cf-rules";
import { expect, it } from "vitest";
import { defaultEngine, refuseInvalidEngine } from "./new-function-engine.ts";

it("is built for all engines that run at its event type, where nobody says", () => {
  expect(eventTypes.map((eventType) => [eventType, defaultEngine(eventType)])).toEqual([
    ["viewer-request", "both"],
    ["origin-request", "lambda-edge"],
    ["origin-response", "lambda-edge"],
    ["viewer-response", "both"],
  ]);
  for (const eventType of eventTypes) {
    refuseInvalidEngine({ name: "a", eventType, engine: defaultEngine(eventType) });
  }
});

it("refuses CloudFront Functions at origin events", () => {
  const refuse = () =>
    refuseInvalidEngine({ name: "a", eventType: "origin-request", engine: "both" });
  expect(refuse).toThrowErrorMatchingInlineSnapshot(
    `[NewFunctionError: The engine does not run at origin-request, since CloudFront Functions run at viewer events only: got "both". Write --engine lambda-edge, or choose a viewer event.]`,
  );
});
