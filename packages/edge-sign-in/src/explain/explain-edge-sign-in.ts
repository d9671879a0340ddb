import type { ViewerRequest } from "cf-types";
import { asksForPage, lambdaEdgeReader } from "edge-handler";
import type { Claims } from "protected-paths";
import type { CompiledEdgeSignIn } from "../edge/compiled-edge-sign-in.ts";
import { decide, readySignIn, type SignInDecision } from "../edge/decide.ts";

/** The request that is explained. */
export interface ExplainedRequest extends Pick<ViewerRequest, "uri"> {
  /** @default "GET" */
  readonly method?: string;
  /** @default - a navigation of a browser */
  readonly headers?: ViewerRequest["headers"];
  /** What the provider says of who is signed in. @default - nobody is signed in */
  readonly claims?: Claims;
}

/** What becomes of a request, and why. */
export interface SignInExplanation {
  readonly decision: SignInDecision["kind"];
  /** One sentence. */
  readonly reason: string;
}

const navigation = { accept: [{ key: "Accept", value: "text/html,*/*;q=0.8" }] };

/** Returns what becomes of a request, and why. */
export function explainEdgeSignIn(
  compiled: CompiledEdgeSignIn,
  { uri, method = "GET", headers = navigation, claims }: ExplainedRequest,
): SignInExplanation {
  const request = { clientIp: "203.0.113.1", querystring: "", method, uri, headers };
  const isNavigation =
    (method === "GET" || method === "HEAD") && asksForPage(request, lambdaEdgeReader, "navigation");
  const session = claims && { claims, until: compiled.sessionSeconds };
  const decision = decide(readySignIn(compiled), { uri, isNavigation, session, now: 0 });
  return { decision: decision.kind, reason: reasonOf(decision, compiled) };
}

function reasonOf(decision: SignInDecision, { issuer, callbackPath }: CompiledEdgeSignIn): string {
  switch (decision.kind) {
    case "open":
      return "The path is open to everybody.";
    case "complete":
      return "The provider leads back here: the sign-in is completed, where it was begun in this browser.";
    case "sign-out":
      return "The session ends here, and at the provider.";
    case "begin":
      return `Nobody is signed in: a browser is led to ${issuer}, which leads back to ${callbackPath}.`;
    case "unauthorized":
      return "Nobody is signed in, and what is no navigation is not led to a provider: 401.";
    case "forbidden":
      return `Who is signed in does not suffice: the claim ${decision.claim} has another value, 403.`;
    case "pass":
    case "refresh":
      return "Who is signed in may see it.";
  }
}
