import { expect, it } from "vitest";
import { requestKindOf } from "./request-kind.ts";

const headersOf = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [{ key: name, value }]]),
  );

it.each([
  ["a navigation", { "sec-fetch-dest": "document" }, "/", {}, "document"],
  ["a stylesheet", { "sec-fetch-dest": "style" }, "/", {}, "asset"],
  ["a fetch of HTML", { "sec-fetch-dest": "empty", accept: "text/html" }, "/", {}, "api"],
  ["a viewer that accepts HTML", { accept: "text/html,*/*;q=0.8" }, "/a.js", {}, "document"],
  ["HTML", {}, "/notes", { "content-type": "text/html; charset=utf-8" }, "document"],
  ["JSON", {}, "/notes", { "content-type": "application/problem+json" }, "api"],
  ["events", {}, "/notes", { "content-type": "text/event-stream" }, "api"],
  ["a missing page", {}, "/missing", { "content-type": "application/xml" }, "document"],
  ["a missing file", {}, "/missing.js", { "content-type": "application/xml" }, "asset"],
] as const)("%s is of its kind", (_, headers, uri, responseHeaders, expected) => {
  const request = { method: "GET", uri, headers: headersOf(headers) };
  expect(requestKindOf(request, { headers: headersOf(responseHeaders) })).toBe(expected);
});

it("a request that is neither GET nor HEAD is one of an API", () => {
  const request = { method: "POST", uri: "/", headers: headersOf({ accept: "text/html" }) };
  expect(requestKindOf(request, { headers: {} })).toBe("api");
});
