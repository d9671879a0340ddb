import type { EventType } from "cf-types";
import { type NewFunction, pascalCase } from "./function-names.ts";
import { NewFunctionError } from "./new-function-error.ts";

/** What edge.config.ts says after a function has been added. */
export interface ExtendedEdgeConfig {
  readonly text: string;
  /** The cache behaviors that run it; none when every one has a function on that event type already. */
  readonly pathPatterns: readonly string[];
}

const defaultPathPattern = "*";
const functionsList = "functions: [";

/**
 * Returns edge.config.ts with a line for a function, on the first cache behavior whose event type is
 * free. Where none is, the line is a comment, because CloudFront runs one function for each (LE-A-27).
 *
 * @param eventTypeOf The event type of a function package of this workspace.
 * @throws {NewFunctionError} `UNREADABLE_CONFIG`
 */
export function withEdgeConfigLine(
  text: string,
  { name, eventType }: NewFunction,
  eventTypeOf: (packageName: string) => EventType | undefined,
): ExtendedEdgeConfig {
  const start = text.indexOf(functionsList);
  const end = start === -1 ? -1 : closingBracket(text, start + functionsList.length);
  const imports = text.indexOf("import { defineEdgeConfig }");
  if (end === -1 || imports === -1) {
    throw new NewFunctionError(
      "UNREADABLE_CONFIG",
      `edge.config.ts has no list of functions to add to: got no ${JSON.stringify(functionsList)} after its imports. Add the line by hand: { package: ${JSON.stringify(name)}, config: compile${pascalCase(name)}() }`,
    );
  }
  const hashedAssets = /hashedAssetsPattern: "([^"]+)"/.exec(text)?.[1] ?? "/assets/*";
  const known = [defaultPathPattern, hashedAssets];
  const taken = new Set(
    functionEntries(text.slice(start, end))
      .filter(({ packageName }) => eventTypeOf(packageName) === eventType)
      .flatMap(({ pathPatterns }) => pathPatterns ?? defaultPathPatterns(eventType, known)),
  );
  const pathPatterns = known.filter((each) => !taken.has(each)).slice(0, 1);
  const [pathPattern] = pathPatterns;
  const importLine = `import { compile${pascalCase(name)} } from "${name}";\n`;
  const line = functionLine(name, eventType, pathPattern);
  return {
    text: [
      text.slice(0, imports),
      pathPattern === undefined ? `// ${importLine}` : importLine,
      text.slice(imports, end),
      line,
      text.slice(end),
    ].join(""),
    pathPatterns,
  };
}

function functionLine(name: string, eventType: EventType, pathPattern: string | undefined): string {
  const fields = `package: "${name}", config: compile${pascalCase(name)}()`;
  if (pathPattern === undefined) {
    return `  // CloudFront runs one ${eventType} function for each cache behavior: take another out first.\n    // { ${fields} },\n  `;
  }
  const explicit = eventType === "viewer-response" || pathPattern !== defaultPathPattern;
  const place = explicit ? `, pathPatterns: ["${pathPattern}"]` : "";
  return `  { ${fields}${place} },\n  `;
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

/** Where infra places a function that names no path patterns. */
function defaultPathPatterns(eventType: EventType, known: readonly string[]): readonly string[] {
  return eventType === "viewer-response" ? known : [defaultPathPattern];
}

interface FunctionEntry {
  readonly packageName: string;
  readonly pathPatterns: readonly string[] | undefined;
}

function functionEntries(list: string): readonly FunctionEntry[] {
  const entries = list.replace(/^\s*\/\/.*$/gm, "").split(/(?=package: ")/);
  return entries.slice(1).map((entry) => {
    const own = /pathPatterns: \[([^\]]*)\]/.exec(entry)?.[1];
    return {
      packageName: /^package: "([^"]+)"/.exec(entry)?.[1] ?? "",
      pathPatterns:
        own === undefined
          ? undefined
          : [...own.matchAll(/"([^"]+)"/g)].map(([, each = ""]) => each),
    };
  });
}
