import {
  cloudFrontFunctionEvent,
  loadCloudFrontFunction,
  startFunction,
  testCloudFrontFunction,
  eventTypeEvent,
} from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileMyFunction } from "my-function";

const packageFolder = `${import.meta.dirname}/..`;
const compiledOptions = compileMyFunction();
const artefact = await loadCloudFrontFunction(packageFolder, compiledOptions);

describe("the CloudFront Function of my-function", () => {
  testCloudFrontFunction(artefact, {
    eventType: "%event-type%",
    optionsCode: /OptionsError/,
  });

  it("answers its path, and lets others pass untouched", async () => {
    const event = cloudFrontFunctionEvent(eventTypeEvent({ uri: "/my-function" }));
    expect(await artefact.run(event)).toMatchObject({ statusCode: 200, body: "hello" });
    const other = cloudFrontFunctionEvent(eventTypeEvent({ uri: "/" }));
    expect(await artefact.run(other)).toMatchObject({ uri: "/" });
  });

  it("answers on a local CloudFront", async () => {
    const engine = "cloudfront-function";
    const cloudfront = await startFunction({ packageFolder, engine, compiledOptions });
    expect(await (await cloudfront.fetch("/my-function")).text()).toBe("hello");
    expect(await (await cloudfront.fetch("/")).text()).toBe("<!doctype html>");
  });
});
