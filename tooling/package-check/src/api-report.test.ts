import { expect, it } from "vitest";
import { folderOf, packageJson } from "../test/packed-package-of.ts";
import { apiReport } from "./api-report.ts";

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

    ## Exports

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
