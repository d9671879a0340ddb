import { describe, expect, it } from "vitest";
import { Few } from "./few.ts";

describe("few members", () => {
  it("are there once, until they are deleted", () => {
    const few = new Few<string>();
    for (const member of ["a", "b", "c", "b"]) few.add(member);
    expect([few.size, [...few].sort()]).toEqual([3, ["a", "b", "c"]]);
    expect([few.delete("a"), few.delete("a"), few.delete("c")]).toEqual([true, false, true]);
    expect([...few]).toEqual(["b"]);
    few.clear();
    expect([few.size, few.delete("b")]).toEqual([0, false]);
  });

  it("are told of as they were at first, whatever is added and deleted meanwhile", () => {
    const few = new Few<string>();
    for (const member of ["a", "b", "c"]) few.add(member);
    const told: string[] = [];
    few.forEach((member) => {
      told.push(member);
      few.delete(member);
      few.add(`${member}${member}`);
    });
    expect(told).toEqual(["a", "b", "c"]);
    expect([...few].sort()).toEqual(["aa", "bb", "cc"]);
  });
});
