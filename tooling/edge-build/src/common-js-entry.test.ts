import { expect, it } from "vitest";
import { commonJsEntry } from "./common-js-entry.ts";

const bundle = `"use strict";

// src/lambda.ts
import config2 from "./config.json" with { type: "json" };
var lambda = create(config2);
export {
  lambda as handler
};
`;

it("reads config.json and assigns the handler, on as many lines as before", () => {
  const entry = commonJsEntry(bundle, ["handler"]);
  expect(entry).toMatchInlineSnapshot(`
    ""use strict";

    // src/lambda.ts
    const config2 = JSON.parse(process.getBuiltinModule("fs").readFileSync(__dirname + "/config.json", "utf8"));
    var lambda = create(config2);
    exports.handler = lambda;


    "
  `);
  expect(entry.split("\n")).toHaveLength(bundle.split("\n").length);
});

it("loads a part where its function is called, and from one that stands for it where it is named", () => {
  const part = 'import { createMore as createMore2 } from "./more.cjs";\n';
  const called = bundle.replace("var lambda = create(", `${part}$&createMore2(config2), `);
  expect(commonJsEntry(called, ["handler"])).toContain(
    'create(require("./more.cjs").createMore(config2), config2)',
  );
  const named = bundle.replace("var lambda = create(", `${part}$&createMore2, `);
  expect(commonJsEntry(named, ["handler"])).toContain(
    'const createMore2 = (...given) => require("./more.cjs").createMore(...given);\nvar lambda = create(createMore2, config2)',
  );
});

it.each([
  { exportNames: [], message: "src/lambda.ts exports []. Export exactly one thing, handler." },
  {
    exportNames: ["default"],
    message: 'src/lambda.ts exports ["default"]. Export exactly one thing, handler.',
  },
  {
    exportNames: ["handler", "config"],
    message: 'src/lambda.ts exports ["handler","config"]. Export exactly one thing, handler.',
  },
])("refuses the exports $exportNames", ({ exportNames, message }) => {
  expect(() => commonJsEntry(bundle, exportNames)).toThrow(
    expect.objectContaining({ code: "INVALID_ENTRY", message }),
  );
});

it.each([
  ["no import of config.json", bundle.replace(/^import.*$/m, "var config2 = {};")],
  ["two imports of config.json", bundle.replace(/^import.*$/m, "$&\n$&")],
  ["an import of its properties", bundle.replace("import config2", "import { route }")],
])("refuses %s", (_name, text) => {
  expect(() => commonJsEntry(text, ["handler"])).toThrow(
    expect.objectContaining({
      code: "INVALID_ENTRY",
      message:
        'src/lambda.ts does not read its options once. Write: import config from "./config.json" with { type: "json" };',
    }),
  );
});
