import { expect, it } from "vitest";
import { visibleRows } from "./visible-rows.ts";

it.each([
  ["a list without rows", 0, 0, { first: 0, end: 0 }],
  ["a short list", 3, 0, { first: 0, end: 3 }],
  ["the top of a long list", 10_000, 0, { first: 0, end: 18 }],
  ["the middle of a long list", 10_000, 250_000, { first: 4992, end: 5018 }],
  ["the end of a long list", 10_000, 499_500, { first: 9982, end: 10_000 }],
  ["a list that became shorter than it is scrolled", 5, 90_000, { first: 5, end: 5 }],
])("%s is drawn as far as it is in view", (_, count, scrollTop, expected) => {
  expect(visibleRows(count, 50, scrollTop, 500)).toEqual(expected);
});
