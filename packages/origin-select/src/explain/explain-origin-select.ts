import type { ViewerRequest } from "cf-types";
import type { CompiledOriginSelect } from "../edge/compiled-origin-select.ts";
import { decide, type OriginDecision } from "../edge/decide.ts";
import { originEngine, viewerEngine } from "../edge/origin-select.ts";
import { readyOriginSelect } from "../edge/ready-origin-select.ts";

/** A request: a uri alone stands for a GET request that says nothing of itself. */
export type ExplainedOriginRequest =
  | string
  | (Pick<ViewerRequest, "uri"> &
      Partial<Pick<ViewerRequest, "method" | "querystring" | "headers" | "clientIp">> & {
        /**
         * Where the function runs.
         * @default "viewer-request"
         */
        readonly eventType?: "viewer-request" | "origin-request";
        /**
         * The Region where the function runs.
         * @default ""
         */
        readonly region?: string;
      });

/** Which option decides where a request goes, why, and where. */
export interface OriginSelectExplanation {
  /** `header`, `hosts`, `rules[0]`, `split`, or `none`. */
  readonly rule: string;
  /** One sentence. */
  readonly reason: string;
  readonly result: Omit<OriginDecision, "rule">;
}

/** Returns where a request goes, and why. */
export function explainOriginSelect(
  compiled: CompiledOriginSelect,
  asked: ExplainedOriginRequest,
): OriginSelectExplanation {
  const given = typeof asked === "string" ? { uri: asked } : asked;
  const { eventType = "viewer-request", region = "", ...own } = given;
  const request = { clientIp: "", method: "GET", querystring: "", headers: {}, ...own };
  const engine = eventType === "viewer-request" ? viewerEngine : originEngine;
  const atViewer = eventType === "viewer-request";
  const { rule, ...result } = decide(readyOriginSelect(compiled), request, {
    ...engine,
    region: () => region,
    // Who has no address is somebody all the same.
    address: () => (atViewer ? request.clientIp || "0.0.0.0" : ""),
  });
  return { rule, reason: reasonOf(rule, result, compiled), result };
}

function reasonOf(
  rule: string,
  { origin }: Pick<OriginDecision, "origin">,
  { header, split }: CompiledOriginSelect,
): string {
  const where = origin === "" ? "the cache behavior's origin" : JSON.stringify(origin);
  if (rule === "header") return `The header ${header} names ${where}: viewer-request has decided.`;
  if (rule === "hosts") return `The host is one of hosts, and has ${where}.`;
  if (rule === "split")
    return `The viewer is of the part that has ${where}, or keeps it in the cookie ${split?.cookie}.`;
  if (rule === "none") return "No host and no rule takes the request.";
  return `The request meets all that ${rule} says, and goes to ${where}.`;
}
