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

  it("sets the header", async () => {
    const { headers } = await artefact.run(cloudFrontFunctionEvent(eventTypeEvent()));
    expect(headers).toHaveProperty("x-my-function", { value: "hello" });
  });

  it("sets the header on a local CloudFront", async () => {
    const engine = "cloudfront-function";
    const cloudfront = await startFunction({ packageFolder, engine, compiledOptions });
    const { headers } = await cloudfront.fetch("/");
    expect(headers.get("x-my-function")).toBe("hello");
  });
});
