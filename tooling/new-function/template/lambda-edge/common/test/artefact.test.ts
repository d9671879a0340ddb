import type { EventTypeHandler } from "cf-types";
import { loadArtefact, testArtefact } from "edge-function-testing";
import { describe } from "vitest";
import { compileMyFunction } from "my-function";

const packageFolder = `${import.meta.dirname}/..`;
const artefact = await loadArtefact<EventTypeHandler>(packageFolder, compileMyFunction());

describe("the Lambda@Edge function of my-function", () => {
  testArtefact(artefact, {
    eventType: "%event-type%",
    requires: ["fs"],
    optionsCode: /OptionsError/,
  });
});
