import { extname } from "node:path";
import { EvaluatedAssembly, type TemplateResource } from "cloud-assembly";
import { readEdgeFunctionManifest } from "./read-edge-function-manifest.ts";
import type { Resolution } from "./resolution.ts";

/** The newest runtime that Lambda@Edge takes, and how most functions name their handler. */
const usualSettings = { Runtime: "nodejs24.x", Handler: "index.handler" };

/**
 * Returns a function that no template of the assembly holds, with the code that was passed for it;
 * undefined where none was. Where its folder has the manifest of an edge function package, its settings
 * are the manifest's.
 *
 * @param keys the ARNs and ids under which code may have been passed.
 */
export function functionInFolder(
  keys: readonly string[],
  { functionCodes, stack }: Pick<Resolution, "functionCodes" | "stack">,
): TemplateResource | undefined {
  const key = keys.find((candidate) => functionCodes.has(candidate));
  const path = functionCodes.get(key ?? "");
  if (key === undefined || path === undefined) return undefined;
  const manifest = [".zip", ".js"].includes(extname(path))
    ? undefined
    : readEdgeFunctionManifest(path);
  const settings = manifest && {
    Runtime: manifest.runtime,
    Handler: manifest.handler,
    MemorySize: manifest.memoryMb,
    Timeout: manifest.timeoutSeconds,
  };
  const [, name = key] = /:function:([^:]+)/.exec(key) ?? [];
  const lambda = {
    Type: "AWS::Lambda::Function",
    Properties: { ...usualSettings, ...settings, Code: path },
  };
  const template = { Resources: { [name]: lambda } };
  const home = { ...stack, id: `--function ${key}`, template, assets: [] };
  return new EvaluatedAssembly([home]).resourcesOfType(lambda.Type)[0];
}
