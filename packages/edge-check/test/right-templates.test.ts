import { mkdtempDisposableSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventTypes } from "cf-rules";
import { buildSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { checkAssembly } from "../src/check-assembly.ts";
import type { Parts } from "./mistake.ts";
import { writtenTemplate } from "./written-template.ts";

const today = "2026-11-26";

function ruleIds(make: (parts: Parts) => void): readonly string[] {
  using written = writtenTemplate(make);
  return checkAssembly(written.file, { today }).map(({ ruleId }) => ruleId);
}

const allViewer = (parts: Parts) =>
  (parts.behavior["OriginRequestPolicyId"] = "216adef6-5c7f-47e4-b989-5492eafa07d3");

describe("CF-H-14: AllViewer on a bucket is right where a function spares the bucket the viewer's Host", () => {
  it.each([
    [
      "sets Host",
      "request.headers.host = [{ value: request.origin.s3.domainName }]; return request;",
    ],
    [
      "sets Host by its canonical name",
      "request.headers['Host'] = [{ value: 'a' }]; return request;",
    ],
    ["answers itself", "return { status: '200', body: 'ok' };"],
    [
      "answers in each branch",
      "if (request.uri === '/') return { status: '404' }; return { status: '200' };",
    ],
    [
      "chooses another origin",
      "request.origin = { custom: { domainName: 'a.example.com' } }; return request;",
    ],
    ["asks a module that is not read", "return require('./main').handle(request);"],
    [
      "hands the request to a module that is not read",
      "require('./host').set(request); return request;",
    ],
  ])("an origin-request function that %s", (_what, statements) => {
    expect(
      ruleIds((parts) => {
        allViewer(parts);
        parts.moved("origin-request", statements);
      }),
    ).toEqual([]);
  });

  it("but not where it only logs and goes on", () => {
    expect(
      ruleIds((parts) => {
        allViewer(parts);
        parts.moved("origin-request", "console.log(request); return request;");
      }),
    ).toEqual(["CF-H-14"]);
  });
});

it("LE-A-40: a default root object with a slash is a warning before a custom origin, which may have that", () => {
  using written = writtenTemplate((parts) => {
    parts.config["DefaultRootObject"] = "/index.html";
    parts.config["Origins"] = [
      {
        Id: "site",
        DomainName: "www.example.com",
        CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
      },
    ];
  });
  const found = checkAssembly(written.file, { today });
  expect(found.map(({ ruleId, severity }) => `${severity} ${ruleId}`)).toEqual(["warning LE-A-40"]);
});

describe("code that is right", () => {
  it.each([
    "event.Records[0].cf.config.eventType === 'origin-request'",
    "request.origin",
    "'origin' in request",
    "!('response' in event.Records[0].cf) && request.origin !== undefined",
  ])("LE-C-04: does for another event type what one of its event types refuses: %s", (test) => {
    expect(
      ruleIds((parts) => {
        parts.viewerRequest(
          `if (${test}) request.headers.host = [{ value: 'a' }];`,
          "return request;",
        );
        parts.associations.push({ ...parts.associations[0], EventType: "origin-request" });
      }),
    ).toEqual([]);
  });

  it("LE-B-54: answers by context.succeed", () => {
    expect(
      ruleIds((parts) => {
        parts.rewrite["Runtime"] = "nodejs22.x";
        parts.rewrite["Code"]["ZipFile"] =
          "exports.handler = (event, context) => { context.succeed(event.Records[0].cf.request); };";
      }),
    ).toEqual([]);
  });

  it("LE-C-19: has a third parameter with a default, which Lambda does not count", () => {
    expect(
      ruleIds((parts) => {
        parts.rewrite["Code"]["ZipFile"] =
          "exports.handler = async (event, context = {}, log = console) => event.Records[0].cf.request;";
      }),
    ).toEqual([]);
  });

  it("LE-C-19: exports in a way that cannot be followed", () => {
    expect(
      ruleIds((parts) => {
        parts.rewrite["Code"]["ZipFile"] =
          "var target = exports; for (const name of ['handler']) target[name] = async (event) => event;";
      }),
    ).toEqual([]);
  });

  it("LE-A-08: a list of header names in a library sets none of them", () => {
    expect(
      ruleIds((parts) => {
        delete parts.behavior["ResponseHeadersPolicyId"];
        parts.moved(
          "viewer-response",
          "const known = ['Content-Security-Policy', 'Strict-Transport-Security', 'X-Frame-Options'];",
          "console.log(known); return response;",
        );
      }),
    ).toEqual([]);
  });
});

/** An HTTP client as libraries have it: CommonJS, with names that an event has too. */
const library = `
class Request {
  constructor(options) {
    this.headers = options.headers;
  }
}
function writeHead(request, headers) {
  headers["Connection"] = "close";
  headers.host = request.host;
  request.headers["transfer-encoding"] = "chunked";
  request.body = {};
}
function respond(res) {
  const response = { status: res.statusCode, statusText: "", headers: {}, body: { data: [] } };
  response.headers["via"] = "library";
  return response;
}
exports.handler = function () {};
exports.request = (options) => {
  const request = new Request(options);
  writeHead(request, request.headers);
  return respond({ statusCode: 0, status: "teapot", body: {} });
};
`;

describe("a bundle whose library has requests, responses and headers of its own is right", () => {
  const entries = {
    "ES module": 'import { request as send } from "./library.cjs"; export const handler = HANDLER;',
    CommonJS: 'const { request: send } = require("./library.cjs"); exports.handler = HANDLER;',
  };
  const builds = { plain: {}, minified: { minify: true }, "with kept names": { keepNames: true } };
  const cases = Object.entries(entries).flatMap(([kind, entry]) =>
    Object.entries(builds).flatMap(([how, options]) =>
      eventTypes.map((eventType) => ({ kind, how, entry, options, eventType })),
    ),
  );

  it.each(cases)("$kind, $how, on $eventType", ({ entry, options, eventType }) => {
    const part = eventType.endsWith("request") ? "request" : "response";
    const handler = `async (event) => { await send({ headers: {} }); return event.Records[0].cf.${part}; }`;
    using folder = mkdtempDisposableSync(join(tmpdir(), "edge-check-bundle-"));
    writeFileSync(join(folder.path, "library.cjs"), library);
    const { outputFiles } = buildSync({
      stdin: { contents: entry.replace("HANDLER", handler), resolveDir: folder.path },
      bundle: true,
      platform: "node",
      format: "cjs",
      write: false,
      ...options,
    });
    expect(
      ruleIds((parts) => {
        parts.moved(eventType);
        parts.rewrite["Code"] = "code";
        parts.files["code/index.js"] = outputFiles[0]!.text;
      }),
    ).toEqual([]);
  });
});

describe("a CloudFront Function that is right has no finding", () => {
  it.each([
    [
      "FN-I-07, FN-I-54: sets a header",
      'event.request.headers["x-a"] = { value: `${event.request.uri}` }; return event.request;',
    ],
    [
      "FN-I-18, FN-I-26, FN-I-45: does without what the runtime lacks",
      "var parts = event.request.uri.split('/'); parts.forEach((part) => console.log(part)); var last = parts[parts.length - 1]; event.request.uri = last ?? '/'; return event.request;",
    ],
    [
      "FN-I-19: requires what is there",
      "var hash = require('crypto').createHash('sha256').update('a').digest('hex'); console.log(hash); return event.request;",
    ],
    [
      "FN-I-38: responds at viewer-request",
      "return { statusCode: 302, headers: { location: { value: '/a' } } };",
    ],
  ])("%s", (_, statements) => {
    expect(
      ruleIds((parts) => parts.cloudFrontFunction(`function handler(event) { ${statements} }`)),
    ).toEqual([]);
  });

  it.each([
    ["catches", "try { await kvs.get('a'); } catch (error) { console.log(error); }"],
    ["has what follows", "await kvs.get('a').then((a) => a, () => 'b');"],
    ["asks first", "if (await kvs.exists('a')) await kvs.get('a');"],
  ])("FN-I-31, FN-I-48: reads its key value store and %s", (_, statements) => {
    expect(
      ruleIds((parts) =>
        parts.withStore(
          `import cf from "cloudfront";\nconst kvs = cf.kvs();\nasync function handler(event) { ${statements} return event.request; }`,
        ),
      ),
    ).toEqual([]);
  });

  it("FN-I-28, FN-I-38: changes the response on viewer-response and is published", () => {
    expect(
      ruleIds((parts) =>
        parts.onViewerResponse(
          'function handler(event) { event.response.headers["x-a"] = { value: "b" }; return event.response; }',
        ),
      ),
    ).toEqual([]);
  });

  it("FN-I-45: holds what only a deployment knows", () => {
    expect(
      ruleIds((parts) => {
        parts.withStore("");
        parts.properties("Edge")["FunctionCode"] = {
          "Fn::Sub":
            "import cf from 'cloudfront';\nasync function handler(event) { var found = await cf.kvs('${Store.Id}').exists('a'); console.log(found); return event.request; }",
        };
      }),
    ).toEqual([]);
  });

  it("LE-A-30: stands beside Lambda@Edge on origin events", () => {
    expect(
      ruleIds((parts) => {
        parts.moved("origin-request", "return request;");
        parts.associateCloudFrontFunction("viewer-request");
      }),
    ).toEqual([]);
  });
});
