import type { EventTypeHandler } from "cf-types";
import { eventTypeEvent, loadArtefact, testArtefact } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileMyFunction } from "my-function";

const artefact = await loadArtefact<EventTypeHandler>(
  `${import.meta.dirname}/..`,
  compileMyFunction(),
);
const { handler } = artefact;

describe("the artefact of my-function", () => {
  testArtefact(artefact, {
    eventType: "%event-type%",
    requires: ["fs"],
    optionsCode: /OptionsError/,
  });

  it("does what the handler does", async () => {
    expect(await handler(eventTypeEvent({ uri: "/my-function" }))).toHaveProperty("body", "hello");
  });
});
