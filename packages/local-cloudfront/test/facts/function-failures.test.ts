import { describe, expect, it } from "vitest";
import { createJsonLog } from "../../src/log/json-log.ts";
import { createPrettyLog } from "../../src/log/pretty-log.ts";
import { hooksFor } from "../../src/start/command-hooks.ts";
import { logOf } from "../support/access-log-file.ts";
import {
  bodySentence,
  disallowedSentence,
  failureOf,
  readOnlySentence,
  refusalOf,
  type Refusal,
} from "../support/function-failures.ts";
import { changeRequest, changeResponse, passAll, returning } from "../support/function-sources.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

const executionSentence =
  "The Lambda function associated with the CloudFront distribution is invalid or doesn't have the required permissions.";

const notAnObjectSentence =
  "The Lambda function returned invalid JSON: The JSON output must be an object type.";

const validation = (factId: string, sentence: string): Refusal => ({
  status: 502,
  xCache: "LambdaValidationError",
  sentence,
  factId,
});

const execution = (factId: string): Refusal => ({
  status: 503,
  xCache: "LambdaExecutionError",
  sentence: executionSentence,
  factId,
});

describe("what the viewer sees of a function that fails", () => {
  it.each<[string, string, Refusal]>([
    [
      "LE-C-17, LE-C-18, LE-C-23: that changes a read-only header",
      changeRequest('request.headers.host = [{ value: "other.example" }];'),
      validation("LE-C-04", readOnlySentence),
    ],
    [
      "LE-C-17, LE-C-18, LE-C-23: that adds a disallowed header",
      changeRequest('request.headers["x-cache"] = [{ value: "Hit" }];'),
      validation("LE-C-01", disallowedSentence),
    ],
    [
      "LE-C-17, LE-C-18, LE-C-23: that gives a body that is no string",
      returning('{ status: "200", body: { a: 1 } }'),
      validation("LE-D-26", bodySentence),
    ],
    [
      "LE-C-17, LE-C-18: that returns nothing",
      "exports.handler = async () => {};",
      validation("LE-B-54", notAnObjectSentence),
    ],
    [
      "LE-C-19, LE-C-22: that throws",
      "exports.handler = () => { throw new Error('no'); };",
      execution("LE-C-19"),
    ],
    [
      "LE-C-19, LE-C-22: that rejects",
      "exports.handler = async () => { throw new Error('no'); };",
      execution("LE-C-19"),
    ],
    [
      "LE-C-19, LE-C-22: that leaves a rejection unhandled",
      "exports.handler = async () => { Promise.reject(new Error('no')); await new Promise(setImmediate); };",
      execution("LE-C-19"),
    ],
    [
      "LE-C-19, LE-C-22: whose module is missing",
      "require('./missing'); exports.handler = async () => {};",
      execution("LE-C-19"),
    ],
    [
      "LE-C-19, LE-C-22, LE-E-24: that takes longer than its timeout",
      "exports.handler = () => new Promise((resolve) => { setTimeout(resolve, 60_000); });",
      execution("LE-E-24"),
    ],
  ])("%s", async (_name, source, expected) => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: { "viewer-request": { source, properties: { Timeout: 1 } } },
    });
    expect(refusalOf(await get("/a.html"), cloudfront)).toEqual(expected);
  });

  it.each(["viewer-request", "origin-request", "origin-response", "viewer-response"] as const)(
    "LE-C-17, LE-C-19: costs the request at %s, and nothing is cached",
    async (eventType) => {
      const { get, invoked } = await startTestCloudFront({
        functions: {
          ...passAll,
          [eventType]: `exports.handler = async (event) => {
            const { request, response } = event.Records[0].cf;
            if (request.uri === "/throws.html") throw new Error("no");
            return request.uri === "/nothing.html" ? undefined : response ?? request;
          };`,
        },
        server: (_, response) => {
          response.writeHead(200, { "Cache-Control": "max-age=60" }).end("ok");
        },
      });
      for (const _attempt of [1, 2]) {
        expect((await get("/throws.html")).status).toBe(503);
        expect((await get("/nothing.html")).status).toBe(502);
      }
      expect(invoked().at(-1)).toBe(eventType);
      expect((await get("/a.html")).status).toBe(200);
    },
  );

  it("LE-C-24: is an HTML page with the request's id", async () => {
    const { get } = await startTestCloudFront({
      functions: { "viewer-request": changeRequest('request.headers.via = [{ value: "x" }];') },
    });
    const { headers, body } = await get("/a.html");
    expect(headers).toMatchObject({ "content-type": "text/html", server: "CloudFront" });
    expect(headers["content-length"]).toBe(String(body.length));
    expect(body).toContain(`Request ID: ${headers["x-amz-cf-id"]}`);
    expect(body.replaceAll(headers["x-amz-cf-id"] ?? "", "ID")).toMatchInlineSnapshot(`
      "<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
      <HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=iso-8859-1">
      <TITLE>ERROR: The request could not be satisfied</TITLE>
      </HEAD><BODY>
      <H1>502 ERROR</H1>
      <H2>The request could not be satisfied.</H2>
      <HR noshade size="1px">
      The Lambda function result failed validation: The function tried to add, delete, or change a read-only header.
      <BR clear="all">
      We can't connect to the server for this app or website at this time. There might be too much traffic or a configuration error. This response was generated by the local CloudFront on this machine.
      <BR clear="all">
      <HR noshade size="1px">
      <PRE>
      Generated by cloudfront (CloudFront)
      Request ID: ID
      </PRE>
      </BODY></HTML>
      "
    `);
  });
});

