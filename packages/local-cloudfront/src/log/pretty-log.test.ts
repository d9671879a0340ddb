import { expect, it } from "vitest";
import type { RequestRecord } from "../edge-location/request-record.ts";
import { createPrettyLog } from "./pretty-log.ts";

const record: RequestRecord = {
  requestId: "id",
  startedAtMs: 0,
  durationMs: 1,
  request: {
    kind: "request",
    method: "GET",
    uri: "/a",
    querystring: "",
    headers: {},
    bodyBytes: 0,
  },
  viewer: { clientIp: "127.0.0.1", protocol: "https", httpVersion: "1.1" },
  response: { kind: "response", status: 200, statusDescription: "OK", headers: {}, bodyBytes: 0 },
  resultType: "Hit",
  detailedResultType: "Hit",
  steps: [],
};

function linesOf(
  change: { readonly uri?: string; readonly status?: number },
  coloured = false,
): string[] {
  const lines: string[] = [];
  const { uri = record.request.uri, status = record.response.status } = change;
  createPrettyLog((line) => lines.push(line), coloured).request({
    ...record,
    request: { ...record.request, uri },
    response: { ...record.response, status },
  });
  return lines;
}

it("a request is one line: status, method, URI, result type", () => {
  expect(linesOf({})).toEqual(["200  GET  /a  Hit  "]);
});

it("what went wrong stands below it, in what no terminal obeys", () => {
  const lines: string[] = [];
  const refused = {
    step: "refused",
    status: 400,
    reason: "the host is none: got \u001b[2J.",
    detailedResultType: "InvalidRequestHeader",
  } as const;
  createPrettyLog((line) => lines.push(line), false).request({ ...record, steps: [refused] });
  expect(lines).toEqual(["200  GET  /a  Hit  ", "     the host is none: got \\x1b[2J."]);
});

it("a terminal's control characters in a URI are written out, not obeyed", () => {
  expect(linesOf({ uri: "/\u001b[2J\u009b1m" })).toEqual(["200  GET  /\\x1b[2J\\x9b1m  Hit  "]);
});

it("colours are there where the output shows them", () => {
  expect(linesOf({ status: 503 }, true)[0]).toContain("\u001b[31m503");
  expect(linesOf({ status: 503 })[0]).not.toContain("\u001b");
});

it.each([
  [0, "Invalidated /*: 0 objects are gone."],
  [1, "Invalidated /*: 1 object is gone."],
  [2, "Invalidated /*: 2 objects are gone."],
])("an invalidation says how many objects are gone: %d", (objects, line) => {
  const lines: string[] = [];
  createPrettyLog((text) => lines.push(text), false).invalidated(["/*"], objects);
  expect(lines).toEqual([line]);
});

it("a cleared screen says again where the site is", () => {
  const lines: string[] = [];
  const log = createPrettyLog((line) => lines.push(line), false);
  log.cleared({ url: "http://127.0.0.1:8787" });
  expect(lines).toEqual(["  Ready on http://127.0.0.1:8787  no traces\n"]);
});
