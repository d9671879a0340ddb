import { expect, it } from "vitest";
import { folderOf, packageJson } from "../test/packed-package-of.ts";
import { apiReference, apiReport } from "./api-report.ts";

it("lists what the index exports, and the package's own types that these mention, once each", () => {
  const folder = folderOf({
    "dist/index.d.ts": 'export { type Options, make as create } from "./make.ts";\n',
    "dist/make.d.ts": [
      'import type { Handler } from "cf-types";',
      'import type { Colour as Paint } from "./colour.ts";',
      "/** What there is to choose. */",
      "export interface Options {",
      '    /** @default "red" */',
      "    readonly colour?: Paint;",
      "    readonly inner?: Inner;",
      "}",
      "interface Inner { readonly next?: Inner }",
      "export declare function make(options: Options): Handler;",
      "export declare const unused: number;",
    ].join("\n"),
    "dist/colour.d.ts": 'export type Colour = \n"red"\n | "blue";\n',
  });
  expect(apiReport(folder, packageJson)).toMatchInlineSnapshot(`
    "# The API of a

    Written by \`pnpm report\`. A change here is a change for the people who import the package: it needs a changeset.

    ## Entry points

    - \`a\`

    ## Exports of a

    \`\`\`ts
    interface Options {
        readonly colour?: Paint;
        readonly inner?: Inner;
    }

    function make(options: Options): Handler;
    \`\`\`

    ## Mentioned by the exports

    \`\`\`ts
    type Colour = "red" | "blue";

    interface Inner { readonly next?: Inner }
    \`\`\`"
  `);
});

it("lists the commands, and what each further entry point with types exports", () => {
  const folder = folderOf({
    "dist/index.d.ts": 'export { type Options } from "./options.ts";\n',
    "dist/options.d.ts": "export interface Options { readonly colour?: string }\n",
    "dist/check.d.ts": [
      'import type { Options } from "./options.ts";',
      "interface Finding { readonly message: string }",
      "export declare const check: (options: Options) => Finding;",
    ].join("\n"),
  });
  const exports = {
    ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
    "./check": { types: "./dist/check.d.ts", default: "./dist/check.js" },
    "./lambda": "./dist/lambda/index.cjs",
  };
  const report = apiReport(folder, { ...packageJson, exports, bin: { paint: "./bin/paint.js" } });
  expect(report.slice(report.indexOf("## Entry points"))).toMatchInlineSnapshot(`
    "## Entry points

    - \`a\`
    - \`a/check\`
    - \`a/lambda\`

    ## Commands

    - \`paint\`

    ## Exports of a

    \`\`\`ts
    interface Options { readonly colour?: string }
    \`\`\`

    ## Exports of a/check

    \`\`\`ts
    const check: (options: Options) => Finding;
    \`\`\`

    ## Mentioned by the exports

    \`\`\`ts
    interface Finding { readonly message: string }
    \`\`\`"
  `);
});

it("documents each name with its docstring, and its members with theirs", () => {
  const folder = folderOf({
    "dist/index.d.ts": [
      'export { make } from "./make.ts";',
      'export { type Options } from "./make.ts";',
    ].join("\n"),
    "dist/make.d.ts": [
      "/**",
      " * Makes one.",
      " *",
      " * @throws {Error} when it cannot.",
      " */",
      "export declare function make(options: Options): void;",
      "// No docstring.",
      "export interface Options {",
      '    /** @default "red" */',
      "    readonly colour?: Colour;",
      "}",
      "type Colour = string;",
    ].join("\n"),
  });
  expect(apiReference(folder, packageJson)).toEqual([
    {
      title: "a",
      entries: [
        {
          name: "Options",
          docs: "",
          declaration:
            'interface Options {\n    /** @default "red" */\n    readonly colour?: Colour;\n}',
        },
        {
          name: "make",
          docs: "Makes one.\n\n@throws {Error} when it cannot.",
          declaration: "function make(options: Options): void;",
        },
      ],
    },
    {
      title: "Mentioned by the exports",
      entries: [{ name: "Colour", docs: "", declaration: "type Colour = string;" }],
    },
  ]);
});
