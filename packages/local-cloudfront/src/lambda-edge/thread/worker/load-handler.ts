import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { RuntimeError } from "./function-error.ts";
import { gatheringStreams } from "./streamed-response.ts";

/** A function's handler, whatever its signature. */
export type Handler = (event: unknown, context: object, callback?: unknown) => unknown;

/** Where a handler is. */
export interface HandlerLocation {
  readonly taskRoot: string;
  /** As in `index.handler` or `dir/file.nested.handler`. */
  readonly handler: string;
  /** Whether the runtime takes handlers with a callback: those before nodejs24.x do. */
  readonly hasCallbacks: boolean;
}

/**
 * Loads a handler as Lambda's runtime does.
 *
 * @throws {RuntimeError} when the handler's name is malformed, its file missing or not a program,
 *   or its export missing
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
export async function loadHandler(location: HandlerLocation): Promise<Handler> {
  const { taskRoot, handler, hasCallbacks } = location;
  const { folder, module, exportPath } = parseHandler(handler);
  const loaded = await loadModule(taskRoot, folder, module, hasCallbacks);
  const found =
    findExport(loaded, exportPath) ??
    (hasCallbacks ? undefined : findExport(defaultExport(loaded), exportPath));
  if (found === undefined || found === null) {
    throw new RuntimeError("HandlerNotFound", `${handler} is undefined or not exported`);
  }
  if (typeof found !== "function") {
    throw new RuntimeError("HandlerNotFound", `${handler} is not a function`);
  }
  const handlerFunction = gatheringStreams(found as Handler);
  if (!hasCallbacks && handlerFunction.length >= 3) {
    throw new RuntimeError(
      "CallbackHandlerDeprecated",
      `${handler} declares ${handlerFunction.length} parameters: nodejs24.x has no callback. Return a promise and declare event and context only.`,
    );
  }
  return handlerFunction;
}

function parseHandler(handler: string) {
  const last = basename(handler);
  const match = /^([^.]*)\.(.*)$/.exec(last);
  if (handler.includes("..") || match === null) {
    throw new RuntimeError(
      "MalformedHandlerName",
      `${JSON.stringify(handler)} is not a handler: use file.export, as in index.handler`,
    );
  }
  const [, module = "", exportPath = ""] = match;
  return { folder: handler.slice(0, handler.length - last.length), module, exportPath };
}

async function loadModule(
  taskRoot: string,
  folder: string,
  module: string,
  usesRequire: boolean,
): Promise<unknown> {
  const file = resolve(taskRoot, folder, module);
  const require = createRequire(join(taskRoot, "package.json"));
  try {
    const path = ["", ".js", ".mjs", ".cjs"]
      .map((end) => file + end)
      .find((one) => existsSync(one));
    if (path === undefined) {
      return require(require.resolve(module, { paths: [taskRoot, join(taskRoot, folder)] }));
    }
    // Up to nodejs22.x, what is CommonJS is required: its exports may be anything.
    return usesRequire && !isEcmaScriptModule(path, taskRoot)
      ? require(path)
      : await import(pathToFileURL(path).href);
  } catch (error) {
    throw explainLoadError(error);
  }
}

function isEcmaScriptModule(path: string, taskRoot: string): boolean {
  if (path.endsWith(".mjs")) {
    return true;
  }
  return path.endsWith(".js") && packageTypeOf(dirname(path), taskRoot) === "module";
}

/** The `type` of the nearest package.json up to the task root. */
function packageTypeOf(folder: string, taskRoot: string): unknown {
  const file = join(folder, "package.json");
  if (existsSync(file)) {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof content === "object" && content !== null && "type" in content
      ? content.type
      : undefined;
  }
  return folder === taskRoot || dirname(folder) === folder
    ? undefined
    : packageTypeOf(dirname(folder), taskRoot);
}

function explainLoadError(error: unknown): unknown {
  if (error instanceof SyntaxError) {
    return runtimeError("UserCodeSyntaxError", `SyntaxError: ${error.message}`, error.stack);
  }
  if (error instanceof Error && "code" in error) {
    const { code } = error;
    if (code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND") {
      const [name] =
        /(?:@(?:aws-sdk|smithy)\/[\w.-]+|(?<=')aws-sdk(?='))/.exec(error.message) ?? [];
      const remedy =
        name === undefined
          ? ""
          : `\nLambda's runtime has it. To run the function here, install it in the app: npm install --save-dev ${name}`;
      return runtimeError("ImportModuleError", `Error: ${error.message}${remedy}`, error.stack);
    }
  }
  return error;
}

function runtimeError(name: string, message: string, stack: string | undefined): RuntimeError {
  const error = new RuntimeError(name, message);
  if (stack !== undefined) {
    error.stack = stack;
  }
  return error;
}

function defaultExport(loaded: unknown): unknown {
  return typeof loaded === "object" && loaded !== null && "default" in loaded
    ? loaded.default
    : undefined;
}

function findExport(loaded: unknown, exportPath: string): unknown {
  let found = loaded;
  for (const name of exportPath.split(".")) {
    if (found === null || (typeof found !== "object" && typeof found !== "function")) {
      return undefined;
    }
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}
