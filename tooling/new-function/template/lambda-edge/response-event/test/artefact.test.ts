import type { EventTypeHandler } from "cf-types";
import { eventTypeEvent, loadArtefact, startFunction, testArtefact } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileMyFunction } from "my-function";

const packageFolder = `${import.meta.dirname}/..`;
const compiledOptions = compileMyFunction();
const artefact = await loadArtefact<EventTypeHandler>(packageFolder, compiledOptions);
const { handler } = artefact;

describe("the Lambda@Edge function of my-function", () => {
  testArtefact(artefact, {
    eventType: "%event-type%",
    requires: ["fs"],
    optionsCode: /OptionsError/,
  });

  it("does what the handler does", async () => {
    const { headers } = await handler(eventTypeEvent());
    expect(headers?.["x-my-function"]).toEqual([{ key: "X-My-Function", value: "hello" }]);
  });

  it("sets the header on a local CloudFront", async () => {
    const engine = "lambda-edge";
    const cloudfront = await startFunction({ packageFolder, engine, compiledOptions });
    const { headers } = await cloudfront.fetch("/");
    expect(headers.get("x-my-function")).toBe("hello");
  });
});
