import { describe, expect, it } from "vitest";
import { startWithFunctions } from "../support/cloudfront-functions.ts";
import { sendRaw } from "../support/raw-connection.ts";

/** A function that responds with the JSON of an expression. */
const showing = (expression: string): string =>
  `return { statusCode: 200, body: JSON.stringify(${expression}) };`;

/** A function at viewer-response that shows an expression in a header. */
const showingInHeader = (expression: string): string =>
  `event.response.headers["x-shown"] = { value: JSON.stringify(${expression}) };
   return event.response;`;

async function shown(
  expression: string,
  path = "/",
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const test = await startWithFunctions({ "viewer-request": showing(expression) });
  return JSON.parse((await test.get(path, headers)).body);
}

describe("the event at viewer-request", () => {
  it("FN-I-01, FN-I-02: says which distribution, which event, which request and which viewer", async () => {
    const test = await startWithFunctions({ "viewer-request": showing("event") });
    const answer = await test.get("/a/b?x=1");
    const { id, domainName } = test.cloudfront.distribution;
    expect(JSON.parse(answer.body)).toMatchObject({
      version: "1.0",
      context: {
        distributionDomainName: domainName,
        distributionId: id,
        eventType: "viewer-request",
        requestId: answer.headers["x-amz-cf-id"],
      },
      viewer: { ip: "127.0.0.1" },
      request: { method: "GET", uri: "/a/b", querystring: { x: { value: "1" } }, cookies: {} },
    });
    expect(Object.keys(JSON.parse(answer.body))).toEqual([
      "version",
      "context",
      "viewer",
      "request",
    ]);
  });

  it("FN-I-04, FN-I-10: has query parameters as they are written, all values of a repeated one", async () => {
    expect(
      await shown("event.request.querystring", "/?q=%E5%AE%B6&tag=a&tag=b%2Cc&empty=&bare"),
    ).toEqual({
      q: { value: "%E5%AE%B6" },
      tag: { value: "a", multiValue: [{ value: "a" }, { value: "b%2Cc" }] },
      empty: { value: "" },
      bare: { value: "" },
    });
  });

  it("FN-I-10: has the uri as it is written", async () => {
    expect(await shown("event.request.uri", "/%7Ea%20b/%C3%A9")).toBe("/%7Ea%20b/%C3%A9");
  });

  it("FN-I-05, FN-I-07: has one value for a header with commas, under its lower-case name", async () => {
    expect(await shown("event.request.headers['x-list']", "/", { "X-List": "a, b" })).toEqual({
      value: "a, b",
    });
  });

  it("FN-I-04: has the values of a repeated header", async () => {
    const test = await startWithFunctions({
      "viewer-request": showing("event.request.headers['x-a']"),
    });
    const { body } = await sendRaw(
      test.cloudfront.url,
      "GET / HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nx-a: 2\r\nConnection: close\r\n\r\n",
    );
    expect(body).toContain('{"value":"1","multiValue":[{"value":"1"},{"value":"2"}]}');
  });

  it("FN-I-08: has cookies by name, and no Cookie header", async () => {
    expect(
      await shown("[event.request.cookies, event.request.headers.cookie]", "/", {
        cookie: "theme=dark; dup=1; dup=2; a=b=c",
      }),
    ).toEqual([
      {
        theme: { value: "dark" },
        dup: { value: "1", multiValue: [{ value: "1" }, { value: "2" }] },
        a: { value: "b=c" },
      },
      null,
    ]);
  });

  it.each([
    ["/page?b=2&a=%20", "b=2&a=%20"],
    ["/page?", ""],
    ["/page", null],
  ])("FN-I-09: rawQueryString() of %s", async (path, expected) => {
    const test = await startWithFunctions({
      "viewer-request": showing(
        "event.request.rawQueryString() === undefined ? null : event.request.rawQueryString()",
      ),
    });
    const { body } = await sendRaw(
      test.cloudfront.url,
      `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    );
    expect(body).toContain(JSON.stringify(expected));
  });

  it("FN-I-33: has CloudFront's headers of the viewer where a policy asks for them", async () => {
    const asking = {
      originRequestPolicy: {
        HeadersConfig: { HeaderBehavior: "whitelist", Headers: ["CloudFront-Viewer-Country"] },
      },
      options: { viewer: { country: "FR" } },
    };
    const code = showing(
      "[event.request.headers['cloudfront-viewer-country'], event.request.headers['cloudfront-is-mobile-viewer']]",
    );
    const asked = await startWithFunctions({ "viewer-request": code }, asking);
    expect(JSON.parse((await asked.get("/")).body)).toEqual([{ value: "FR" }, null]);
    expect(await shown("event.request.headers['cloudfront-viewer-country'] === undefined")).toBe(
      true,
    );
  });

  it("FN-I-39: has the Host of a CloudFront domain in lower case, without port and dot", async () => {
    const test = await startWithFunctions({
      "viewer-request": showing("event.request.headers.host.value"),
    });
    const { domainName } = test.cloudfront.distribution;
    for (const host of [`${domainName.toUpperCase()}:443`, `${domainName}.`]) {
      const { body } = await sendRaw(
        test.cloudfront.url,
        `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      );
      expect(JSON.parse(body)).toBe(domainName);
    }
  });

  it("FN-I-32: knows its edge location, which viewer-response does not", async () => {
    const code = (show: string): string => `import cf from "cloudfront";
      function handler(event) { ${show} }`;
    const test = await startWithFunctions({
      "viewer-request": code(
        `event.request.headers["x-pop"] = { value: JSON.stringify(cf.edgeLocation) }; return event.request;`,
      ),
      "viewer-response": code(
        `event.response.headers["x-shown"] = { value: event.request.headers["x-pop"].value + JSON.stringify(cf.edgeLocation) };
         return event.response;`,
      ),
    });
    const { headers } = await test.get("/a.html");
    expect(headers["x-shown"]).toMatch(
      /^\{"name":"[A-Z]{3}","serverIp":"[\d.]+","region":"[a-z0-9-]+"\}\{\}$/,
    );
  });
});

