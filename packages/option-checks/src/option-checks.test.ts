import { describe, expect, it } from "vitest";
import { CodedError, didYouMean, likeliest, optionChecks, shown } from "./index.ts";

class DemoError extends CodedError<string> {
  override readonly name = "DemoError";
}
const { invalidType, invalidValue, refuseOtherThan, refuseUnknownKeys, refuseUnless } =
  optionChecks(DemoError);

describe("an unknown key", () => {
  const names = ["location", "status"];

  it("is refused with its value and the name that it is most like", () => {
    expect(() => refuseUnknownKeys("rules[0]", { locaton: "/a" }, names)).toThrow(
      expect.objectContaining({
        name: "DemoError",
        code: "UNKNOWN_OPTION",
        message: 'rules[0].locaton is not an option: got "/a". Did you mean location?',
      }),
    );
  });

  it("is refused with all names where it is like none", () => {
    expect(() => refuseUnknownKeys("", { permanent: true }, names)).toThrow(
      "permanent is not an option: got true. Allowed: location, status.",
    );
  });

  it("is one that every object inherits, too", () => {
    expect(() => refuseUnknownKeys("", JSON.parse('{"__proto__": 1}'), names)).toThrow(
      "__proto__ is not an option: got 1.",
    );
  });

  it.each([
    [undefined, "nothing"],
    [null, "null"],
    [[], "[]"],
    ["a", '"a"'],
  ])("cannot be in %j, which is no object", (value, written) => {
    expect(() => refuseUnknownKeys("", value, names)).toThrow(
      expect.objectContaining({
        code: "INVALID_TYPE",
        message: `The options are not an object: got ${written}. Allowed: location, status.`,
      }),
    );
    expect(() => refuseUnknownKeys("hsts", value, names, "Give a text.")).toThrow(
      `hsts is not an object: got ${written}. Give a text.`,
    );
  });
});

it("a value that is not allowed is refused with the one that was meant", () => {
  expect(() => refuseOtherThan("mode", "enforced", ["report-only", "enforce"])).toThrow(
    'mode is not valid: got "enforced". Did you mean "enforce"?',
  );
  expect(() => refuseOtherThan("mode", true, ["report-only", "enforce"])).toThrow(
    'mode is not valid: got true. Allowed: "report-only", "enforce".',
  );
  expect(() => refuseOtherThan("mode", "enforce", ["enforce"])).not.toThrow();
});

it("short words are alike where few letters differ", () => {
  expect(likeliest("dog", ["cat", "dig"])).toBe("dig");
  expect(likeliest("no", ["on"])).toBeUndefined();
  expect(likeliest("maxAge", ["preload", "maxAgeSeconds"])).toBe("maxAgeSeconds");
  expect(didYouMean("no", ["on"])).toBe("Allowed: on.");
});

it("any value can be shown", () => {
  const circle: unknown[] = [];
  circle.push(circle);
  expect([undefined, () => 1, 1n, Number.NaN, { a: 1 }].map(shown)).toEqual([
    "nothing",
    "a function",
    "1",
    "NaN",
    '{"a":1}',
  ]);
  expect(shown(circle)).toBe("");
});

describe("a value of one's own rule", () => {
  it("is refused with its code, what is wrong with it and the remedy", () => {
    const parts = ["port", "is not a port", 0, "Give 1 to 65535."] as const;
    expect(invalidType(...parts)).toMatchObject({
      code: "INVALID_TYPE",
      message: "port is not a port: got 0. Give 1 to 65535.",
    });
    expect(invalidValue(...parts)).toMatchObject({ code: "INVALID_VALUE" });
    expect(() => refuseUnless(false, "port", 0, ["is not a port", "Give 1 to 65535."])).toThrow(
      expect.objectContaining(invalidValue(...parts)),
    );
    expect(() => refuseUnless(true, "port", 80, ["is not a port", ""])).not.toThrow();
  });
});
