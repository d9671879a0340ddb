import type { FunctionCode } from "../app/function-code.ts";
import type { TemplateResource } from "cloud-assembly";
import { parseScript, type SyntaxNode } from "./syntax.ts";

/** The file that Lambda loads, as `Handler` names it. */
export interface HandlerModule {
  /** As in `index.handler`. */
  readonly handler: string;
  /** The part behind the last dot. */
  readonly exportName: string;
  /** Names that the file could have. */
  readonly candidates: readonly string[];
  /** The first of these that is there. */
  readonly fileName: string | undefined;
  readonly text: string;
  /** Undefined where the file is no JavaScript that can be read. */
  readonly program: SyntaxNode | undefined;
}

const extensions: Readonly<Record<string, readonly string[]>> = {
  nodejs: [".js", ".mjs", ".cjs"],
  python: [".py"],
};

/**
 * Finds the file that a function's handler is in.
 *
 * @returns undefined where the template does not name it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
export function handlerModule(
  lambda: TemplateResource,
  code: FunctionCode,
): HandlerModule | undefined {
  const handler = lambda.knownText("Handler");
  const family = /^[a-z]+/.exec(lambda.knownText("Runtime") ?? "")?.[0] ?? "";
  const [, path, exportName] = /^(.*)\.([^./]+)$/.exec(handler ?? "") ?? [];
  const known = extensions[family];
  if (handler === undefined || path === undefined || exportName === undefined) return undefined;
  if (known === undefined) return undefined;
  const base = path.replace(/^\.?\//, "");
  const candidates = known.map((extension) => `${base}${extension}`);
  const fileName = candidates.find((name) => code.fileNames.includes(name));
  const text = (fileName && code.read(fileName)) ?? "";
  const program = family === "nodejs" && fileName ? parseScript(text) : undefined;
  return { handler, exportName, candidates, fileName, text, program };
}
