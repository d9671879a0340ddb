import type { TemplateResource } from "cloud-assembly";
import { functionCode } from "../app/function-code.ts";
import { bindingsOf } from "./bindings.ts";
import { eventUse, type EventUse } from "./event-use.ts";
import { exportedHandler, type ExportedHandler } from "./exported-handler.ts";
import { handlerModule, type HandlerModule } from "./handler-module.ts";

/** A function's handler, as far as its code can be read. */
export interface HandlerCode {
  readonly module: HandlerModule;
  /** Undefined where the file is no JavaScript that can be read. */
  readonly handler: ExportedHandler | undefined;
  /** Undefined where the handler is not found, or is computed. */
  readonly use: EventUse | undefined;
}

const read = new WeakMap<TemplateResource, HandlerCode | undefined>();

/** Reads a function's handler, once; undefined where its code or its name is not known. */
export function handlerCode(lambda: TemplateResource): HandlerCode | undefined {
  if (!read.has(lambda)) read.set(lambda, readHandler(lambda));
  return read.get(lambda);
}

function readHandler(lambda: TemplateResource): HandlerCode | undefined {
  const code = functionCode(lambda);
  const module = code && handlerModule(lambda, code);
  if (module?.program === undefined)
    return module && { module, handler: undefined, use: undefined };
  const { program, exportName } = module;
  const bindings = bindingsOf(program);
  const handler = exportedHandler(program, exportName, bindings);
  const use = handler.kind === "function" ? eventUse(program, handler.node, bindings) : undefined;
  return { module, handler, use };
}
