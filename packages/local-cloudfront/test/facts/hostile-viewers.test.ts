import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect as connectHttp2 } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { passAll } from "../support/function-sources.ts";
import { connectRaw } from "../support/raw-connection.ts";
import {
  readStrictResponses,
  startStrictOrigin,
  type StrictOrigin,
} from "../support/strict-http.ts";
import { startTestCloudFront, type TestCloudFront } from "../support/start-test-cloudfront.ts";

const secret = "the-secret-beside-the-site";

/** Starts a bucket whose folder has a secret beside it, and a link that leads to it. */
async function startWithSecret(): Promise<TestCloudFront> {
  const folder = mkdtempSync(join(tmpdir(), "hostile-viewers-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const site = join(folder, "site");
  mkdirSync(join(site, "a"), { recursive: true });
  mkdirSync(join(folder, "site-secret"));
  for (const file of ["secret.txt", "site-secret/secret.txt"]) {
    writeFileSync(join(folder, file), secret);
  }
  for (const file of ["index.html", "a/index.html"]) writeFileSync(join(site, file), "public");
  symlinkSync("../secret.txt", join(site, "link"));
  symlinkSync("..", join(site, "up"));
  return startTestCloudFront({
    functions: passAll,
    distributionConfig: { DefaultRootObject: "index.html", HttpVersion: "http2" },
    options: { origins: { origin: site } },
  });
}

/** Starts a distribution before an origin that takes nothing ambiguous, and forwards all it may. */
async function startBeforeStrictOrigin(): Promise<
  TestCloudFront & { readonly origin: StrictOrigin }
> {
  const origin = await startStrictOrigin();
  const started = await startTestCloudFront({
    cachePolicy: { DefaultTTL: 0, MaxTTL: 0 },
    originRequestPolicy: {
      HeadersConfig: { HeaderBehavior: "allViewer" },
      CookiesConfig: { CookieBehavior: "all" },
      QueryStringsConfig: { QueryStringBehavior: "all" },
    },
    origin: {
      DomainName: "localhost",
      CustomOriginConfig: { OriginProtocolPolicy: "http-only", HTTPPort: origin.port },
    },
    server: () => undefined,
    options: { origins: {} },
  });
  return { ...started, origin };
}

/** Sends bytes and returns all that comes back until the server hangs up. */
function exchangeBytes({ cloudfront }: TestCloudFront, bytes: string): Promise<string> {
  const connection = connectRaw(cloudfront.url);
  connection.write(bytes);
  return connection.hungUp();
}

const get = (path: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;

const pathSegment = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("..", "%2e%2e", "%2E.", ".%2e", ".", "", "up", "link") },
  { weight: 3, arbitrary: fc.constantFrom("secret.txt", "site-secret", "site", "a", "index.html") },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "..%2f",
      "%2f..",
      "..%5c",
      "..\\",
      "%00",
      "..%00",
      "%252e%252e",
      "~",
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 4 }) },
);
const path = fc
  .array(pathSegment, { minLength: 1, maxLength: 6 })
  .map((parts) => `/${parts.join("/")}`);

describe("whatever path a viewer writes", () => {
  it("no file outside the site folder is shown", async () => {
    const started = await startWithSecret();
    expect(await exchangeBytes(started, get("/a/index.html"))).toContain("public");
    await fc.assert(
      fc.asyncProperty(path, async (hostile) => {
        expect(await exchangeBytes(started, get(hostile))).not.toContain(secret);
      }),
      propertyRuns(1200),
    );
  });

  it("no file outside the site folder is shown over HTTP/2 either", async () => {
    const folder = await startWithSecret();
    const { origins } = folder.cloudfront.distribution;
    const { content } = origins.get("origin") ?? {};
    if (content?.kind !== "folder") throw new Error("the origin is a folder");
    const { cloudfront } = await startTestCloudFront({
      distributionConfig: { HttpVersion: "http2" },
      options: { https: true, origins: { origin: content.path } },
    });
    const session = connectHttp2(cloudfront.url, { rejectUnauthorized: false });
    onTestFinished(() => session.destroy());
    const bodyOf = (hostile: string): Promise<string> =>
      new Promise((resolve) => {
        const stream = session.request({ ":path": hostile });
        let body = "";
        stream.on("data", (chunk: Buffer) => (body += chunk.toString("latin1")));
        stream.on("error", () => resolve(body));
        stream.on("close", () => resolve(body));
      });
    expect(await bodyOf("/a/index.html")).toBe("public");
    await fc.assert(
      fc.asyncProperty(path, async (hostile) => {
        expect(await bodyOf(hostile)).not.toContain(secret);
      }),
      propertyRuns(1200),
    );
    expect(await bodyOf("/a/index.html")).toBe("public");
  });
});

