import { expect, it } from "vitest";
import { compileMyFunction } from "../compile/options.ts";
import { decide } from "./decide.ts";

const compiled = compileMyFunction({ greeting: "good morning" });

it.each(["/my-function", "/assets/my-function"])("%s gets the greeting", (uri) => {
  expect(decide(compiled, { uri })).toBe("good morning");
});

it.each(["/", "/index.html", "/my-function/", "/my-functions"])("%s passes", (uri) => {
  expect(decide(compiled, { uri })).toBeUndefined();
});
