import { describe, expect, it } from "vitest";
import { RecentHeads } from "./recent-heads.ts";
import type { RequestHead } from "./request-head.ts";

const sample: RequestHead = {
  isHttp2: false,
  httpVersion: "1.1",
  method: "GET",
  target: "/notes/1",
  rawHeaders: ["Host", "localhost", "Accept", "text/html"],
};

describe("the header lines of a request", () => {
  it("are one object for all requests that have the same ones, whatever their paths", () => {
    const heads = new RecentHeads();
    const first = heads.linesOf(sample);
    const again = { ...sample, target: "/notes/2?a=1", rawHeaders: [...sample.rawHeaders] };
    expect(heads.linesOf(again).headers).toBe(first.headers);
    expect(first).toMatchObject({
      headers: {
        host: [{ key: "Host", value: "localhost" }],
        accept: [{ key: "Accept", value: "text/html" }],
      },
      bytes: "Host: localhost\r\nAccept: text/html\r\n".length,
      problem: undefined,
    });
  });

  it.each<[what: string, other: Partial<RequestHead>]>([
    ["a value", { rawHeaders: ["Host", "localhost", "Accept", "text/css"] }],
    ["the way a name is written", { rawHeaders: ["host", "localhost", "Accept", "text/html"] }],
    ["a line more", { rawHeaders: [...sample.rawHeaders, "Cookie", "a=1"] }],
    ["their order", { rawHeaders: ["Accept", "text/html", "Host", "localhost"] }],
    ["the version of HTTP", { httpVersion: "1.0" }],
    ["HTTP/2", { isHttp2: true }],
  ])("are read anew where %s differs", (_, other) => {
    const heads = new RecentHeads();
    const first = heads.linesOf(sample);
    const changed = heads.linesOf({ ...sample, ...other });
    expect(changed.headers).not.toBe(first.headers);
    expect(heads.linesOf(sample).headers).toBe(first.headers);
  });

  it("have the host of an absolute URL, and only for that request", () => {
    const heads = new RecentHeads();
    heads.linesOf(sample);
    const absolute = heads.linesOf({ ...sample, target: "http://elsewhere.example/" });
    expect(absolute.headers["host"]).toEqual([{ key: "Host", value: "elsewhere.example" }]);
    expect(heads.linesOf(sample).headers["host"]).toEqual([{ key: "Host", value: "localhost" }]);
  });

  it("are refused again where they were refused before", () => {
    const heads = new RecentHeads();
    const twoHosts = { ...sample, rawHeaders: ["Host", "a", "Host", "b"] };
    const problems = [twoHosts, sample, twoHosts].map(
      (head) => heads.linesOf(head).problem?.status,
    );
    expect(problems).toEqual([400, undefined, 400]);
  });
});
