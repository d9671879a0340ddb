import { originRequestEvent } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileSecretRedirect } from "../compile/compile-secret-redirect.ts";
import { createSecretRedirect } from "./secret-redirect.ts";

const compiled = compileSecretRedirect({ location: "https://example.com/hidden" });
const handler = createSecretRedirect(compiled);
const redirect = {
  status: "302",
  statusDescription: "Found",
  headers: {
    location: [{ key: "Location", value: "https://example.com/hidden" }],
    "cache-control": [{ key: "Cache-Control", value: "public, max-age=0, s-maxage=60" }],
  },
};

describe("the handler", () => {
  it("answers the secret path with the redirect, and with nothing else", async () => {
    expect(await handler(originRequestEvent({ uri: "/secret" }))).toEqual(redirect);
  });

  it.each(["GET", "HEAD", "POST", "OPTIONS", "DELETE"])(
    "does not look at the method: %s",
    async (method) => {
      const event = originRequestEvent({ uri: "/secret", method, querystring: "from=mail" });
      expect(await handler(event)).toEqual(redirect);
    },
  );

  it.each([
    "/secret/",
    "/%73ecret",
    "/%73%65%63%72%65%74",
    "//secret",
    "///secret",
    "/secret//",
    "/./secret",
    "/secret/.",
    "/a/../secret",
    "/secret/a/..",
    "/%2e/secret",
    "/a/%2E%2e/secret",
    "/../secret",
    "/a/b/../../secret",
    "/s%65cret/",
    "//a/..//secret",
    "/%73ecret/%2e/",
    "/secre%74",
  ])("sees through the disguise %s", async (uri) => {
    expect(await handler(originRequestEvent({ uri }))).toEqual(redirect);
  });

  it.each([
    "/",
    "/index.html",
    "/secrets",
    "/secret/x",
    "/x/secret",
    "/Secret",
    "/%2573ecret",
    "/secret%2F",
    "/%2Fsecret",
    "/secret%00",
    "/secret%",
    "/secret;a",
    "/secret\\",
    "/__proto__",
    "/constructor",
    "/%",
  ])("lets %s pass untouched", async (uri) => {
    const event = originRequestEvent({ uri, querystring: "a=1" });
    const before = structuredClone(event);
    expect(await handler(event)).toBe(event.Records[0].cf.request);
    expect(event).toEqual(before);
  });

  it("gives each request a response of its own: what is done to one does not reach the next", async () => {
    const first = await handler(originRequestEvent({ uri: "/secret" }));
    first.headers?.["location"]?.push({ value: "/x" });
    Object.assign(first, { status: "200" });
    expect(await handler(originRequestEvent({ uri: "/secret" }))).toEqual(redirect);
  });

  it("answers the path of the options", async () => {
    const door = createSecretRedirect(
      compileSecretRedirect({ path: "/back%20door", location: "/login?next=%2F", status: 307 }),
    );
    expect(await door(originRequestEvent({ uri: "/back%20door/" }))).toMatchObject({
      status: "307",
      statusDescription: "Temporary Redirect",
      headers: { location: [{ key: "Location", value: "/login?next=%2F" }] },
    });
    expect(await door(originRequestEvent({ uri: "/secret" }))).toHaveProperty("uri", "/secret");
  });
});

describe("the log", () => {
  const event = () => originRequestEvent({ uri: "/secret", querystring: "key=hush" });

  it("is empty unless it is asked for", async () => {
    const lines: string[] = [];
    const quiet = createSecretRedirect(compiled, {
      random: () => 0,
      log: (line) => lines.push(line),
    });
    await quiet(event());
    expect(lines).toEqual([]);
  });

  it("holds the share of the redirects that the options name, a line of JSON each", async () => {
    const lines: string[] = [];
    const numbers = [0.1, 0.3, 0.2, 0.9];
    const half = createSecretRedirect(
      compileSecretRedirect({ location: "/x", logSampleRate: 0.25 }),
      { random: () => numbers.shift() ?? 1, log: (line) => lines.push(line) },
    );
    for (let count = 0; count < 4; count += 1) await half(event());
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { function: "secret-redirect", rule: 0, uri: "/secret", status: "302" },
      { function: "secret-redirect", rule: 0, uri: "/secret", status: "302" },
    ]);
  });
});
