import { expect, it } from "vitest";
import type { Trace } from "../trace/trace.ts";
import { createPrettyLog } from "./pretty-log.ts";

const trace: Trace = {
  requestId: "id",
  startedAtMs: 0,
  durationMs: 1,
  method: "GET",
  uri: "/a",
  querystring: "",
  status: 200,
  resultType: "Hit",
  detailedResultType: "Hit",
  request: {
    method: "GET",
    uri: "/a",
    querystring: "",
    headers: {},
    bodyBytes: 0,
    clientIp: "127.0.0.1",
    protocol: "https",
    httpVersion: "1.1",
  },
  response: { status: 200, statusDescription: "OK", headers: {}, bodyBytes: 0 },
  steps: [],
};

function linesOf(change: Partial<Trace>, coloured = false): string[] {
  const lines: string[] = [];
  createPrettyLog((line) => lines.push(line), coloured).request({ ...trace, ...change });
  return lines;
}

it("a request is one line: status, method, URI, result type", () => {
  expect(linesOf({})).toEqual(["200  GET  /a  Hit  "]);
});

it("a terminal's control characters in a URI are written out, not obeyed", () => {
  expect(linesOf({ uri: "/\u001b[2J\u009b1m" })).toEqual(["200  GET  /\\x1b[2J\\x9b1m  Hit  "]);
});

it("colours are there where the output shows them", () => {
  expect(linesOf({ status: 503 }, true)[0]).toContain("\u001b[31m503");
  expect(linesOf({ status: 503 })[0]).not.toContain("\u001b");
});

it("a cleared screen says again where the site is", () => {
  const lines: string[] = [];
  const log = createPrettyLog((line) => lines.push(line), false);
  log.cleared({ url: "http://127.0.0.1:8787" });
  expect(lines).toEqual(["  Ready on http://127.0.0.1:8787  no traces\n"]);
});
