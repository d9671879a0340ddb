import { describe, expect, it } from "vitest";
import type { RequestSummary } from "../../../src/inspector/request-summary.ts";
import { selectRequests } from "./select-requests.ts";

const request = (change: Partial<RequestSummary>): RequestSummary => ({
  number: 1,
  requestId: "id",
  startedAtMs: 0,
  durationMs: 1,
  method: "GET",
  uri: "/",
  rewrittenTo: undefined,
  status: 200,
  resultType: "Miss",
  ran: [],
  failedWith: undefined,
  ...change,
});

const requests = [
  request({ number: 1, uri: "/notes/1", rewrittenTo: "/index.html", resultType: "Miss" }),
  request({ number: 2, uri: "/notes/2", rewrittenTo: "/index.html", resultType: "Hit" }),
  request({ number: 3, uri: "/favicon.ico", status: 404, resultType: "Error" }),
  request({ number: 4, method: "POST", uri: "/api", status: 502, failedWith: "LE-B-11" }),
];

describe("the filter over requests", () => {
  it.each([
    ["shows all, the newest first, where it says nothing", "", "all", [4, 3, 2, 1]],
    ["takes each word as one that must occur", "notes hit", "all", [2]],
    ["looks at the URI that functions made", "INDEX.html", "all", [2, 1]],
    ["leaves out what a minus stands before", "-favicon -post", "all", [2, 1]],
    ["finds a status, a method and the fact of a failure", "post 502 le-b-11", "all", [4]],
    ["knows hits", "", "hits", [2]],
    ["knows misses", "get", "misses", [1]],
    ["counts statuses from 400 and failed functions as errors", "", "errors", [4, 3]],
    ["does not mind a lone minus", "-", "all", [4, 3, 2, 1]],
  ] as const)("%s", (_, text, kind, expected) => {
    expect(selectRequests(requests, text, kind).map(({ number }) => number)).toEqual(expected);
  });
});
