import { expect, it } from "vitest";
import { Memo } from "./memo.ts";

it("makes what is known once, and anew what is older or longer than what is kept", () => {
  const memo = new Memo<string>(2);
  const made: string[] = [];
  const make = (text: string): string =>
    memo.get([text], () => {
      made.push(text.slice(0, 1));
      return text.toUpperCase();
    });
  const long = "l".repeat(32_769);
  expect(["a", "b", "a", "c", "b", "a", long, long].map((text) => make(text).slice(0, 1))).toEqual([
    ..."ABACBALL",
  ]);
  expect(made).toEqual([..."abcall"]);
});
