import { describe, expect, it } from "vitest";
import {
  startWithFunctions,
  type TestCloudFrontFunctions,
} from "../support/cloudfront-functions.ts";
import { failureOf, sentenceOf, warningsOf } from "../support/function-failures.ts";
import type { TestCloudFrontOptions } from "../support/start-test-cloudfront.ts";

/** Lets an origin's server show the request that it got. */
const echo: TestCloudFrontOptions["server"] = (request, response) => {
  response.end(JSON.stringify({ url: request.url, headers: request.rawHeaders }));
};
const forwardingAll: TestCloudFrontOptions = {
  server: echo,
  cachePolicy: {
    ParametersInCacheKeyAndForwardedToOrigin: {
      QueryStringsConfig: { QueryStringBehavior: "all" },
      CookiesConfig: { CookieBehavior: "all" },
      HeadersConfig: { HeaderBehavior: "whitelist", Headers: ["x-a", "x-b"] },
    },
  },
};

async function originGot(code: string, path = "/", headers: Record<string, string> = {}) {
  const test = await startWithFunctions({ "viewer-request": code }, forwardingAll);
  const { body } = await test.get(path, headers);
  const { url, headers: raw } = JSON.parse(body) as { url: string; headers: string[] };
  const lines: [string, string][] = [];
  for (let at = 0; at < raw.length; at += 2) lines.push([raw[at] ?? "", raw[at + 1] ?? ""]);
  return { url, lines, test };
}

describe("a changed request", () => {
  it("FN-I-03: goes to the origin under another uri, through the same cache behavior", async () => {
    const test = await startWithFunctions(
      { "viewer-request": 'event.request.uri = "/other/a.html"; return event.request;' },
      {
        files: { "other/a.html": "other" },
        cacheBehaviors: { "/other/*": { properties: { AllowedMethods: ["GET", "HEAD"] } } },
      },
    );
    expect((await test.get("/a")).body).toBe("other");
    const [step] = test.cloudfront.traces().at(-1)?.steps ?? [];
    expect(step).toMatchObject({ step: "cache-behavior", pathPattern: "*" });
  });

  it("FN-I-10: goes on byte for byte where nothing was changed", async () => {
    const { url } = await originGot("return event.request;", "/%7Ea?q=%E5%AE%B6&&b&a=&a=%20");
    expect(url).toBe("/%7Ea?q=%E5%AE%B6&&b&a=&a=%20");
  });

  it("FN-I-09: has the query string that was set, as an object or as text", async () => {
    const added = 'event.request.querystring.c = { value: "3" }; return event.request;';
    expect((await originGot(added, "/?b=%202&a=1&b=4")).url).toBe("/?b=%202&b=4&a=1&c=3");
    const text = 'event.request.querystring = "z=1&a=2"; return event.request;';
    expect((await originGot(text, "/?a=1")).url).toBe("/?z=1&a=2");
  });

  it("FN-I-06, FN-I-07: has the headers that were set, with each word of the name capitalised", async () => {
    const code = `event.request.headers["x-a"] = { value: "1" };
      event.request.headers["x-b"] = { value: "ignored", multiValue: [{ value: "2" }, { value: "3" }] };
      return event.request;`;
    const { lines } = await originGot(code);
    expect(lines).toContainEqual(["X-A", "1"]);
    expect(
      lines
        .filter(([name]) => name === "X-B")
        .map(([, value]) => value)
        .join(", "),
    ).toBe("2, 3");
  });

  it("FN-I-08: has the cookies that were set", async () => {
    const code = `event.request.cookies.b = { value: "2" }; delete event.request.cookies.gone;
      return event.request;`;
    const { lines } = await originGot(code, "/", { cookie: "a=1; gone=1" });
    expect(lines).toContainEqual(["Cookie", "a=1; b=2"]);
  });

  it("FN-I-54: has no header that was given as a plain string, which is a warning", async () => {
    const code = 'event.request.headers["x-a"] = "1"; return event.request;';
    const { lines, test } = await originGot(code);
    expect(lines.some(([name]) => name.toLowerCase() === "x-a")).toBe(false);
    expect(warningsOf(test.cloudfront)).toEqual([expect.stringMatching(/^FN-I-54: /)]);
  });
});