const requestLine = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("GET", "POST", "OPTIONS", "DELETE", "TRACE", "get", "", "G\0T"),
      fc.oneof(path, fc.constantFrom("*", "http://localhost/a", "//", "?", "/a?b#c", "/a b")),
      fc.constantFrom("HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/0.9", "http/1.1", ""),
    )
    .map((parts) => parts.join(" ")),
  fc.string({ unit: "binary", maxLength: 20 }),
);
const lineEnd = fc.constantFrom("\r\n", "\r\n", "\r\n", "\n", "\r", "");
const headerLine = fc.oneof(
  fc.constantFrom("Host: localhost", "Host: example.com", "Connection: close", "Content-Length: 3"),
  fc.constantFrom(
    "Transfer-Encoding: chunked",
    "Content-Length: -1",
    "Upgrade: h2c",
    "TE: x",
    " a",
  ),
  fc
    .tuple(
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.string({ unit: "binary", maxLength: 12 }),
    )
    .map(([name, value]) => `${name}: ${value}`),
);
const nearlyHttp = fc
  .tuple(
    requestLine,
    lineEnd,
    fc.array(
      fc.tuple(headerLine, lineEnd).map((parts) => parts.join("")),
      { maxLength: 5 },
    ),
    lineEnd,
    fc.oneof(fc.constantFrom("", "abc", "3\r\nabc\r\n0\r\n\r\n"), fc.string({ unit: "binary" })),
  )
  .map(([first, end, lines, blank, body]) => `${first}${end}${lines.join("")}${blank}${body}`);

describe("whatever bytes a viewer sends", () => {
  it("what comes back is HTTP, the connection ends, and the next viewer is served", async () => {
    const started = await startWithSecret();
    await fc.assert(
      fc.asyncProperty(fc.oneof(nearlyHttp, fc.string({ unit: "binary" })), async (bytes) => {
        // Whatever it is, it ends where a request begins that closes the connection.
        const answered = await exchangeBytes(started, bytes + get("/a/index.html"));
        expect(() => readStrictResponses(answered)).not.toThrow();
        expect(answered).not.toContain(secret);
      }),
      propertyRuns(2000),
    );
    expect(await exchangeBytes(started, get("/a/index.html"))).toContain("public");
  });
});

const smuggled = "X-Smuggled: 1";
const hostileText = fc
  .array(
    fc.constantFrom(
      "a",
      " ",
      "\r",
      "\n",
      "\0",
      "\u000b",
      "\u0085",
      "\u00ff",
      smuggled,
      "%0d%0a",
      ":",
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""))
  // With both, a viewer has only written one more header of its own.
  .filter((text) => !text.includes("\r\n"));

/** One hostile text is enough for a request to be refused: others stand beside what is harmless. */
const textOfViewer = fc.oneof(fc.constant("a"), hostileText);

describe("whatever a viewer writes into its request", () => {
  it("no header and no request of it reaches the origin in disguise", async () => {
    const started = await startBeforeStrictOrigin();
    const names = ["X-A", "Cookie", "Referer", "Via", "X-Forwarded-For", "Accept-Encoding", "TE"];
    const answers = { taken: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        textOfViewer,
        textOfViewer,
        fc.constantFrom(...names),
        textOfViewer,
        async (inPath, inQuery, name, inValue) => {
          const target = `/${inPath}?${inQuery}`;
          const before = started.origin.requests.length;
          const answered = await exchangeBytes(
            started,
            `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${name}: ${inValue}\r\nConnection: close\r\n\r\n`,
          );
          const taken = started.origin.requests.slice(before);
          expect(taken.length).toBeLessThanOrEqual(1);
          for (const { headers } of taken) expect([...headers.keys()]).not.toContain("x-smuggled");
          for (const { headers } of readStrictResponses(answered)) {
            expect([...headers.keys()]).not.toContain("x-smuggled");
          }
          answers[taken.length === 1 ? "taken" : "refused"]++;
        },
      ),
      propertyRuns(1600),
    );
    expect(started.origin.problems).toEqual([]);
    expect(Math.min(answers.taken, answers.refused)).toBeGreaterThan(0);
  });

  it("a body stays a body, however its length is told", async () => {
    const started = await startBeforeStrictOrigin();
    const body = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    const framings = [
      { line: `Content-Length: ${body.length}`, sent: body },
      { line: "Transfer-Encoding: chunked", sent: chunked },
    ];
    const others = fc.constantFrom(
      "Content-Length: 0",
      `Content-Length: ${body.length}`,
      "Content-Length: 0, 44",
      "Content-Length : 0",
      "Content-Length: 0x0",
      "Content_Length: 0",
      "X: Content-Length: 0",
      "Transfer-Encoding: chunked",
      "Transfer-Encoding: identity",
      "Transfer-Encoding: x",
      "Transfer-Encoding : chunked",
      "Transfer-Encoding:\u000bchunked",
      " Content-Length: 0",
      "Transfer-Encoding: chunked, identity",
      "Transfer-Encoding",
      "transfer-encoding: CHUNKED",
      "Trailer: Content-Length",
      "Connection: Content-Length, Transfer-Encoding",
    );
    const bodies: string[] = [];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...framings),
        fc.array(others, { maxLength: 2 }),
        fc.array(others, { maxLength: 2 }),
        async ({ line, sent }, before, after) => {
          const known = started.origin.requests.length;
          const lines = [...before, line, ...after].join("\r\n");
          const answered = await exchangeBytes(
            started,
            `POST /form HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${lines}\r\n\r\n${sent}`,
          );
          const statuses = readStrictResponses(answered).map(({ startLine }) =>
            startLine.slice(9, 12),
          );
          const taken = started.origin.requests.slice(known);
          expect(statuses).toEqual([taken.length === 1 ? "200" : "400"]);
          for (const request of taken) {
            expect(request.startLine).toBe("POST /form HTTP/1.1");
            bodies.push(request.body);
          }
        },
      ),
      propertyRuns(1200),
    );
    expect(new Set(bodies)).toEqual(new Set([body]));
    expect(started.origin.problems).toEqual([]);
  });
});
