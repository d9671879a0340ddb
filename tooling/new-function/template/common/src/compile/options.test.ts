import { describe, expect, it } from "vitest";
import { MyFunctionOptionsError } from "../my-function-options-error.ts";
import { type MyFunctionOptions, compileMyFunction } from "./options.ts";

describe("compileMyFunction", () => {
  it("needs no option", () => {
    expect(compileMyFunction()).toEqual({ greeting: "hello" });
  });

  it("keeps what is set, as plain JSON", () => {
    const compiled = compileMyFunction({ greeting: "good morning" });
    expect(JSON.parse(JSON.stringify(compiled))).toEqual({ greeting: "good morning" });
  });
});

describe("compileMyFunction refuses", () => {
  it.each([
    {
      options: null,
      code: "INVALID_TYPE",
      message: "The options are not an object: got null. Allowed: greeting.",
    },
    {
      options: { greting: "hi" },
      code: "UNKNOWN_OPTION",
      message: 'greting is not an option: got "hi". Did you mean greeting?',
    },
    {
      options: { volume: 11 },
      code: "UNKNOWN_OPTION",
      message: "volume is not an option: got 11. Allowed: greeting.",
    },
    {
      options: { greeting: 7 },
      code: "INVALID_TYPE",
      message: 'greeting is not a string: got 7. Give a few words, as in "hello".',
    },
    {
      options: { greeting: "a\nb" },
      code: "INVALID_VALUE",
      message:
        'greeting is not valid: got "a\\nb". Allowed: printable ASCII characters, no space at either end.',
    },
  ])("$options", ({ options, code, message }) => {
    const compile = () => compileMyFunction(options as MyFunctionOptions);
    expect(compile).toThrow(MyFunctionOptionsError);
    expect(compile).toThrow(expect.objectContaining({ code, message }));
  });
});
