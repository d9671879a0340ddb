import { eventTypeEvent } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { createMyFunction } from "./my-function.ts";
import { compileMyFunction } from "../compile/options.ts";

const handler = createMyFunction(compileMyFunction({ greeting: "good morning" }));

describe("the handler", () => {
  it.each(["/my-function", "/assets/my-function"])("answers %s with the greeting", async (uri) => {
    expect(await handler(eventTypeEvent({ uri }))).toEqual({
      status: "200",
      headers: { "content-type": [{ key: "Content-Type", value: "text/plain" }] },
      body: "good morning",
    });
  });

  it.each(["/", "/index.html", "/my-function/", "/my-functions"])(
    "lets %s pass untouched",
    async (uri) => {
      const event = eventTypeEvent({ uri, querystring: "a=1" });
      const before = structuredClone(event);
      expect(await handler(event)).toBe(event.Records[0].cf.request);
      expect(event).toEqual(before);
    },
  );
});
