import { describe, expect, it } from "vitest";
import { fetchTarget } from "./fetch-target.ts";

const url = "http://127.0.0.1:8787";
const hrefOf = (input: string | URL | Request): string => {
  const target = fetchTarget(input, url);
  return target instanceof Request ? target.url : target.href;
};

describe("what fetch requests", () => {
  it.each([
    ["/notes/1?a=b", `${url}/notes/1?a=b`],
    ["//two/slashes", `${url}//two/slashes`],
    ["notes/1", `${url}/notes/1`],
    [`${url}/a`, `${url}/a`],
    ["http://localhost:8787/a", "http://localhost:8787/a"],
  ])("is at the local CloudFront for %s", (input, expected) => {
    expect(hrefOf(input)).toBe(expected);
  });

  it("may be a URL or a Request", () => {
    expect(hrefOf(new URL(`${url}/a`))).toBe(`${url}/a`);
    expect(hrefOf(new Request(`${url}/a`))).toBe(`${url}/a`);
  });

  it.each([
    "https://notes.example.com/a",
    "http://127.0.0.1:9999/a",
    new Request("http://elsewhere.example/a"),
  ])("is never at another server: %s", (input) => {
    expect(() => fetchTarget(input, url)).toThrow(/^Request goes to another server: got "http/);
  });
});
