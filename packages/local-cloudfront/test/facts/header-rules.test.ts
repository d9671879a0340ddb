import type { EventType } from "cf-types";
import { describe, expect, it } from "vitest";
import {
  disallowedSentence,
  failureOf,
  readOnlySentence,
  refusalOf,
  type Refusal,
} from "../support/function-failures.ts";
import { changeRequest, changeResponse, passAll } from "../support/function-sources.ts";
import {
  shareTestCloudFront,
  startTestCloudFront,
  type TestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

const eventTypes = [
  "viewer-request",
  "origin-request",
  "origin-response",
  "viewer-response",
] as const;

/** Does with a header of `message` what the query string says: `set=Name&value=x` or `remove=name`. */
const touch = (message: "request" | "response"): string => `
  const { set, value, remove } = Object.fromEntries(new URLSearchParams(request.querystring));
  if (set !== undefined) ${message}.headers[set.toLowerCase()] = [{ key: set, value }];
  if (remove !== undefined) delete ${message}.headers[remove];
`;

const touchRequest = changeRequest(touch("request"));
const touchResponse = changeResponse(touch("response"));

/** A distribution with a function that touches headers on each event type, at /<event type>/. */
const touching = shareTestCloudFront(touchingDistribution());

function touchingDistribution(): TestCloudFrontOptions {
  const functions = {
    "viewer-request": touchRequest,
    "origin-request": touchRequest,
    "origin-response": touchResponse,
    "viewer-response": touchResponse,
  } as const;
  const queryStrings = { QueryStringsConfig: { QueryStringBehavior: "all" } };
  return {
    cachePolicy: { ParametersInCacheKeyAndForwardedToOrigin: queryStrings },
    cacheBehaviors: Object.fromEntries(
      eventTypes.map((eventType) => [
        `${eventType}/*`,
        { functions: { [eventType]: functions[eventType] } },
      ]),
    ),
    server: ({ url }, response) => {
      const { searchParams } = new URL(url, "http://origin");
      for (const [name, value] of searchParams) {
        if (name.startsWith("origin-")) response.setHeader(name.slice("origin-".length), value);
      }
      response.write("chunked");
      response.end();
    },
  };
}

async function touched(
  { get, cloudfront }: TestCloudFront,
  eventType: EventType,
  query: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Refusal> {
  const answer = await get(`/${eventType}/?${new URLSearchParams(query)}`, headers);
  return refusalOf(answer, cloudfront);
}

function namesOf(list: string): readonly string[] {
  return list.trim().split(/\s+/);
}

/** The list of AWS's page, with an example for each wildcard. */
const disallowed = namesOf(`
  Connection Expect Keep-Alive Proxy-Authenticate Proxy-Authorization Proxy-Connection Trailer
  Upgrade X-Accel-Buffering X-Accel-Charset X-Accel-Limit-Rate X-Accel-Redirect
  X-Amz-Cf-Anything X-Amzn-Auth X-Amzn-Cf-Billing X-Amzn-Cf-Id X-Amzn-Cf-Xff X-Amzn-Errortype
  X-Amzn-Fle-Profile X-Amzn-Header-Count X-Amzn-Header-Order X-Amzn-Lambda-Integration-Tag
  X-Amzn-RequestId X-Cache X-Edge-Anything X-Forwarded-Proto X-Real-IP
  CloudFront-Viewer-Cert-PEM Client-Cert Client-Cert-Chain
`);

describe("a disallowed header", () => {
  it.each(eventTypes)(
    "LE-C-01, LE-C-02, LE-C-03, LE-C-29, LE-C-34: that is added at %s is answered 502",
    async (eventType) => {
      const cloudfront = await touching();
      for (const name of disallowed) {
        expect({
          name,
          ...(await touched(cloudfront, eventType, { set: name, value: "x" })),
        }).toEqual({
          name,
          status: 502,
          xCache: "LambdaValidationError",
          sentence: disallowedSentence,
          factId: "LE-C-01",
        });
      }
    },
  );

  it.each(eventTypes)(
    "LE-C-02, LE-C-29: X-Amzn-Trace-Id, X-Forwarded-For and one's own are none at %s",
    async (eventType) => {
      const cloudfront = await touching();
      for (const set of ["X-Amzn-Trace-Id", "X-Forwarded-For", "X-Mine"]) {
        const { status } = await touched(cloudfront, eventType, { set, value: "192.0.2.1" });
        expect({ set, status }).toEqual({ set, status: 200 });
      }
    },
  );

  it("LE-C-01: of the viewer's is not in an event, and costs nothing", async () => {
    const { get } = await startTestCloudFront({
      functions: {
        "viewer-request": `exports.handler = async (event) => ({
          status: "200",
          body: JSON.stringify(Object.keys(event.Records[0].cf.request.headers)),
        });`,
      },
    });
    const hidden = { "X-Cache": "x", "X-Real-IP": "192.0.2.1", "X-Edge-Anything": "x" };
    const { status, body } = await get("/", { ...hidden, "X-Mine": "x" });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual(expect.arrayContaining(["host", "x-mine"]));
    expect(body).not.toMatch(/x-cache|x-real-ip|x-edge|connection/);
  });

  it("LE-C-01: of the origin's is not in an event, and costs nothing", async () => {
    const { get } = await startTestCloudFront({
      functions: {
        "origin-response": changeResponse(
          'response.headers["x-names"] = [{ value: Object.keys(response.headers).join() }];',
        ),
      },
      server: (_, response) => {
        response.writeHead(200, { "X-Cache": "x", "Keep-Alive": "timeout=9", "X-Mine": "x" }).end();
      },
    });
    const { status, headers } = await get("/");
    expect(status).toBe(200);
    expect(headers["x-names"]?.split(",")).toContain("x-mine");
    expect(headers["x-names"]).not.toMatch(/x-cache|keep-alive|connection/);
  });
});

describe("a read-only header", () => {
  const readOnly: readonly (readonly [EventType, string, readonly string[]])[] = [
    [
      "viewer-request",
      "LE-C-04",
      ["CDN-Loop", "Content-Length", "Host", "Transfer-Encoding", "Via"],
    ],
    [
      "origin-request",
      "LE-C-05",
      namesOf(`
        Accept-Encoding CDN-Loop Content-Length If-Modified-Since If-None-Match If-Range
        If-Unmodified-Since Transfer-Encoding Via
      `),
    ],
    ["origin-response", "LE-C-06", ["Transfer-Encoding", "Via"]],
    [
      "viewer-response",
      "LE-C-07",
      ["Content-Encoding", "Content-Length", "Transfer-Encoding", "Via", "Warning"],
    ],
  ];

  it.each(readOnly)(
    "LE-C-04, LE-C-05, LE-C-06, LE-C-07, LE-C-08: that is set at %s is answered 502 (%s)",
    async (eventType, factId, names) => {
      const cloudfront = await touching();
      for (const name of names) {
        expect({
          name,
          ...(await touched(cloudfront, eventType, { set: name, value: "x" })),
        }).toEqual({
          name,
          status: 502,
          xCache: "LambdaValidationError",
          sentence: readOnlySentence,
          factId,
        });
      }
    },
  );

  it.each<[EventType, string]>([
    ["viewer-request", "Accept-Encoding"],
    ["viewer-request", "If-None-Match"],
    ["origin-request", "Host"],
    ["origin-response", "Content-Encoding"],
    ["origin-response", "Warning"],
    ["viewer-response", "Cache-Control"],
  ])("LE-C-04, LE-C-05, LE-C-06, LE-C-07: is none at %s: %s", async (eventType, set) => {
    const cloudfront = await touching();
    expect((await touched(cloudfront, eventType, { set, value: "identity" })).status).toBe(200);
  });

  it.each<[EventType, string, Readonly<Record<string, string>>]>([
    ["viewer-request", "host", {}],
    ["origin-response", "transfer-encoding", {}],
    ["viewer-response", "content-encoding", { "origin-content-encoding": "identity" }],
    ["viewer-response", "warning", { "origin-warning": '199 - "x"' }],
  ])("LE-C-09: that is deleted at %s is answered 502: %s", async (eventType, remove, origin) => {
    const cloudfront = await touching();
    expect(await touched(cloudfront, eventType, { remove, ...origin })).toEqual({
      status: 502,
      xCache: "LambdaValidationError",
      sentence: readOnlySentence,
      factId: "LE-C-09",
    });
  });

  it("LE-C-09: is deleted by a response that is built afresh", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: {
        "origin-response": "exports.handler = async () => ({ status: '200', headers: {} });",
      },
      server: (_, response) => {
        response.write("chunked");
        response.end();
      },
    });
    expect(refusalOf(await get("/"), cloudfront)).toMatchObject({ status: 502, factId: "LE-C-09" });
    expect(failureOf(cloudfront)?.validationLog?.lines.at(-1)).toMatch(
      / ERROR Validation error: Lambda function result failed validation, the function tried to delete read-only header, headerName : Transfer-Encoding\.$/,
    );
  });

  it("LE-C-10: that goes back as it came is accepted at all events", async () => {
    const { get, invoked } = await startTestCloudFront({
      functions: passAll,
      server: (_, response) => {
        response.writeHead(200, { Via: "1.1 origin", Warning: '199 - "x"' });
        response.write("chunked");
        response.end();
      },
    });
    const headers = { Via: "1.1 viewer", "CDN-Loop": "other", "If-None-Match": '"1"' };
    expect((await get("/", headers)).status).toBe(200);
    expect(invoked()).toEqual([...eventTypes]);
  });
});
