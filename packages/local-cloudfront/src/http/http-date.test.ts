import { describe, expect, it } from "vitest";
import { formatHttpDate, parseHttpDate } from "./http-date.ts";

const ms = Date.UTC(1994, 10, 6, 8, 49, 37);

describe("an HTTP date", () => {
  it.each([
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "Sunday, 06-Nov-94 08:49:37 GMT",
    "Sun Nov  6 08:49:37 1994",
    " Sun, 06 Nov 1994 08:49:37 GMT ",
  ])("is read from %j", (text) => {
    expect(parseHttpDate(text)).toBe(ms);
  });

  it.each([
    "",
    "0",
    "-1",
    "1994",
    "tomorrow",
    "1994-11-06T08:49:37Z",
    "Sun, 06 Nov 1994 08:49:37 +0100",
    "Sun, 06 Nov 1994 08:49:37",
    "Sun, 06 Foo 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 28:49:37 GMT",
    "Sun, 6 Nov 1994 08:49:37 GMT",
  ])("is not read from %j", (text) => {
    expect(parseHttpDate(text)).toBeUndefined();
  });

  it("is written in whole seconds", () => {
    expect(formatHttpDate(ms + 999)).toBe("Sun, 06 Nov 1994 08:49:37 GMT");
  });
});
