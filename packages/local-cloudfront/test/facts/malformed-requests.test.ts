import { describe, expect, it } from "vitest";
import { returning } from "../support/function-sources.ts";
import { respondsInTurn } from "../support/origin-responses.ts";
import { connectRaw, sendRaw, type WireResponse } from "../support/raw-connection.ts";
import { startTestCloudFront, type TestCloudFront } from "../support/start-test-cloudfront.ts";

const host = "Host: localhost\r\n";
const target = (path: string): string => `GET ${path} HTTP/1.1\r\n${host}\r\n`;
const withHead = (lines: string, rest = ""): string => `POST / HTTP/1.1\r\n${lines}\r\n${rest}`;

/** Sends the bytes; expects CloudFront's page, a closed connection, and nothing at the origin. */
async function refusalOf(
  { cloudfront, received }: TestCloudFront,
  bytes: string,
): Promise<WireResponse> {
  const connection = connectRaw(cloudfront.url);
  connection.write(bytes);
  const answer = await connection.answer();
  expect(await connection.hungUp()).toBe("");
  expect(answer.headers).toMatchObject({
    connection: "close",
    "content-type": "text/html",
    "x-cache": "Error from cloudfront",
  });
  expect(answer.body).toContain("The request could not be satisfied");
  expect(received).toEqual([]);
  return answer;
}

