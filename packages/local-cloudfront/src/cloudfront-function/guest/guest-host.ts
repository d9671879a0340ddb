import type { InvocationText } from "../invocation-event.ts";

/** Encodings of text and bytes; `latin1` stands for bytes, one character each. */
export type HostEncoding = "latin1" | "utf8" | "hex" | "base64" | "base64url";

/**
 * What functions inside of the sandbox ask of the outside. Texts only cross: bytes as `latin1`, values as JSON.
 * The files of this folder are made into text and run in the sandbox, so each function in them is complete in
 * itself: it names its parameters, the language's built-ins, and other functions only as parameters.
 */
export interface GuestHost {
  convert(text: string, from: HostEncoding, to: HostEncoding): string;
  /** `key` is given for an HMAC. Returns the digest as `latin1`. */
  hash(algorithm: string, data: string, key?: string): string;
  /** `key` is bytes as `latin1`; JSON of what was decoded, or of `{ error }`. */
  decodeCwt(token: string, key: string): string;
  /** `input` is JSON. Returns JSON of `{ token }`, as `latin1`, or of `{ error }`. */
  encodeCwt(input: string, key: string): string;
  log(text: string): void;
  /** `result` is JSON. */
  memberReturned(result: string): void;
  /** Returns JSON text: the value, or `null` where there is none. */
  readStore(method: string, store: string, key: string): string;
  changeOrigin(kind: string, json: string): void;
  logCustomData(data: string): void;
  /** The runtime's `Name: message` for an error of the engine; the error's own where it is none. */
  explain(name: string, message: string, stack: string, lastKey: string): string;
  /** The runtime's words for text that is no JSON. */
  explainJson(text: string): string;
}

/** What crosses: the name of a host function and its arguments as JSON; its result as JSON. */
export type GuestCall = (name: string, args: string) => string;

/** Returns a text of the current invocation: JSON, or empty where there is none. */
export type GuestRead = (name: InvocationText) => string;

/** What one invocation sets before the handler runs. */
export interface GuestState {
  /** Milliseconds since 1970; undefined until it is asked for. */
  now: number | undefined;
  edgeLocation: object | undefined;
  isViewerRequest: boolean;
  /** What `take` returns. */
  outcome: string;
  /** What the last `object[key]` asked for: the engine's errors do not say. */
  lastKey: unknown;
}