describe("a generated response", () => {
  it("FN-I-25: is FunctionGeneratedResponse, from CloudFront, with an empty body", async () => {
    const test = await startWithFunctions({
      "viewer-request":
        'return { statusCode: 302, statusDescription: "Found", headers: { location: { value: "/b" } } };',
      "viewer-response": 'event.response.headers["x-ran"] = { value: "1" }; return event.response;',
    });
    const { status, headers, xCache } = await test.get("/a");
    expect({ status, xCache }).toEqual({ status: 302, xCache: "FunctionGeneratedResponse" });
    expect(headers).toMatchObject({ location: "/b", server: "CloudFront", "content-length": "0" });
    expect(headers["x-ran"]).toBeUndefined();
    expect(test.invoked()).toEqual(["viewer-request"]);
  });

  it.each([
    ["a string", '"hé"', "hé"],
    ["text", '{ encoding: "text", data: "hé" }', "hé"],
    ["base64", '{ encoding: "base64", data: "aMOp" }', "hé"],
  ])("FN-I-11: has a body that is %s", async (_, body, expected) => {
    const test = await startWithFunctions({
      "viewer-request": `return { statusCode: 200, body: ${body} };`,
    });
    expect((await test.get("/")).body).toBe(expected);
  });

  it("FN-I-08: sets cookies with their attributes", async () => {
    const test = await startWithFunctions({
      "viewer-request": `return { statusCode: 200, cookies: {
        a: { value: "1", attributes: "Secure; Path=/" },
        b: { value: "2", multiValue: [{ value: "2" }, { value: "3", attributes: "Path=/x" }] } } };`,
    });
    const { headers } = await test.cloudfront.fetch("/");
    expect(headers.getSetCookie()).toEqual(["a=1; Secure; Path=/", "b=2", "b=3; Path=/x"]);
  });

  it("FN-I-13: that is an error has no custom error page", async () => {
    const test = await startWithFunctions(
      { "viewer-request": "return { statusCode: 404, body: 'own' };" },
      {
        distributionConfig: {
          CustomErrorResponses: [
            { ErrorCode: 404, ResponseCode: 200, ResponsePagePath: "/index.html" },
          ],
        },
      },
    );
    const { status, body, xCache } = await test.get("/none");
    expect([status, body, xCache]).toEqual([404, "own", "FunctionGeneratedResponse"]);
  });
});

describe("a changed response", () => {
  it("FN-I-12, FN-I-20, LE-D-18: has another status, body, length and encoding", async () => {
    const test = await startWithFunctions({
      "viewer-response": `event.response.statusCode = 203; event.response.body = "new";
        event.response.headers["content-encoding"] = { value: "identity" };
        return event.response;`,
    });
    const { status, body, headers } = await test.get("/a.html");
    expect([status, body]).toEqual([203, "new"]);
    expect(headers).toMatchObject({ "content-length": "3", "content-encoding": "identity" });
  });

  it("LE-A-02: runs for a hit as for a miss, and changes nothing in the cache", async () => {
    const test = await startWithFunctions({
      "viewer-response":
        'event.response.headers["x-n"] = { value: event.context.requestId }; return event.response;',
    });
    const first = await test.get("/a.html");
    const second = await test.get("/a.html");
    expect([first.xCache, second.xCache]).toEqual(["Miss", "Hit"]);
    expect(second.headers["x-n"]).toBe(second.headers["x-amz-cf-id"]);
  });

  it("FN-I-14: does not exist for an error of the origin and for a custom error page", async () => {
    const functions: TestCloudFrontFunctions = {
      "viewer-response": 'event.response.headers["x-ran"] = { value: "1" }; return event.response;',
    };
    const plain = await startWithFunctions(functions);
    expect((await plain.get("/none")).headers["x-ran"]).toBeUndefined();
    expect(plain.invoked()).toEqual([]);
    const page = await startWithFunctions(functions, {
      distributionConfig: {
        CustomErrorResponses: [
          { ErrorCode: 404, ResponseCode: 200, ResponsePagePath: "/index.html" },
        ],
      },
    });
    const { status, headers } = await page.get("/none");
    expect([status, headers["x-ran"]]).toEqual([200, undefined]);
  });
});

