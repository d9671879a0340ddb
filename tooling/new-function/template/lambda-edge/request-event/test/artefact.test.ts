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
    expect(await handler(eventTypeEvent({ uri: "/my-function" }))).toHaveProperty("body", "hello");
  });

  it("answers on a local CloudFront", async () => {
    const engine = "lambda-edge";
    const cloudfront = await startFunction({ packageFolder, engine, compiledOptions });
    expect(await (await cloudfront.fetch("/my-function")).text()).toBe("hello");
    expect(await (await cloudfront.fetch("/")).text()).toBe("<!doctype html>");
  });
});
