import { expect, it } from "vitest";
import { createMasking, defaultMaskedHeaders } from "./masking.ts";

const masking = createMasking(defaultMaskedHeaders);

it.each([
  ["lines", { headers: { cookie: [{ key: "Cookie", value: "a=s3cr3t" }] } }],
  ["lines without a key", { headers: { authorization: [{ value: "s3cr3t" }] } }],
  ["a line under another name", { headers: { x: [{ key: "Set-Cookie", value: "a=s3cr3t" }] } }],
  ["a name in another case", { headers: { AUTHORIZATION: [{ value: "s3cr3t" }] } }],
  ["cookies of a CloudFront Function", { cookies: { a: { value: "s3cr3t" } } }],
  ["a bare text", { headers: { cookie: "s3cr3t" } }],
  ["texts in a list", { headers: { cookie: ["s3cr3t", ["s3cr3t"]] } }],
  ["an object of its own making", { cookie: { a: { b: "s3cr3t" } } }],
  ["a body of theirs", { body: '{"password":"s3cr3t"}' }],
  ["a body as events have it", { body: { encoding: "text", data: "token=s3cr3t" } }],
  [
    "headers for an origin",
    { origin: { s3: { customHeaders: { authorization: [{ value: "s3cr3t" }] } } } },
  ],
])("no secret is left of a result whose headers are %s", (_, result) => {
  expect(JSON.stringify(masking.json(JSON.stringify(result)))).not.toContain("s3cr3t");
});

it.each([
  ["Lambda@Edge", { body: { encoding: "base64", data: btoa('{"password":"s3cr3t"}') } }],
  ["a response of Lambda@Edge", { body: btoa("password=s3cr3t"), bodyEncoding: "base64" }],
  ["a function URL", { body: btoa("password=s3cr3t"), isBase64Encoded: true }],
])("no secret is left in a body in base64 of %s", (_, message) => {
  const { body } = masking.json(JSON.stringify(message)) as { body: string | { data: string } };
  const shown = atob(typeof body === "string" ? body : body.data);
  expect(shown).toContain("[masked]");
  expect(shown).not.toContain("s3cr3t");
});

it("what is no secret is left as it is", () => {
  const result = { uri: "/a", headers: { host: [{ key: "Host", value: "a" }], n: 1, none: null } };
  expect(masking.json(JSON.stringify(result))).toEqual(result);
});

it("a property by the name of __proto__ is a property like any other", () => {
  const parsed = masking.json('{"__proto__":{"cookie":"s3cr3t"}}');
  expect(Object.keys(parsed as object)).toEqual(["__proto__"]);
  expect(JSON.stringify(parsed)).not.toContain("s3cr3t");
});