const refused: Readonly<Record<string, readonly [TestCloudFrontFunctions, string]>> = {
  "FN-I-20, FN-I-22: a changed Host": [
    { "viewer-request": 'event.request.headers.host.value = "b"; return event.request;' },
    "FN-I-20",
  ],
  "FN-I-20: a header that functions must not add": [
    {
      "viewer-request": 'event.request.headers.connection = { value: "b" }; return event.request;',
    },
    "FN-I-20",
  ],
  "FN-I-07, FN-I-24: a name with capitals": [
    { "viewer-request": 'return { statusCode: 302, headers: { Location: { value: "/b" } } };' },
    "FN-I-07",
  ],
  "FN-I-38: a fresh response": [
    { "viewer-response": 'return { statusCode: 302, headers: { location: { value: "/x" } } };' },
    "FN-I-38",
  ],
  "FN-I-20: a Warning": [
    {
      "viewer-response":
        'event.response.headers.warning = { value: "199" }; return event.response;',
    },
    "FN-I-20",
  ],
  "FN-I-11: no result": [{ "viewer-request": "event.request.uri = '/b';" }, "FN-I-11"],
  "FN-I-11: a status as text": [{ "viewer-request": 'return { statusCode: "302" };' }, "FN-I-11"],
  "FN-I-03: a uri without a slash": [
    { "viewer-request": 'event.request.uri = "b"; return event.request;' },
    "FN-I-03",
  ],
  "FN-I-23, FN-I-42: an error": [{ "viewer-request": "throw new Error('no');" }, "FN-I-23"],
  "FN-I-23: a value of an absent header": [
    { "viewer-request": "return event.request.headers['x-a'].value;" },
    "FN-I-23",
  ],
  "FN-I-17: no handler": [{ "viewer-request": "var handler = 1;" }, "FN-I-17"],
  "FN-I-18, FN-I-26, FN-I-43: code that does not parse": [
    {
      "viewer-request":
        "for (const part of event.request.uri.split('/')) console.log(part); return event.request;",
    },
    "FN-I-26",
  ],
  "FN-I-44: await in an argument": [
    {
      "viewer-request":
        "async function handler(event) { JSON.parse(await Promise.resolve('1')); return event.request; }",
    },
    "FN-I-44",
  ],
  "FN-I-46: const on cloudfront-js-1.0": [
    { "viewer-request": "const a = 1; return event.request;", runtime: "cloudfront-js-1.0" },
    "FN-I-46",
  ],
  "FN-I-50: the tenant of a standard distribution": [
    {
      "viewer-request":
        "import cf from 'cloudfront';\nfunction handler(event) { return { statusCode: 200, body: cf.distributionTenant.id }; }",
    },
    "FN-I-23",
  ],
  "FN-I-15: too much memory": [
    {
      "viewer-request":
        "var a = []; for (var i = 0; i < 1e6; i++) a.push(i); return event.request;",
    },
    "FN-I-15",
  ],
};

