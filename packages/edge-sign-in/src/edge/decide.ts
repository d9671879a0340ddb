import { type Claims, ruleOfPath, textsOf } from "protected-paths";
import type { CompiledEdgeSignIn } from "./compiled-edge-sign-in.ts";

/** What a session's cookie holds. */
export interface Session {
  readonly claims: Claims;
  /** Seconds since 1970: from then on it is no session, unless it is refreshed. */
  readonly until: number;
  readonly refreshToken?: string;
}

/** What a decision is made by. */
export interface SignInRequest {
  readonly uri: string;
  /** Whether a browser asks for a page, and can be led to the provider. */
  readonly isNavigation: boolean;
  /** Undefined where there is none of ours, or it is too old to be refreshed. */
  readonly session: Session | undefined;
  /** Seconds since 1970. */
  readonly now: number;
}

/**
 * What becomes of a request: it passes, is led to the provider (`begin`), comes back from there (`complete`), asks to
 * sign out, first has its session refreshed, or is refused with 401 or 403.
 */
export type SignInDecision =
  | { readonly kind: "open" | "complete" | "sign-out" | "begin" | "unauthorized" }
  | { readonly kind: "pass" | "refresh"; readonly session: Session }
  | { readonly kind: "forbidden"; readonly claim: string };

/** Options with their regular expressions. */
export interface ReadySignIn extends Pick<
  CompiledEdgeSignIn,
  "callbackPath" | "signOutPath" | "sessionSeconds" | "claims"
> {
  readonly open: readonly RegExp[];
  readonly rules: readonly { readonly paths: readonly RegExp[] }[];
}

/** Returns compiled options with their regular expressions. */
export function readySignIn(compiled: CompiledEdgeSignIn): ReadySignIn {
  return {
    ...compiled,
    open: compiled.open.map((source) => new RegExp(source)),
    rules: [{ paths: compiled.paths.map((source) => new RegExp(source, "i")) }],
  };
}

/** Whether a decision asks for a session. */
export function asksForSession(ready: ReadySignIn, uri: string): boolean {
  const isOwn = uri === ready.callbackPath || uri === ready.signOutPath;
  return !isOwn && ruleOfPath(ready, uri) !== undefined;
}

/** Returns what becomes of a request. */
export function decide(ready: ReadySignIn, request: SignInRequest): SignInDecision {
  const { uri, isNavigation, session, now } = request;
  if (uri === ready.callbackPath) return { kind: "complete" };
  if (uri === ready.signOutPath) return { kind: "sign-out" };
  if (!asksForSession(ready, uri)) return { kind: "open" };
  const isOver = session === undefined || session.until <= now;
  // Long before its end, since only a navigation can take a new cookie.
  const isHalfOver = session !== undefined && session.until - ready.sessionSeconds / 2 <= now;
  if (isHalfOver && session.refreshToken !== undefined && isNavigation) {
    return { kind: "refresh", session };
  }
  // A program that asks for data, and a script or an image, can do nothing with the page of a provider.
  if (isOver) return { kind: isNavigation ? "begin" : "unauthorized" };
  return sufficient(ready, session);
}

/** Returns whether a session's claims suffice. */
export function sufficient({ claims }: ReadySignIn, session: Session): SignInDecision {
  const lacks = claims.find(
    ([name, values]) => !textsOf(session.claims[name]).some((text) => values.includes(text)),
  );
  return lacks === undefined ? { kind: "pass", session } : { kind: "forbidden", claim: lacks[0] };
}
