import { domainToASCII } from "node:url";
import { describe, expect, it } from "vitest";
import { inPunycode, punycodeRemedy } from "./punycode.ts";

describe("a host name in Punycode", () => {
  it.each([
    ["bücher.example", "xn--bcher-kva.example"],
    ["https://BÜCHER.example/weg?a=ü#b", "https://xn--bcher-kva.example/weg?a=ü#b"],
    ["https://münchen.example", "https://xn--mnchen-3ya.example"],
    ["https://münchen.example:8443/", "https://xn--mnchen-3ya.example:8443/"],
    ["https://example.рф:8443/", "https://example.xn--p1ai:8443/"],
    ["пример.рф", "xn--e1afmkfd.xn--p1ai"],
    ["例え。テスト", "xn--r8jz45g.xn--zckzah"],
    ["https://:site.bücher.example/", "https://:site.xn--bcher-kva.example/"],
    ["*.bücher.example", "*.xn--bcher-kva.example"],
  ])("%s is %s", (given, expected) => {
    expect(inPunycode(given)).toBe(expected);
  });

  it("is what Node.js makes of it", () => {
    for (const host of ["bücher.example", "faß.example", "пример.рф", "例え.テスト", "مثال.إختبار"])
      expect(inPunycode(host)).toBe(domainToASCII(host));
  });

  it.each(["example.com", "https://example.com/ü", "ü b.example", 1])("is none for %j", (given) => {
    expect(punycodeRemedy(given)).toBeUndefined();
  });
});
