import { describe, expect, it } from "vitest";
import { sampleHeaders } from "../../test/samples/http-message.ts";
import {
  selectCookies,
  selectQueryString,
  selectsName,
  withoutSignedUrlParameters,
} from "./name-selection.ts";
import type { NameSelection } from "./policies.ts";

const none: NameSelection = { behavior: "none" };
const all: NameSelection = { behavior: "all" };
const only = (...names: string[]): NameSelection => ({ behavior: "whitelist", names });
const except = (...names: string[]): NameSelection => ({ behavior: "allExcept", names });

describe("a selection of names", () => {
  it.each<[NameSelection, string, boolean]>([
    [none, "a", false],
    [all, "a", true],
    [only("a"), "a", true],
    [only("a"), "A", false],
    [only("*"), "a", false],
    [only("*"), "*", true],
    [except("a"), "a", false],
    [except("a"), "A", true],
  ])("CF-G-07: %j selects %j: %j", (selection, name, isSelected) => {
    expect(selectsName(selection, name)).toBe(isSelected);
  });
});

describe("the selected part of a query string", () => {
  it.each<[string, readonly NameSelection[], string]>([
    ["a=1&b=2", [], ""],
    ["a=1&b=2", [none, none], ""],
    ["a=1&&b=2&", [all], "a=1&&b=2&"],
    ["b=2&a=1&b=3", [only("b")], "b=2&b=3"],
    ["a&a=&a=1&ab=1", [only("a")], "a&a=&a=1"],
    ["a=1&b=2&c=3", [only("a"), only("c")], "a=1&c=3"],
    ["a=1&b=2&c=3", [except("a", "b"), only("b")], "b=2&c=3"],
    ["a=1&b=2", [none, except("a")], "b=2"],
    ["a%20=1&A=2", [only("a%20")], "a%20=1"],
    ["", [all], ""],
  ])("of %j by %j is %j", (querystring, selections, selected) => {
    expect(selectQueryString(querystring, ...selections)).toBe(selected);
  });

  it("CF-G-47: parameters of signed URLs can be taken out", () => {
    expect(withoutSignedUrlParameters("a=1&Policy=x&Signature=y&Expires=1&Key-Pair-Id=z")).toBe(
      "a=1",
    );
  });
});

describe("the selected cookies", () => {
  it.each<[string | readonly string[], readonly NameSelection[], string]>([
    ["b=2; a=1", [all], "a=1; b=2"],
    ["b=2;a=1", [all], "a=1; b=2"],
    [["b=2", "a=1"], [all], "a=1; b=2"],
    ["a=2; a=1", [all], "a=2; a=1"],
    ["a=1; novalue; =3; $v=1", [all], "a=1"],
    ["a==; b=c=d", [all], "a==; b=c=d"],
    ["a=1; b=2; c=3", [only("c"), only("a")], "a=1; c=3"],
    ["a=1; A=2", [only("a")], "a=1"],
    ["a=1", [none], ""],
    ["a=1", [], ""],
  ])("CF-G-05: of %j by %j are %j", (cookie, selections, selected) => {
    const cookies = selectCookies(sampleHeaders({ Cookie: cookie }), ...selections);
    expect(cookies.map(({ name, value }) => `${name}=${value}`).join("; ")).toBe(selected);
  });
});
