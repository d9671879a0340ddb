import { describe, expect, it } from "vitest";
import type { RequestSummary } from "../../../src/inspector/request-summary.ts";
import { showAll } from "./requests.ts";
import { selectRequests } from "./select-requests.ts";

const request = (change: Partial<RequestSummary>): RequestSummary => ({
  number: 1,
  requestId: "id",
  startedAtMs: 0,
  durationMs: 1,
  kind: "document",
  method: "GET",
  uri: "/",
  rewrittenTo: undefined,
  status: 200,
  resultType: "Miss",
  ran: [],
  failedWith: undefined,
  error: undefined,
  ...change,
});

const requests = [
  request({ number: 1, uri: "/notes/1", rewrittenTo: "/index.html", resultType: "Miss" }),
  request({ number: 2, uri: "/notes/2", rewrittenTo: "/index.html", resultType: "Hit" }),
  request({ number: 3, kind: "asset", uri: "/favicon.ico", status: 404, resultType: "Error" }),
  request({
    number: 4,
    kind: "api",
    method: "POST",
    uri: "/api",
    status: 502,
    failedWith: "LE-B-11",
    error: "The URI does not start with /.",
  }),
];

describe("the filter over requests", () => {
  it.each([
    ["shows all, the newest first, where it says nothing", {}, [4, 3, 2, 1]],
    ["takes each word as one that must occur", { text: "notes hit" }, [2]],
    ["looks at the URI that functions made", { text: "INDEX.html" }, [2, 1]],
    ["leaves out what a minus stands before", { text: "-favicon -post" }, [2, 1]],
    ["finds a status, a method and the fact of a failure", { text: "post 502 le-b-11" }, [4]],
    ["finds a word of an error", { text: "does start" }, [4]],
    ["tells documents from assets and API requests", { kind: "document" }, [2, 1]],
    ["knows assets", { kind: "asset" }, [3]],
    ["knows API requests", { kind: "api" }, [4]],
    ["knows hits", { result: "hit" }, [2]],
    ["knows misses", { text: "get", result: "miss" }, [1]],
    ["counts statuses from 400 and failed functions as errors", { result: "error" }, [4, 3]],
    ["takes kind and result together", { kind: "api", result: "error" }, [4]],
    ["does not mind a lone minus", { text: "-" }, [4, 3, 2, 1]],
  ] as const)("%s", (_, changes, expected) => {
    const selected = selectRequests(requests, { ...showAll, ...changes });
    expect(selected.map(({ number }) => number)).toEqual(expected);
  });
});