describe("a failure costs the request", () => {
  it("FN-I-03, FN-I-07, FN-I-11, FN-I-15, FN-I-17, FN-I-18, FN-I-20, FN-I-22, FN-I-23, FN-I-24, FN-I-38, FN-I-42, FN-I-43, FN-I-44, FN-I-46, FN-I-50: with CloudFront's status, X-Cache and sentence, and the fact behind it", async () => {
    const seen: Record<string, string> = {};
    for (const [name, [functions, factId]] of Object.entries(refused)) {
      const test = await startWithFunctions(functions);
      const { status, xCache, body } = await test.get("/a.html");
      expect({ name, factId: failureOf(test.cloudfront)?.factId }).toEqual({ name, factId });
      seen[name] = `${status} ${xCache}: ${sentenceOf(body)}`;
    }
    expect(seen).toMatchInlineSnapshot(`
      {
        "FN-I-03: a uri without a slash": "502 FunctionValidationError: The CloudFront function returned an invalid value: request.uri must start with "/".",
        "FN-I-07, FN-I-24: a name with capitals": "502 FunctionValidationError: The CloudFront function returned an invalid value: response.headers must have header names in lower case.",
        "FN-I-11: a status as text": "502 FunctionValidationError: The CloudFront function returned an invalid value: response.statusCode must be an integer from 200 to 599.",
        "FN-I-11: no result": "502 FunctionValidationError: The CloudFront function returned an invalid value: The result must be an object.",
        "FN-I-15: too much memory": "503 FunctionExecutionError: The CloudFront function associated with the CloudFront distribution is invalid or could not run.",
        "FN-I-17: no handler": "503 FunctionExecutionError: The CloudFront function associated with the CloudFront distribution is invalid or could not run.",
        "FN-I-18, FN-I-26, FN-I-43: code that does not parse": "503 FunctionExecutionError: The CloudFront function associated with the CloudFront distribution is invalid or could not run.",
        "FN-I-20, FN-I-22: a changed Host": "502 FunctionValidationError: The CloudFront function tried to add, delete, or change a read-only header.",
        "FN-I-20: a Warning": "502 FunctionValidationError: The CloudFront function tried to add, delete, or change a read-only header.",
        "FN-I-20: a header that functions must not add": "502 FunctionValidationError: The CloudFront function tried to add a blacklisted header.",
        "FN-I-23, FN-I-42: an error": "503 FunctionExecutionError: The CloudFront function associated with the CloudFront distribution is invalid or could not run.",
        "FN-I-23: a value of an absent header": "503 FunctionExecutionError: The CloudFront function associated with the CloudFront distribution is invalid or could not run.",
        "FN-I-38: a fresh response": "502 FunctionValidationError: The CloudFront function tried to add, delete, or change a read-only header.",
        "FN-I-44: await in an argument": "503 FunctionExecutionError: The CloudFront function associated with the CloudFront distribution is invalid or could not run.",
        "FN-I-46: const on cloudfront-js-1.0": "503 FunctionExecutionError: The CloudFront function associated with the CloudFront distribution is invalid or could not run.",
        "FN-I-50: the tenant of a standard distribution": "503 FunctionExecutionError: The CloudFront function associated with the CloudFront distribution is invalid or could not run.",
      }
    `);
  }, 60_000);

  it("FN-I-45: of a built-in that is absent only where it is reached", async () => {
    const test = await startWithFunctions({
      "viewer-request": `if (event.request.headers["x-a"]) new Map(); return event.request;`,
    });
    expect((await test.get("/a.html")).status).toBe(200);
    const { status, xCache } = await test.get("/a.html", { "x-a": "1" });
    expect([status, xCache]).toEqual([503, "FunctionExecutionError"]);
    expect(failureOf(test.cloudfront)).toMatchObject({
      factId: "FN-I-45",
      detail: expect.stringContaining('ReferenceError: "Map" is not defined'),
    });
    expect((await test.get("/a.html")).status).toBe(200);
    expect(test.cloudfront.warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('"Map" is not defined'),
    ]);
  });

  it("FN-I-16, FN-I-51: of an endless loop, which is throttled when it comes again", async () => {
    const test = await startWithFunctions({
      "viewer-request": `if (event.request.uri === "/loop") for (;;) {} return event.request;`,
    });
    const results: string[] = [];
    for (const path of ["/loop", "/loop", "/a.html", "/loop"]) {
      const { status, xCache } = await test.get(path);
      results.push(`${status} ${xCache}`);
    }
    expect(results).toEqual([
      "503 FunctionExecutionError",
      "503 FunctionThrottledError",
      "200 Miss",
      "503 FunctionExecutionError",
    ]);
  });

  it("with the lines of the code around, and the line in the message", async () => {
    const test = await startWithFunctions({
      "viewer-request": `function handler(event) {\n  var a;\n  a.b.c = 1;\n  return event.request;\n}`,
    });
    await test.get("/");
    const failure = failureOf(test.cloudfront);
    expect(failure?.detail).toContain("(line 3)");
    expect(failure?.stack).toBe(
      [
        "  1 | function handler(event) {",
        "  2 |   var a;",
        "> 3 |   a.b.c = 1;",
        "  4 |   return event.request;",
        "  5 | }",
      ].join("\n"),
    );
  });

  it.each(["function main(event) { return event.request; }", "var handler = 5;"])(
    "FN-I-17: and code without a function handler is a warning at start: %s",
    async (code) => {
      const test = await startWithFunctions({ "viewer-request": `${code} // handler` });
      expect(test.cloudfront.warnings.map(({ message }) => message)).toEqual([
        expect.stringContaining("Write function handler(event) { … } at the top level. (FN-I-17)"),
      ]);
      expect((await test.get("/")).xCache).toBe("FunctionExecutionError");
      expect(failureOf(test.cloudfront)).toMatchObject({
        factId: "FN-I-17",
        detail: expect.stringContaining("Write function handler(event)"),
      });
    },
  );

  it("FN-I-26: and code that does not parse is a warning at start", async () => {
    const test = await startWithFunctions({ "viewer-request": "class A {} return event.request;" });
    expect(test.cloudfront.warnings).toMatchObject([
      {
        subject: "RequestFunction.FunctionCode",
        message: expect.stringContaining('Token "class" not supported in this version'),
      },
    ]);
  });
});
