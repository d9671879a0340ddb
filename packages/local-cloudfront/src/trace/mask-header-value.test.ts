import { expect, it } from "vitest";
import { maskHeaderValue } from "./mask-header-value.ts";

it.each([
  ["authorization", "Bearer abc", "Bearer [masked]"],
  ["authorization", "Basic dXNlcjpwYXNz", "Basic [masked]"],
  ["authorization", "abc def", "[masked]"],
  ["authorization", "Bearer", "[masked]"],
  ["proxy-authorization", "Digest a=b", "Digest [masked]"],
  ["cookie", "a=1; b=2=3", "a=[masked]; b=[masked]"],
  ["cookie", "no-name", "[masked]"],
  ["set-cookie", "a=1; Path=/; HttpOnly; Max-Age=5", "a=[masked]; Path=/; HttpOnly; Max-Age=5"],
  ["set-cookie", "a=1; b=2; SameSite=Lax", "a=[masked]; [masked]; SameSite=Lax"],
  ["x-amz-security-token", "abc", "[masked]"],
  ["cookie", "", ""],
])("%s: %s is told as %s, and telling it twice changes nothing", (name, value, expected) => {
  expect(maskHeaderValue(name, value)).toBe(expected);
  expect(maskHeaderValue(name, expected)).toBe(expected);
});
