import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EdgeEngine } from "cf-types";
import { type NewFunction, camelCase, pascalCase } from "./function-names.ts";
import { enginesOf } from "./new-function-engine.ts";

const template = join(import.meta.dirname, "../template");

/** Returns the files of a new function package: content by path within the package. */
export function packageFiles(added: NewFunction): ReadonlyMap<string, string> {
  const kind = added.eventType.endsWith("-request") ? "request-event" : "response-event";
  const engines = enginesOf(added);
  // A later layer has files in place of an earlier one's.
  const layers = [
    "common",
    kind,
    ...engines.flatMap((engine) => [`${engine}/common`, `${engine}/${kind}`]),
    ...(engines.length > 1 ? [`both/${kind}`] : []),
  ];
  const texts = layers.flatMap((layer) => {
    const folder = join(template, layer);
    return filesIn(folder).map((path) => [path, readFileSync(join(folder, path), "utf8")] as const);
  });
  const files = new Map(
    texts.map(([path, text]) => [path.replaceAll("my-function", added.name), filled(text, added)]),
  );
  const packageJson = JSON.parse(files.get("package.json") ?? "{}");
  return files.set("package.json", packageJsonFor(packageJson, engines));
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
}

interface FunctionPackageJson {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly edgeFunction: Readonly<Record<string, unknown>>;
}

/** Takes out what is of the engine that a function does not run on. */
function packageJsonFor(packageJson: FunctionPackageJson, engines: readonly EdgeEngine[]): string {
  let { exports, scripts, dependencies, edgeFunction } = packageJson;
  if (!engines.includes("lambda-edge")) exports = without(exports, /^\.\/(?:lambda|manifest)$/);
  if (!engines.includes("cloudfront-function")) {
    exports = without(exports, /^\.\/(?:inline-config|cloudfront-function.*)$/);
    dependencies = without(dependencies, /^edge-handler$/);
    edgeFunction = without(edgeFunction, /^cloudFrontFunction$/);
    scripts = { ...scripts, typecheck: "tsc --customConditions node" };
  }
  const own = { ...packageJson, exports, scripts, dependencies, edgeFunction };
  return `${JSON.stringify(own, undefined, 2)}\n`;
}

function without<Value>(
  fields: Readonly<Record<string, Value>>,
  names: RegExp,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.test(name)));
}

function filled(text: string, { name, eventType, engine }: NewFunction): string {
  const article = /^[aeiou]/.test(eventType) ? "an" : "a";
  return text
    .replaceAll('["%engine%"]', JSON.stringify(enginesOf({ engine })).replace(",", ", "))
    .replaceAll("%engines%", engineSentences[engine])
    .replaceAll("%example%", examples[engine])
    .replaceAll("%artefacts%", artefactSentences[engine])
    .replaceAll("an %event-type%", `${article} ${eventType}`)
    .replaceAll("%event-type%", eventType)
    .replaceAll("EventTypeHandler", `${pascalCase(eventType)}Handler`)
    .replaceAll("eventTypeEvent", `${camelCase(eventType)}Event`)
    .replaceAll("X-My-Function", `X-${headerCase(name)}`)
    .replaceAll("my-function", name)
    .replaceAll("MyFunction", pascalCase(name))
    .replaceAll("myFunction", camelCase(name));
}

/** What a README says of the engines. */
const engineSentences: Readonly<Record<NewFunction["engine"], string>> = {
  both: 'It runs as a CloudFront Function or on Lambda@Edge with the same decision: `engine: "cloudfront-function"` or `"lambda-edge"` in `edge.config.ts`.',
  "lambda-edge": "It runs on Lambda@Edge.",
  "cloudfront-function":
    'It runs as a CloudFront Function: `engine: "cloudfront-function"` in `edge.config.ts`.',
};

const scriptSentence =
  "is one file with its options inside ([how to make it](https://www.npmjs.com/package/edge-handler))";

/** What a README says of what can be deployed, up to the colon. */
const artefactSentences: Readonly<Record<NewFunction["engine"], string>> = {
  both: `The artefact for Lambda@Edge needs nothing but itself and \`config.json\`, that for CloudFront Functions ${scriptSentence}`,
  "lambda-edge":
    "The artefact needs nothing but itself and `config.json`, and runs on the runtime that its manifest names",
  "cloudfront-function": `The artefact ${scriptSentence}`,
};

const handlerExample = `\`\`\`ts
import { compileMyFunction, createMyFunction } from "my-function";

const compiled = compileMyFunction({ greeting: "good morning" });
const handler = createMyFunction(compiled);
\`\`\``;

const configExample = `\`\`\`ts
import { compileMyFunction } from "my-function";
import { inlineConfig } from "my-function/inline-config";

const compiled = compileMyFunction({ greeting: "good morning" });
const optionsInTheCode = inlineConfig(compiled);
\`\`\``;

/** How a README shows the options. */
const examples: Readonly<Record<NewFunction["engine"], string>> = {
  both: handlerExample,
  "lambda-edge": handlerExample,
  "cloudfront-function": configExample,
};

function headerCase(name: string): string {
  return name.replace(/(?:^|(?<=-))[a-z]/g, (letter) => letter.toUpperCase());
}
