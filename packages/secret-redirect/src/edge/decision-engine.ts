import type { RequestReader } from "edge-handler";
import type { CompiledResponse } from "./compiled-secret-redirect.ts";
import type { Clock } from "./secret-redirect-ports.ts";

/** What a decision asks of the engine that runs it. */
export interface DecisionEngine<Request, Response> {
  readonly reader: RequestReader<Request>;
  readonly clock: Clock;
  /** Returns the hash of a text, in hexadecimal. */
  sha256(text: string): string;
  /** Returns a redirect as the engine has it. */
  respond(response: CompiledResponse, location: string, cacheControl: string): Response;
}
