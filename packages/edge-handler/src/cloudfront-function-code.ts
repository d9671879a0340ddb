import type { ViewerEventType } from "cf-types";
import { inlineLiteral } from "./inline-literal.ts";

export { inlineLiteral };

/** A package's part of the code of a CloudFront Function. */
export interface ScriptMember {
  readonly packageName: string;
  readonly version: string;
  /** The package's `./cloudfront-function` as it was built: it reads `config` and `cf`, and assigns `member`. */
  readonly script: string;
  /**
   * What the `inlineConfig` of the package returns: JSON, regular expressions, and functions without parameters that
   * return such, for what not each request needs.
   */
  readonly options: object;
  /**
   * Whether it reads the function's key value store: its handler returns a promise.
   * @default false
   */
  readonly readsStore?: boolean;
}

/**
 * Returns the code of a CloudFront Function for one event type: the packages' scripts with their options, in their
 * order. A request goes through each until one returns a response; a response goes through all.
 */
export function cloudFrontFunctionCode(
  members: readonly ScriptMember[],
  eventType: ViewerEventType,
): string {
  const [first] = members;
  const isAsync = members.some(({ readsStore }) => readsStore);
  const imports = members.some(({ script }) => namesModule.test(script))
    ? "import cf from 'cloudfront';\n"
    : "";
  if (members.length === 1 && first !== undefined) {
    const handler = isAsync
      ? "async function handler(event) { var result = await member(event); return result; }"
      : "function handler(event) { return member(event); }";
    return `${imports}var member = ${memberExpression(first)};\n${handler}\n`;
  }
  const list = members.map(
    (each) =>
      `{ name: ${JSON.stringify(each.packageName)}, version: ${JSON.stringify(each.version)}, handler: ${memberExpression(each)} }`,
  );
  const runner = runners[eventType];
  return `${imports}var members = [\n${list.join(",\n")}\n];\n${isAsync ? awaiting(runner) : runner}`;
}

/** A script names the module `cloudfront` by `cf` alone, which it does not declare. */
const namesModule = /\bcf\./;

function memberExpression({ script, options }: ScriptMember): string {
  return `(function (config) { var member;\n${script.trimEnd()}\nreturn member; })(${inlineLiteral(options)})`;
}

/** What a member throws names its package, in the log and on the error page. */
const runMember = `function runMember(member, event) {
  try {
    return member.handler(event);
  } catch (error) {
    if (error && error.message) error.message = member.name + " " + member.version + ": " + error.message;
    throw error;
  }
}
`;

const runners = {
  "viewer-request": `${runMember}function handler(event) {
  for (var i = 0; i < members.length; i++) {
    var result = runMember(members[i], event);
    if (!result || result.uri === undefined) return result;
    event.request = result;
  }
  return event.request;
}
`,
  "viewer-response": `${runMember}function handler(event) {
  for (var i = 0; i < members.length; i++) {
    event.response = runMember(members[i], event);
    if (!event.response) return event.response;
  }
  return event.response;
}
`,
};

/** The same for members of which one returns a promise. */
function awaiting(runner: string): string {
  return runner
    .replaceAll(/^function/gm, "async function")
    .replace(
      "return member.handler(event);",
      "var result = await member.handler(event);\n    return result;",
    )
    .replace("= runMember(", "= await runMember(");
}
