import { expect, it } from "vitest";
import { maskBody } from "./mask-body.ts";
import { createMasking, defaultMaskedHeaders } from "./masking.ts";

const masking = createMasking(defaultMaskedHeaders);
const secrets = masking.secrets({
  cookie: [{ key: "Cookie", value: "session=cookie-s3cr3t; a=1" }],
  authorization: [{ key: "Authorization", value: "Bearer bearer-s3cr3t" }],
  host: [{ key: "Host", value: "www.example.com" }],
});

it.each([
  ["a cookie's value", "you are cookie-s3cr3t", "you are [masked]"],
  ["a credential", "<p>bearer-s3cr3t</p>", "<p>[masked]</p>"],
  ["a member by the name of a header", '{"x-api-key": "k"}', '{"x-api-key": "[masked]"}'],
  [
    "a member by the name of a secret",
    '{"accessToken":"k","n":1}',
    '{"accessToken":"[masked]","n":1}',
  ],
  [
    "a quote within a value",
    String.raw`{"password":"a\"b","n":1}`,
    '{"password":"[masked]","n":1}',
  ],
  ["a number", '{"client_secret":1234}', '{"client_secret":"[masked]"}'],
  ["a value that is cut off", '{"password":"abc', '{"password":"[masked]"'],
  ["a form field", "user=me&password=abc&n=1", "user=me&password=[masked]&n=1"],
])("%s is masked in a body", (_, body, expected) => {
  expect(maskBody(body, masking, secrets)).toBe(expected);
});

it.each([
  ["texts that end in a backslash", '{"a":"b\\'],
  ["JSON in texts of JSON, however long", JSON.stringify({ a: '{"b":"c"},'.repeat(20_000) })],
  ["quotes that never end", `"${'\\"'.repeat(100_000)}`],
  ["words that a short cookie has, too", "a=1 and 1"],
  ["a value that is no secret", '{"title":"token"}'],
  ["a host", "www.example.com"],
])("%s are left in a body", (_, body) => {
  expect(maskBody(body, masking, secrets)).toBe(body);
});
