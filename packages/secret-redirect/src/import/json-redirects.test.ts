import { describe, expect, it } from "vitest";
import { readRedirects, rulesOf } from "../../test/read-redirects.ts";

describe("our own JSON", () => {
  it("is a list of rules, or an object with one; comments are read over", () => {
    const rule = { from: "/a", to: "/b", conditions: { time: { until: "2026-12-31T00:00:00Z" } } };
    expect(rulesOf("r.json", `[${JSON.stringify(rule)}, /* more */]`)).toEqual([rule]);
    expect(rulesOf("r.json", JSON.stringify({ rules: [rule] }))).toEqual([rule]);
  });

  it("names the line of what it cannot keep", () => {
    const text =
      '[\n  { "from": "/a", "to": "/b" },\n  { "from": "/a", "too": "/b" },\n  { "from": "/a", "to": "/b",\n    "status": 200 },\n  7\n]';
    expect(readRedirects("r.json", text).problems).toMatchInlineSnapshot(`
      [
        "3 A redirect has not from and to: got {"from":"/a","too":"/b"}. Give both as text.",
        "4 rule.status is not one of a redirect: got 200. Allowed: 301, 302, 303, 307, 308.",
        "6 A redirect is not an object: got 7. Give an object.",
      ]
    `);
    expect(readRedirects("r.json", "{}").problems).toMatchInlineSnapshot(`
      [
        "1 rules is missing. Give a list of redirects.",
      ]
    `);
    expect(readRedirects("r.json", "").problems).toMatchInlineSnapshot(`
      [
        "1 The file is not JSON: ValueExpected.",
      ]
    `);
  });
});
