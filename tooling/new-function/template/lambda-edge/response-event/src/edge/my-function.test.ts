import { eventTypeEvent } from "edge-function-testing";
import { expect, it } from "vitest";
import { compileMyFunction } from "../compile/options.ts";
import { createMyFunction } from "./my-function.ts";

const handler = createMyFunction(compileMyFunction({ greeting: "good morning" }));

it("adds the header and leaves everything else", async () => {
  const event = eventTypeEvent({ status: "404", statusDescription: "Not Found" });
  const { response } = structuredClone(event).Records[0].cf;
  expect(await handler(event)).toEqual({
    ...response,
    headers: {
      ...response.headers,
      "x-my-function": [{ key: "X-My-Function", value: "good morning" }],
    },
  });
});
