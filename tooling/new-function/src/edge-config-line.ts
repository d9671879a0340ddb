import type { EdgeEngine } from "cf-types";
import { type NewFunction, pascalCase } from "./function-names.ts";
import { enginesOf } from "./new-function-engine.ts";
import { NewFunctionError } from "./new-function-error.ts";

/** What edge.config.ts says after a function has been added. */
export interface ExtendedEdgeConfig {
  readonly text: string;
  /** The site's engine, where the function does not run on it and waits in a comment. */
  readonly otherEngine: EdgeEngine | undefined;
}

const functionsList = "functions: [";

/**
 * Returns edge.config.ts with a line for a function: the last one, so that of the functions of its event it is the
 * last to see a request or response. Where the site's viewer functions run on the engine that it is not built for,
 * the line is a comment, since CloudFront combines no two engines at the viewer events of a cache behavior
 * (LE-A-30).
 *
 * @throws {NewFunctionError} `UNREADABLE_CONFIG`
 */
export function withEdgeConfigLine(text: string, added: NewFunction): ExtendedEdgeConfig {
  const { name } = added;
  const start = text.indexOf(functionsList);
  const end = start === -1 ? -1 : closingBracket(text, start + functionsList.length);
  const imports = text.indexOf("import { defineEdgeConfig }");
  if (end === -1 || imports === -1) {
    throw new NewFunctionError(
      "UNREADABLE_CONFIG",
      `edge.config.ts has no list of functions to add to: got no ${JSON.stringify(functionsList)} after its imports. Add the line by hand: { package: ${JSON.stringify(name)}, config: compile${pascalCase(name)}() }`,
    );
  }
  const otherEngine = otherEngineOf(text.slice(0, start) + text.slice(end), added);
  const importLine = `import { compile${pascalCase(name)} } from "${name}";\n`;
  const line = `{ package: "${name}", config: compile${pascalCase(name)}() },`;
  return {
    text: [
      text.slice(0, imports),
      otherEngine === undefined ? importLine : `// ${importLine}`,
      text.slice(imports, end),
      otherEngine === undefined ? `  ${line}\n  ` : `  // Not on ${otherEngine}: ${line}\n  `,
      text.slice(end),
    ].join(""),
    otherEngine,
  };
}

/** @param rest edge.config.ts without its functions, which may have an engine of their own. */
function otherEngineOf(rest: string, added: NewFunction): EdgeEngine | undefined {
  if (!added.eventType.startsWith("viewer-")) return undefined;
  const [, siteEngine] = /^ *engine: "(lambda-edge|cloudfront-function)"/m.exec(rest) ?? [];
  const engines: readonly string[] = enginesOf(added);
  return siteEngine === undefined || engines.includes(siteEngine)
    ? undefined
    : (siteEngine as EdgeEngine);
}

/** The closing bracket of the list that has been opened before `from`, or -1. */
function closingBracket(text: string, from: number): number {
  let depth = 1;
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === '"') index = text.indexOf('"', index + 1);
    if (index === -1) return -1;
    if (text[index] === "[") depth += 1;
    if (text[index] === "]") depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}
