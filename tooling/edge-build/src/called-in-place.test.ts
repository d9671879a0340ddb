import { describe, expect, it } from "vitest";
import { calledInPlace } from "./called-in-place.ts";

/** What a script leaves in `exports.handler`. */
function handlerOf(code: string): unknown {
  const exports: { handler?: unknown } = {};
  new Function("exports", code)(exports);
  return exports.handler;
}

const start = '"use strict";\nconst config = { parts: 0, a: 1 };\n';
const end = "\nvar handler = create(config);\nexports.handler = handler;\n";

it("puts the body of a function that is called last in its place, on as many lines as before", () => {
  const code = `${start}function create(compiled, ports = {}) {
  if (compiled.parts) return makeMore(compiled, ports);
  const a = compiled.a;
  return (b) => {
    return a + b;
  };
}${end}`;
  const inPlace = calledInPlace(code);
  expect(inPlace).toMatchInlineSnapshot(`
    ""use strict";
    const config = { parts: 0, a: 1 };
    { const compiled = config; const ports = {};
      if (compiled.parts) exports.handler = makeMore(compiled, ports); else {
      const a = compiled.a;
      exports.handler = (b) => {
        return a + b;
      };
    }}


    "
  `);
  expect(inPlace.split("\n")).toHaveLength(code.split("\n").length);
});

describe("the meaning remains", () => {
  it.each([
    ["of a parameter with the name of what is given", "(config) {\nreturn config.a;\n}"],
    ["of several ways out", "(c) {\nif (c.parts) return 2;\nif (c.b) return 3;\nreturn c.a;\n}"],
    ["of the first way out", "(c) {\nif (c.a) return 1;\nif (c.a) return 3;\nreturn 2;\n}"],
    ["of an early end between constants", "(c) {\nconst a = 1;\nif (c.b) return 2;\nreturn a;\n}"],
    ["of another `if`", "(c) {\nlet a = 2;\nif (c.a) a = 1;\nreturn a;\n}"],
    ["of functions within", "(c) {\nconst f = () => {\nreturn c.a;\n};\nreturn f();\n}"],
    ["of a function's own `this`", "(c) {\nreturn { a: 1, f() { return this.a; } }.f();\n}"],
    ["of a parameter that is not given", "(c, { d } = { d: 1 }) {\nreturn d;\n}"],
  ])("%s", (_name, rest) => {
    const code = `${start}function create${rest}${end}`;
    expect(handlerOf(code)).toBe(1);
    expect(calledInPlace(code)).not.toContain("create");
    expect(handlerOf(calledInPlace(code))).toBe(1);
  });
});

describe("the call remains", () => {
  const simple = "function create(c) {\nreturn c.a;\n}";
  it.each([
    ["where a loop returns", "function create(c) {\nfor (;;) return c.a;\nreturn 2;\n}"],
    ["where a block returns", "function create(c) {\nif (c.a) {\nreturn c.a;\n}\nreturn 2;\n}"],
    ["where both ways return", "function create(c) {\nif (c.a) return 1;\nelse return 2;\n}"],
    ["where nothing is returned last", "function create(c) {\nif (c.a) return 1;\n}"],
    ["of a function that speaks of `this`", "function create(c) {\nreturn this ? 2 : c.a;\n}"],
    ["of a function that counts", "function create(c) {\nreturn arguments.length;\n}"],
    ["of a function with a `var`", "function create(c) {\nvar a = c.a;\nreturn a;\n}"],
    ["of a function that calls itself", "function create(c) {\nreturn c.a || create(c);\n}"],
    ["of a function that is kept as well", `${simple}\nvar kept = create;`],
    [
      "of a function that hides what is given",
      "function create(c) {\nconst config = c;\nreturn 1;\n}",
    ],
    ["of a function that takes parts alone", "function create({ a }) {\nreturn a;\n}"],
    ["of a function with statements behind it", `${simple}\nconfig.a = 1;`],
    [
      "of a function that has a name for `exports`",
      "function create(c) {\nconst exports = c;\nreturn exports.a;\n}",
    ],
  ])("%s", (_name, text) => {
    const code = `${start}${text}${end}`;
    expect(handlerOf(code)).toBe(1);
    expect(calledInPlace(code)).toBe(code);
  });

  it.each([
    ["an async function", "async function create(c) {\nreturn c.a;\n}"],
    ["a function with more than it asks for", "function create() {\nreturn 1;\n}"],
  ])("of %s", (_name, text) => {
    const code = `${start}${text}${end}`;
    expect(calledInPlace(code)).toBe(code);
  });

  it("with what is no name", () => {
    const code = `${start}${simple}${end.replace("(config)", "({ a: 1 })")}`;
    expect(calledInPlace(code)).toBe(code);
  });
});
