import { loadCloudFrontFunction, testCloudFrontFunction } from "edge-function-testing";
import { describe } from "vitest";
import { compileMyFunction } from "my-function";

const packageFolder = `${import.meta.dirname}/..`;
const artefact = await loadCloudFrontFunction(packageFolder, compileMyFunction());

describe("the CloudFront Function of my-function", () => {
  testCloudFrontFunction(artefact, {
    eventType: "%event-type%",
    optionsCode: /OptionsError/,
  });
});
