import { describe, expect, it } from "vitest";
import { changeResponse } from "../support/function-sources.ts";
import { requestHttp2 } from "../support/http2.ts";
import {
  failureOf,
  recordAll,
  recordedEvents,
  recordRequest,
  warningsOf,
} from "../support/recorded-events.ts";
import { sendBytes } from "../support/raw-http.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

/** Everything that the viewer sends goes to the origin. */
const allViewer = {
  originRequestPolicy: {
    HeadersConfig: { HeaderBehavior: "allViewer" },
    CookiesConfig: { CookieBehavior: "all" },
    QueryStringsConfig: { QueryStringBehavior: "all" },
  },
} as const;

const head = (...lines: readonly string[]): string =>
  ["GET /a.html HTTP/1.1", "Host: localhost", "Connection: close", ...lines, "", ""].join("\r\n");

/** Pairs of name and value, of the names that start with `x-`, in the order of the wire. */
function customLines(rawHeaders: readonly string[] = []): string[] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && /^x-(?!forwarded|amz)/i.test(name)
      ? [`${name}: ${rawHeaders[index + 1]}`]
      : [],
  );
}

describe("names and keys of headers", () => {
  it("LE-B-14, LE-B-15: lines of one name are elements under its lower-case name, spelled as on the wire", async () => {
    const { cloudfront, received } = await startTestCloudFront({
      ...allViewer,
      functions: recordAll,
      server: (_, response) => {
        response.writeHead(200, ["X-oRIGIN", "1", "x-origin", "2"]).end();
      },
    });
    const answer = await sendBytes(
      cloudfront.url,
      head("X-cAsE: 1", "x-case: 2", "cookie: a=1", "COOKIE: b=2"),
    );
    const events = recordedEvents(cloudfront);
    expect(events["viewer-request"].request.headers).toEqual({
      host: [{ key: "Host", value: "localhost" }],
      "x-case": [
        { key: "X-cAsE", value: "1" },
        { key: "x-case", value: "2" },
      ],
      cookie: [
        { key: "cookie", value: "a=1" },
        { key: "COOKIE", value: "b=2" },
      ],
    });
    expect(customLines(received[0]?.rawHeaders)).toEqual(["X-cAsE: 1", "x-case: 2"]);
    for (const eventType of ["origin-response", "viewer-response"] as const) {
      expect(events[eventType].response.headers["x-origin"]).toEqual([
        { key: "X-oRIGIN", value: "1" },
        { key: "x-origin", value: "2" },
      ]);
    }
    expect(answer).toContain("\r\nX-oRIGIN: 1\r\nx-origin: 2\r\n");
  });

  it("LE-B-15: over HTTP/2 keys are lower-case, but for Host", async () => {
    const { cloudfront } = await startTestCloudFront({
      functions: recordAll,
      distributionConfig: { HttpVersion: "http2" },
      options: { https: true },
    });
    await requestHttp2(cloudfront.url, { ":path": "/a.html", accept: "text/html", "x-a": "1" });
    const { host } = new URL(cloudfront.url);
    expect(recordedEvents(cloudfront)["viewer-request"].request.headers).toEqual({
      host: [{ key: "Host", value: host }],
      accept: [{ key: "accept", value: "text/html" }],
      "x-a": [{ key: "x-a", value: "1" }],
    });
    expect(recordedEvents(cloudfront)["origin-request"].request.headers["via"]?.[0]?.value).toMatch(
      /^2\.0 \w+\.cloudfront\.net \(CloudFront\)$/,
    );
  });

  it("LE-B-16: without a key the name is written with each part capitalised, towards origin and viewer", async () => {
    const { cloudfront, received } = await startTestCloudFront({
      ...allViewer,
      functions: {
        "viewer-request": recordRequest('request.headers["x-MY-header"] = [{ value: "1" }];'),
        "origin-request": recordRequest('request.headers["X-other"] = [{ value: "2" }];'),
        "viewer-response": changeResponse(
          'response.headers["x-MY-answer"] = [{ value: "3" }, { key: "x-mY-ANSWER", value: "4" }];',
        ),
      },
      server: (_, response) => void response.end(),
    });
    const answer = await sendBytes(cloudfront.url, head());
    expect(recordedEvents(cloudfront)["origin-request"].request.headers["x-my-header"]).toEqual([
      { key: "X-My-Header", value: "1" },
    ]);
    expect(customLines(received[0]?.rawHeaders)).toEqual(["X-My-Header: 1", "X-Other: 2"]);
    expect(answer).toContain("\r\nX-My-Answer: 3\r\nx-mY-ANSWER: 4\r\n");
  });

  it("LE-B-17: a key that is another name is not sent, and warned of", async () => {
    const { cloudfront, received } = await startTestCloudFront({
      functions: {
        "origin-request": recordRequest('request.headers["x-a"] = [{ key: "X-B", value: "1" }];'),
      },
      server: (_, response) => void response.end(),
    });
    await sendBytes(cloudfront.url, head());
    expect(customLines(received[0]?.rawHeaders)).toEqual(["X-A: 1"]);
    expect(warningsOf(cloudfront)).toMatchInlineSnapshot(`
      [
        "LE-B-17: headers.x-a has another name as its key: got "X-B". X-A is sent; AWS does not say what CloudFront does.",
      ]
    `);
  });

  it("LE-B-56: a header that is left out of the result is removed, as is an empty array", async () => {
    const { cloudfront, received } = await startTestCloudFront({
      ...allViewer,
      functions: {
        "viewer-request": recordRequest(
          'delete request.headers["x-a"]; request.headers["x-b"] = [];',
        ),
      },
      server: (_, response) => void response.end(),
    });
    await sendBytes(cloudfront.url, head("X-A: 1", "X-B: 2", "X-C: 3"));
    expect(failureOf(cloudfront)).toBeUndefined();
    expect(customLines(received[0]?.rawHeaders)).toEqual(["X-C: 3"]);
  });
});

