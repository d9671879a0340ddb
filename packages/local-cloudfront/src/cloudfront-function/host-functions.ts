import { createHash, createHmac } from "node:crypto";
import { decodeCwt, encodeCwt, type CwtInput } from "./cbor-web-token.ts";
import { jsonErrorText } from "./json-error-text.ts";
import type { RunEffects } from "./run-effects.ts";

type Explain = (name: string, message: string, stack: string, lastKey: string) => string;

/**
 * Returns what the sandbox may call: the texts of its arguments come as JSON, and what is returned goes as JSON.
 *
 * @param effects of the invocation that runs
 * @param explain returns what the edge says of an error
 */
export function hostFunctions(
  effects: () => RunEffects | undefined,
  explain: Explain,
): Readonly<Record<string, (...texts: string[]) => unknown>> {
  return {
    convert: (text = "", from = "utf8", to = "utf8") =>
      Buffer.from(text, from as BufferEncoding).toString(to as BufferEncoding),
    // JSON has no undefined: the key of a plain hash is null.
    hash: (algorithm = "", data = "", key) =>
      (typeof key !== "string" ? createHash(algorithm) : createHmac(algorithm, latin1Bytes(key)))
        .update(data, "latin1")
        .digest()
        .toString("latin1"),
    decodeCwt: (token = "", key = "") =>
      textOrError(() => decodeCwt(latin1Bytes(token), latin1Bytes(key))),
    encodeCwt: (input = "", key = "") =>
      textOrError(() => {
        const token = encodeCwt(JSON.parse(input) as CwtInput, latin1Bytes(key));
        return { token: Buffer.from(token).toString("latin1") };
      }),
    log: (text = "") => effects()?.log(text),
    logCustomData: (data = "") => effects()?.logCustomData(data),
    memberReturned: (result = "null") => effects()?.memberReturned(result),
    readStore: (method = "", store = "", key = "") =>
      effects()?.readStore(method, store, key) ?? "null",
    changeOrigin: (kind = "", json = "null") => effects()?.changeOrigin(kind, json),
    explain: (name = "", message = "", stack = "", lastKey = "") =>
      explain(name, message, stack, lastKey),
    explainJson: (text = "") => jsonErrorText(text),
  };
}

function latin1Bytes(text: string): Buffer {
  return Buffer.from(text, "latin1");
}

function textOrError(make: () => unknown): string {
  try {
    return JSON.stringify(make());
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? error.message : String(error) });
  }
}
