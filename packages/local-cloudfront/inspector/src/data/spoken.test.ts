import { expect, it } from "vitest";
import { spokenBytes, spokenMs, spokenSeconds } from "./spoken.ts";

it.each([
  [0, "0 seconds"],
  [1, "1 second"],
  [90, "90 seconds"],
  [86_400, "1 day"],
  [31_536_000, "1 year"],
])("%d seconds are %s", (seconds, words) => {
  expect(spokenSeconds(seconds)).toBe(words);
});

it.each([
  [0.4217, "0.42 ms"],
  [3, "3 ms"],
  [17.6, "18 ms"],
  [1500, "1.5 s"],
])("%d milliseconds are %s", (ms, words) => {
  expect(spokenMs(ms)).toBe(words);
});

it.each([
  [512, "512 B"],
  [5432, "5.4 KB"],
  [2_500_000, "2.5 MB"],
])("%d bytes are %s", (bytes, words) => {
  expect(spokenBytes(bytes)).toBe(words);
});