describe("the event at viewer-response", () => {
  it("FN-I-11, FN-I-12: has the status as a number and no body", async () => {
    const test = await startWithFunctions({
      "viewer-response": showingInHeader("event.response"),
    });
    const { headers, body } = await test.get("/a.html");
    const response = JSON.parse(headers["x-shown"] ?? "");
    expect(response).toMatchObject({
      statusCode: 200,
      statusDescription: "OK",
      headers: { "content-type": { value: "text/html" }, via: { value: headers["via"] } },
      cookies: {},
    });
    expect(response).not.toHaveProperty("body");
    expect(body).toBe("<h1>a</h1>");
  });

  it("FN-I-08: has Set-Cookie as cookies with their attributes", async () => {
    const test = await startWithFunctions(
      { "viewer-response": showingInHeader("event.response.cookies") },
      {
        cachePolicy: {
          ParametersInCacheKeyAndForwardedToOrigin: { CookiesConfig: { CookieBehavior: "all" } },
        },
        server: (_, response) => {
          response.setHeader("set-cookie", ["a=1; Path=/; Secure", "b=2", "b=3; Path=/x"]);
          response.end();
        },
      },
    );
    const { headers } = await test.cloudfront.fetch("/");
    expect(JSON.parse(headers.get("x-shown") ?? "")).toEqual({
      a: { value: "1", attributes: "Path=/; Secure" },
      b: { value: "2", multiValue: [{ value: "2" }, { value: "3", attributes: "Path=/x" }] },
    });
    expect(headers.getSetCookie()).toEqual(["a=1; Path=/; Secure", "b=2", "b=3; Path=/x"]);
  });

  it("FN-I-53: has the request as viewer-request left it", async () => {
    const test = await startWithFunctions({
      "viewer-request": `event.request.headers["x-a"] = { value: "set" };
        event.request.uri = "/a.html"; return event.request;`,
      "viewer-response": showingInHeader(
        '[event.request.uri, event.request.headers["x-a"].value, event.context.eventType]',
      ),
    });
    const { headers } = await test.get("/b");
    expect(JSON.parse(headers["x-shown"] ?? "")).toEqual(["/a.html", "set", "viewer-response"]);
  });
});
