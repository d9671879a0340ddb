import { loadCloudFrontFunction, testBothEngines, eventTypeEvent } from "edge-function-testing";
import { describe } from "vitest";
import { compileMyFunction, createMyFunction } from "my-function";

const compiled = compileMyFunction({ greeting: "good morning" });
const artefact = await loadCloudFrontFunction(`${import.meta.dirname}/..`, compiled);

describe("both engines", () => {
  testBothEngines(artefact, {
    handler: createMyFunction(compiled),
    events: [
      eventTypeEvent(),
      eventTypeEvent({ status: "304", statusDescription: "Not Modified" }),
    ],
  });
});