/** Bytes as a string has them, one a character. */
const bytes = {
  latin1: "caf\xe9",
  utf8: Buffer.from("café").toString("latin1"),
  windows1252: "\x80uro",
};

describe("encodings of values", () => {
  it.each([
    ["ISO-8859-1", bytes.latin1, "café"],
    ["UTF-8", bytes.utf8, "café"],
    ["any other encoding, taken for ISO-8859-1,", bytes.windows1252, "\x80uro"],
  ])(
    "LE-B-18, LE-B-19: %s reaches functions as text, and the origin in its own bytes",
    async (_, value, text) => {
      const { cloudfront, received } = await startTestCloudFront({
        ...allViewer,
        functions: {
          ...recordAll,
          "viewer-request": recordRequest('request.headers["x-other"] = [{ value: "1" }];'),
        },
        server: (_request, response) => void response.end(),
      });
      await sendBytes(cloudfront.url, head(`X-A: ${value}`));
      const events = recordedEvents(cloudfront);
      for (const eventType of ["viewer-request", "origin-request", "origin-response"] as const) {
        expect(events[eventType].request.headers["x-a"]).toEqual([{ key: "X-A", value: text }]);
      }
      expect(received[0]?.headers["x-a"]).toBe(value);
    },
  );

  it.each([
    ["ISO-8859-1", bytes.latin1, "caf%E9"],
    ["UTF-8", bytes.utf8, "caf%C3%A9"],
  ])(
    "LE-B-18, LE-B-19: %s in the URL reaches functions as text, and the origin percent-encoded",
    async (_, value, encoded) => {
      const { cloudfront, received } = await startTestCloudFront({
        ...allViewer,
        functions: recordAll,
        distributionConfig: { HttpVersion: "http2" },
        options: { https: true },
        server: (_request, response) => void response.end(),
      });
      const { status } = await requestHttp2(cloudfront.url, { ":path": `/${value}?q=${value}` });
      expect(status).toBe(200);
      const events = recordedEvents(cloudfront);
      for (const { request } of Object.values(events)) {
        expect([request.uri, request.querystring]).toEqual(["/café", "q=café"]);
      }
      expect(received[0]?.url).toBe(`/${encoded}?q=${encoded}`);
    },
  );

  it("LE-B-18: bytes beyond ASCII in the URL of HTTP/1.1 are answered 400", async () => {
    const { cloudfront } = await startTestCloudFront();
    const request = `GET /${bytes.utf8} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    expect(await sendBytes(cloudfront.url, request)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  });

  it("LE-B-19: what a function changes goes to the origin as UTF-8", async () => {
    const { cloudfront, received } = await startTestCloudFront({
      ...allViewer,
      functions: {
        "viewer-request": recordRequest(
          'request.headers["x-a"][1] = { value: "café €" }; request.querystring += "&r=€";',
        ),
        "origin-request": recordRequest(
          'request.uri += "/é"; request.headers["x-b"] = [{ value: "é" }];',
        ),
      },
      server: (_, response) => void response.end(),
    });
    await sendBytes(cloudfront.url, head(`X-A: ${bytes.latin1}`));
    const utf8 = (text: string): string => Buffer.from(text).toString("latin1");
    expect(customLines(received[0]?.rawHeaders)).toEqual([
      `X-A: ${bytes.latin1}`,
      `X-A: ${utf8("café €")}`,
      `X-B: ${utf8("é")}`,
    ]);
    expect(received[0]?.url).toBe("/a.html/%C3%A9?&r=%E2%82%AC");
  });

  it("LE-B-18, LE-B-19: an origin's bytes reach functions as text and the viewer as they were", async () => {
    const { cloudfront } = await startTestCloudFront({
      functions: {
        ...recordAll,
        "viewer-response": changeResponse('response.headers["x-b"] = [{ value: "é €" }];'),
      },
      server: (_, response) => {
        response.writeHead(200, "Tr\xe8s bien", { "X-A": bytes.latin1, "X-C": bytes.utf8 }).end();
      },
    });
    const answer = await sendBytes(cloudfront.url, head());
    const { headers, statusDescription } = recordedEvents(cloudfront)["origin-response"].response;
    expect([headers["x-a"]?.[0]?.value, headers["x-c"]?.[0]?.value]).toEqual(["café", "café"]);
    expect(statusDescription).toBe("Très bien");
    expect(answer).toContain("HTTP/1.1 200 Tr\xe8s bien\r\n");
    expect(answer).toContain(`\r\nX-A: ${bytes.latin1}\r\n`);
    expect(answer).toContain(`\r\nX-C: ${bytes.utf8}\r\n`);
    expect(answer).toContain(`\r\nX-B: ${Buffer.from("é €").toString("latin1")}\r\n`);
  });

  it("LE-B-19: a generated response goes out as UTF-8, its reason included", async () => {
    const { cloudfront } = await startTestCloudFront({
      functions: {
        "viewer-request": `exports.handler = async () => ({
          status: "200", statusDescription: "très €", headers: { "x-a": [{ value: "é €" }] }, body: "é",
        });`,
      },
    });
    const answer = Buffer.from(await sendBytes(cloudfront.url, head()), "latin1").toString();
    expect(answer).toContain("HTTP/1.1 200 très €\r\n");
    expect(answer).toContain("\r\nX-A: é €\r\n");
    expect(answer).toMatch(/\r\n\r\né$/);
  });
});
