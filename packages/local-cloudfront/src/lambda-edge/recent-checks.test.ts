import { expect, it } from "vitest";
import { RecentChecks } from "./recent-checks.ts";

function counted() {
  const recent = new RecentChecks<string>();
  let checks = 0;
  return {
    of: (seen: string, result: string) =>
      recent.of(seen, result, () => {
        checks += 1;
        return `${seen} ${result}`;
      }).check,
    checks: () => checks,
  };
}

it("a result is checked once for what the function was given", () => {
  const { of, checks } = counted();
  expect([of("a", "1"), of("a", "1"), of("b", "1"), of("a", "2"), of("a", "1")]).toEqual([
    "a 1",
    "a 1",
    "b 1",
    "a 2",
    "a 1",
  ]);
  expect(checks()).toBe(3);
});

it("what was checked long ago is checked again", () => {
  const { of, checks } = counted();
  for (let number = 0; number <= 32; number += 1) of("a", String(number));
  expect(of("a", "32")).toBe("a 32");
  expect(checks()).toBe(33);
  expect(of("a", "0")).toBe("a 0");
  expect(checks()).toBe(34);
});

it("long texts are not kept", () => {
  const { of, checks } = counted();
  const long = "x".repeat(40_000);
  of("a", long);
  of("a", long);
  expect(checks()).toBe(2);
});
