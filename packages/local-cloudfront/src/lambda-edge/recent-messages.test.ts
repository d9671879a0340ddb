import { describe, expect, it } from "vitest";
import { request, response, s3Origin } from "../../test/lambda-edge-fixtures.ts";
import { RecentMessages } from "./recent-messages.ts";

describe("a request as functions see it", () => {
  it("is made once of the same one", () => {
    const recent = new RecentMessages();
    const first = request();
    const seen = recent.request(first);
    expect(recent.request({ ...first })).toBe(seen);
    expect(JSON.parse(seen.json)).toEqual(seen.event);
  });

  it.each([
    ["the URI", { uri: "/other" }],
    ["the query string", { querystring: "a=1" }],
    ["the method", { method: "HEAD" }],
    ["the viewer", { clientIp: "192.0.2.1" }],
    ["a header", { headers: { host: [{ key: "Host", value: "localhost" }] } }],
  ])("is made anew where %s differs", (_, change) => {
    const recent = new RecentMessages();
    const first = request();
    recent.request(first);
    const changed = { ...first, ...change };
    expect(recent.request(changed).event).toMatchObject(change);
    expect(recent.request(first).event).toMatchObject({ uri: first.uri, method: first.method });
  });

  it("has an origin or a body only where it is given one", () => {
    const recent = new RecentMessages();
    const first = request();
    const body = {
      inputTruncated: false,
      action: "read-only",
      encoding: "base64",
      data: "YQ==",
    } as const;
    const plain = recent.request(first).event;
    expect(recent.request(first, { origin: s3Origin }).event).toMatchObject({ origin: s3Origin });
    expect(recent.request(first, { body }).event).toMatchObject({ body });
    expect(recent.request(first, { body: { ...body, data: "Yg==" } }).event.body?.data).toBe(
      "Yg==",
    );
    expect(recent.request(first).event).toBe(plain);
    expect(plain).not.toHaveProperty("origin");
    expect(plain).not.toHaveProperty("body");
  });
});

describe("a response as functions see it", () => {
  it("is made once of the same head, whatever its body", () => {
    const recent = new RecentMessages();
    const first = response();
    const seen = recent.response(first);
    expect(recent.response({ ...first, body: Buffer.from("another") })).toBe(seen);
    expect(JSON.parse(seen.json)).toEqual(seen.event);
  });

  it.each([
    ["the status", { status: 404 }, { status: "404" }],
    ["its description", { statusDescription: "Fine" }, { statusDescription: "Fine" }],
    ["a header", { headers: { etag: [{ key: "ETag", value: '"b"' }] } }, {}],
  ])("is made anew where %s differs", (_, change, expected) => {
    const recent = new RecentMessages();
    const first = response();
    const seen = recent.response(first);
    const changed = recent.response({ ...first, ...change });
    expect(changed).not.toBe(seen);
    expect(changed.event).toMatchObject(expected);
  });
});

it("what goes on is worked out once for what the function gave and what was there before", () => {
  const recent = new RecentMessages();
  const before = { a: [{ key: "A", value: "1" }] };
  const accepted = { a: [{ key: "A", value: "2" }] };
  const seen = { visible: { ...before }, hidden: { via: [{ key: "Via", value: "x" }] } };
  const after = recent.headersAfter(accepted, before, seen);
  expect(after).toEqual({ a: [{ key: "A", value: "2" }], via: [{ key: "Via", value: "x" }] });
  expect(recent.headersAfter(accepted, before, seen)).toBe(after);
  expect(recent.headersAfter({ ...accepted }, before, seen)).not.toBe(after);
});