describe("what the developer reads of a function that fails", () => {
  it("LE-C-25, LE-F-20: CloudFront's own log has the invocation and the error", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: {
        "origin-request": changeRequest('request.headers.connection = [{ value: "close" }];'),
      },
    });
    const { headers } = await get("/a.html");
    const id = headers["x-amz-cf-id"] ?? "";
    const { logGroupName, lines = [] } = failureOf(cloudfront)?.validationLog ?? {};
    expect(logGroupName).toBe(`/aws/cloudfront/LambdaEdge/${cloudfront.distribution.id}`);
    const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
    expect(lines.map((line) => line.replaceAll(id, "ID").replace(uuid, "UUID")))
      .toMatchInlineSnapshot(`
      [
        "(ID) INFO Invoking LambdaFunctionARN: arn:aws:lambda:us-east-1:123456789012:function:us-east-1.DefaultOriginRequest:1 Region: us-east-1",
        "(ID) INFO Response received from Lambda: RequestId: UUID",
        "(ID) ERROR Validation error: Lambda function result failed validation, the function tried to add a blacklisted header in headers, headerName : connection.",
      ]
    `);
  });

  it("LE-C-25: CloudFront's own log has nothing of a function that throws", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: { "viewer-request": "exports.handler = async () => { throw new Error('no'); };" },
    });
    await get("/a.html");
    expect(failureOf(cloudfront)).toMatchObject({ validationLog: undefined, detail: "Error: no." });
  });

  it("LE-C-26: the access log has the three results", async () => {
    const entries = await logOf(
      {
        functions: {
          "viewer-request": `exports.handler = async (event) => {
            if (event.Records[0].cf.request.uri === "/throws") throw new Error("no");
          };`,
        },
      },
      async ({ get }) => {
        await get("/nothing");
        await get("/throws");
      },
    );
    const throttled = await logOf(
      { functions: passAll, options: { functionLimits: { concurrency: 0 } } },
      ({ get }) => get("/"),
    );
    expect([...entries, ...throttled].map((entry) => entry["x-edge-result-type"])).toEqual([
      "LambdaValidationError",
      "LambdaExecutionError",
      "LambdaLimitExceeded",
    ]);
  });

  const failing = {
    "viewer-request": {
      source: changeRequest('request.headers.host = [{ value: "other.example" }];'),
      properties: { FunctionName: "rewrite" },
    },
  };

  it("--log pretty names event type, function, header, value and fact in one line", async () => {
    const { get, cloudfront } = await startTestCloudFront({ functions: failing });
    const lines: string[] = [];
    const log = createPrettyLog((line) => lines.push(line), false);
    hooksFor(cloudfront).records.add((record) => log.request(record));
    await get("/a.html");
    expect(
      lines
        .slice(1)
        .join("\n")
        .replaceAll(/127\.0\.0\.1:\d+/g, "HOST"),
    ).toMatchInlineSnapshot(
      `"     viewer-request rewrite: headers.host is read-only at viewer-request and was changed: got "other.example" for "HOST". Return it as it came in the event. (LE-C-04)"`,
    );
  });

  it("--log json names them too, with both logs and their groups", async () => {
    const { get, cloudfront } = await startTestCloudFront({ functions: failing });
    const lines: string[] = [];
    const log = createJsonLog((line) => lines.push(line));
    hooksFor(cloudfront).records.add((record) => log.request(record));
    await get("/a.html");
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      event: "request",
      status: 502,
      xCache: "LambdaValidationError from cloudfront",
      functions: [
        {
          eventType: "viewer-request",
          name: "rewrite",
          outcome: "failure",
          failure: {
            factId: "LE-C-04",
            detail: expect.stringMatching(/^headers\.host is read-only .*got "other\.example"/),
            validationLog: { lines: [expect.anything(), expect.anything(), expect.anything()] },
          },
          logGroupName: "/aws/lambda/us-east-1.rewrite",
          logLines: [
            expect.stringMatching(/^START /),
            expect.stringMatching(/^END /),
            expect.stringMatching(/^REPORT /),
          ],
        },
      ],
    });
  });

  it("--log pretty shows what a function is warned of in the same shape", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: {
        "origin-response": {
          source: changeResponse("response.status = 200;"),
          properties: { FunctionName: "status" },
        },
      },
    });
    const lines: string[] = [];
    const log = createPrettyLog((line) => lines.push(line), false);
    hooksFor(cloudfront).records.add((record) => log.request(record));
    await get("/a.html");
    expect(lines.slice(1)).toEqual([
      '     origin-response status: LE-D-02: status is documented as a string: got 200. Write "200".',
    ]);
  });
});
