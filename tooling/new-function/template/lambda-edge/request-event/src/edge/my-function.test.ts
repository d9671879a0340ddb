import { eventTypeEvent } from "edge-function-testing";
import { expect, it } from "vitest";
import { compileMyFunction } from "../compile/options.ts";
import { createMyFunction } from "./my-function.ts";

const handler = createMyFunction(compileMyFunction({ greeting: "good morning" }));

it("responds to its path with the greeting", async () => {
  expect(await handler(eventTypeEvent({ uri: "/my-function" }))).toEqual({
    status: "200",
    statusDescription: "OK",
    headers: { "content-type": [{ key: "Content-Type", value: "text/plain" }] },
    body: "good morning",
  });
});

it("lets every other request pass untouched", async () => {
  const event = eventTypeEvent({ uri: "/index.html", querystring: "a=1" });
  const before = structuredClone(event);
  expect(await handler(event)).toBe(event.Records[0].cf.request);
  expect(event).toEqual(before);
});