describe("requests that are none", () => {
  it.each<readonly [string, string]>([
    ["no HTTP at all", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n"],
    ["no version", "GET /a\r\n\r\n"],
    ["HTTP/2.0 as text", `GET / HTTP/2.0\r\n${host}\r\n`],
    ["HTTP/1.2", `GET / HTTP/1.2\r\n${host}\r\n`],
    ["the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["a method that is no token", `G@T / HTTP/1.1\r\n${host}\r\n`],
    ["an unknown method without Host", "FETCH / HTTP/1.1\r\n\r\n"],
    ["an unknown method before a malformed header", `FETCH / HTTP/1.1\r\n${host}A : b\r\n\r\n`],
    ["a space in the path", target("/a b")],
    ["a control character in the path", target("/a\u0001b")],
    ["a byte above ASCII in the path", target("/caf\u00e9")],
    ["a malformed % sequence", target("/%zz")],
    ["half a % sequence at the end", target("/a%2")],
    ["a % alone", target("/100%")],
    ["a fragment", target("/a#b")],
    ["a path without a slash", target("a")],
    ["an absolute URL that is not HTTP", target("ftp://localhost/a")],
    ["the asterisk", `OPTIONS * HTTP/1.1\r\n${host}\r\n`],
    ["no Host", "GET / HTTP/1.1\r\n\r\n"],
    ["an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"],
    ["two Hosts", `GET / HTTP/1.1\r\n${host}Host: example.com\r\n\r\n`],
    ["the same Host twice", `GET / HTTP/1.1\r\n${host}${host}\r\n`],
    ["a Host with a path", "GET / HTTP/1.1\r\nHost: localhost/evil\r\n\r\n"],
    ["a Host with a user", "GET / HTTP/1.1\r\nHost: localhost@evil\r\n\r\n"],
    ["a Host with a space", "GET / HTTP/1.1\r\nHost: local host\r\n\r\n"],
    ["a header without a name", `GET / HTTP/1.1\r\n${host}: a\r\n\r\n`],
    ["a space before the colon", `GET / HTTP/1.1\r\n${host}A : b\r\n\r\n`],
    ["a folded header (obs-fold)", `GET / HTTP/1.1\r\n${host}A: b\r\n c\r\n\r\n`],
    ["a header before the first", `GET / HTTP/1.1\r\n A: b\r\n${host}\r\n`],
    ["a bare CR in a value", `GET / HTTP/1.1\r\n${host}A: b\rX-Smuggled: c\r\n\r\n`],
    ["lines that end in LF", "GET / HTTP/1.1\nHost: localhost\n\n"],
    ["a NUL in a value", `GET / HTTP/1.1\r\n${host}A: b\u0000c\r\n\r\n`],
    [
      "Content-Length and Transfer-Encoding",
      withHead(`${host}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n`, "0\r\n\r\n"),
    ],
    [
      "Transfer-Encoding and Content-Length",
      withHead(`${host}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n`, "0\r\n\r\n"),
    ],
    ["two Content-Lengths", withHead(`${host}Content-Length: 3\r\nContent-Length: 4\r\n`, "abcd")],
    ["a list of Content-Lengths", withHead(`${host}Content-Length: 3, 3\r\n`, "abc")],
    ["a signed Content-Length", withHead(`${host}Content-Length: +3\r\n`, "abc")],
    ["an unknown Transfer-Encoding", withHead(`${host}Transfer-Encoding: xchunked\r\n`, "abc")],
    [
      "a Transfer-Encoding beside chunked",
      withHead(`${host}Transfer-Encoding: gzip, chunked\r\n`, "0\r\n\r\n"),
    ],
    [
      "chunked before another",
      withHead(`${host}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n`, "0\r\n\r\n"),
    ],
    [
      "chunked over HTTP/1.0",
      `POST / HTTP/1.0\r\n${host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ["a chunk whose size is none", withHead(`${host}Transfer-Encoding: chunked\r\n`, "x\r\n\r\n")],
  ])("CF-J-11: %s gets CloudFront's 400 page", async (_, bytes) => {
    const started = await startTestCloudFront({
      server: respondsInTurn({}),
      distributionConfig: {
        CustomErrorResponses: [
          { ErrorCode: 400, ResponseCode: 200, ResponsePagePath: "/custom.html" },
        ],
      },
    });
    expect((await refusalOf(started, bytes)).status).toBe(400);
  });

  it("CF-J-11: what can be read of a malformed request has a trace, and its id on the page", async () => {
    const started = await startTestCloudFront({ server: respondsInTurn({}) });
    const answer = await refusalOf(started, target("/%zz"));
    const trace = started.cloudfront.traces().at(-1);
    expect(trace).toMatchObject({ uri: "/%zz", status: 400, detailedResultType: "InvalidRequest" });
    expect(answer.headers["x-amz-cf-id"]).toBe(trace?.requestId);
    expect(answer.body).toContain(trace?.requestId);
  });

  it("CF-J-11: the connection of one does not take the responses of earlier requests along", async () => {
    const { cloudfront } = await startTestCloudFront({
      server: (_, response) => {
        setTimeout(() => response.end("slow"), 30);
      },
    });
    const connection = connectRaw(cloudfront.url);
    connection.write(`${target("/slow")}NONSENSE\r\n\r\n`);
    expect(await connection.answer()).toMatchObject({ status: 200, body: "slow" });
    expect((await connection.answer()).status).toBe(400);
    expect(await connection.hungUp()).toBe("");
  });
});

describe("requests that are too large", () => {
  const urlOf = (bytes: number): string => `/${"a".repeat(bytes - 1)}`;
  /** A whole head of that many bytes. */
  const headOf = (bytes: number): string => {
    const start = `GET /a HTTP/1.1\r\n${host}`;
    const names = "X: ".length + "\r\n\r\n".length;
    return `${start}X: ${"x".repeat(bytes - start.length - names)}\r\n\r\n`;
  };

  it("CF-J-10: a URL of 8,192 bytes is taken, of one more is answered 414", async () => {
    const started = await startTestCloudFront({ server: respondsInTurn({}) });
    const { url } = started.cloudfront;
    expect((await refusalOf(started, target(urlOf(8193)))).status).toBe(414);
    expect((await refusalOf(started, target(`${urlOf(8000)}?${"q".repeat(192)}`))).status).toBe(
      414,
    );
    expect((await sendRaw(url, target(urlOf(8192)))).status).toBe(200);
    expect((await sendRaw(url, target(`${urlOf(8000)}?${"q".repeat(191)}`))).status).toBe(200);
  });

  it("CF-J-10: a head of 32,768 bytes is taken, of one more is answered 494", async () => {
    const started = await startTestCloudFront({ server: respondsInTurn({}) });
    expect(await refusalOf(started, headOf(32_769))).toMatchObject({
      statusLine: "HTTP/1.1 494 Request header too large",
    });
    expect((await refusalOf(started, headOf(200_000))).status).toBe(494);
    expect((await sendRaw(started.cloudfront.url, headOf(32_768))).status).toBe(200);
  });

  it("CF-J-10: many small headers are as large as their bytes, and none is dropped", async () => {
    const started = await startTestCloudFront({
      server: respondsInTurn({}),
      functions: {
        "viewer-request": returning(
          `{ status: event.Records[0].cf.request.headers["x-last"] ? "200" : "404" }`,
        ),
      },
    });
    const lines = (count: number): string =>
      Array.from({ length: count }, (_, index) => `h${index}:\r\n`).join("");
    expect((await refusalOf(started, `GET / HTTP/1.1\r\n${host}${lines(5000)}\r\n`)).status).toBe(
      494,
    );
    const many = `GET / HTTP/1.1\r\n${host}${lines(2500)}X-Last: here\r\n\r\n`;
    expect((await sendRaw(started.cloudfront.url, many)).status).toBe(200);
  });
});
