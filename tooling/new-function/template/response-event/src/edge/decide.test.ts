import { expect, it } from "vitest";
import { compileMyFunction } from "../compile/options.ts";
import { decide } from "./decide.ts";

it("each response gets the greeting", () => {
  expect(decide(compileMyFunction({ greeting: "good morning" }))).toEqual({
    "x-my-function": [{ key: "X-My-Function", value: "good morning" }],
  });
});
