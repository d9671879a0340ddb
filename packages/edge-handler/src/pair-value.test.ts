import { expect, it } from "vitest";
import { pairValue } from "./pair-value.ts";

it.each([
  ["a=1&b=2&b=3", "&", "b", "2"],
  ["a=1; b=x%20y; c", ";", "b", "x y"],
  ["a=1; c", ";", "c", ""],
  ["b=%zz", "&", "b", "%zz"],
  ["b=1=2", "&", "b", "1=2"],
  ["%62=1", "&", "b", "1"],
  ["a=1", "&", "b", undefined],
  ["", "&", "b", undefined],
])("of %j by %j, %s is %j", (text, separator, name, value) => {
  expect(pairValue(text, separator, name)).toBe(value);
});
