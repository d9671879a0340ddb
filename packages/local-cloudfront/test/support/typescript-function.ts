import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { packageFolder } from "./function-package.ts";

/** A function that is written in TypeScript: it greets, or throws at `/boom`. */
export const greetingSource = `interface Viewer {
  readonly uri: string;
}

export function greet({ uri }: Viewer): object {
  const name: string = uri.slice(1);
  if (name === "boom") {
    throw new Error("It goes boom.");
  }
  return { status: "200", body: \`Hello \${name}!\` };
}
`;

const lambdaSource = `import { greet } from "./greet.ts";

export const handler = async (event: any) => greet(event.Records[0].cf.request);
`;

/** Where a line of the source with the given text is, as stacks tell it. */
export function greetingLine(text: string): number {
  return greetingSource.split("\n").findIndex((line) => line.includes(text)) + 1;
}

/** A built function package and an asset with its code. */
export interface TypeScriptFunction {
  /** Absolute, of `src/greet.ts`. */
  readonly sourceFile: string;
  readonly assetFolder: string;
  /** Where its source map is, if that is not in the asset. */
  readonly mapFolder: string | undefined;
}

/**
 * Builds the function minified; it goes with the test.
 *
 * @param sourcemap "external" keeps the map out of the asset, "linked" has it there, as the CDK does
 */
export function typescriptFunction(sourcemap: "external" | "linked"): TypeScriptFunction {
  const folder = packageFolder({ "src/greet.ts": greetingSource, "src/lambda.ts": lambdaSource });
  const distFolder = join(folder, "dist");
  const assetFolder = join(folder, "asset");
  buildSync({
    entryPoints: [join(folder, "src/lambda.ts")],
    outfile: join(distFolder, "index.js"),
    bundle: true,
    minify: true,
    platform: "node",
    sourcemap,
  });
  mkdirSync(assetFolder);
  const isLinked = sourcemap === "linked";
  const names = isLinked ? ["index.js", "index.js.map"] : ["index.js"];
  for (const name of names) cpSync(join(distFolder, name), join(assetFolder, name));
  const mapFolder = isLinked ? undefined : distFolder;
  return { sourceFile: join(folder, "src/greet.ts"), assetFolder, mapFolder };
}
