import type { GeneratedResponse, ViewerRequest, ViewerRequestHandler } from "cf-types";
import { asksForPage, lambdaEdgeReader } from "edge-handler";
import { generateRandomCodeVerifier, generateRandomNonce, generateRandomState } from "oauth4webapi";
import { claimHeaderLines, withoutCookies } from "protected-paths";
import type { CompiledEdgeSignIn } from "./compiled-edge-sign-in.ts";
import {
  asksForSession,
  decide,
  readySignIn,
  type ReadySignIn,
  type Session,
  sufficient,
} from "./decide.ts";
import { type Grant, type PendingSignIn, Provider, RefusedGrant } from "./provider.ts";
import { redirect, refusal, type SetCookie } from "./responses.ts";
import { Seal, type SealOptions } from "./seal.ts";
import { Secrets } from "./secrets.ts";
import { type SignInPorts, systemClock } from "./sign-in-ports.ts";

/** What the cookie of a sign-in under way holds. */
interface Transaction extends PendingSignIn {
  readonly returnTo: string;
}

const sessionCookie = "__Host-edge-session";
/** Of each tab in which somebody signs in; the state follows. */
const transactionCookie = "__Host-edge-sign-in-";
const transactionSeconds = 600;
/** How long after its end a session can be refreshed. */
const refreshableSeconds = 14 * 24 * 3600;
/** Browsers keep no cookie whose name and value have more (RFC 6265bis, 5.6): who signs in would do so for ever. */
const maxCookieBytes = 4096;

/** Returns the viewer-request handler for Lambda@Edge: only who has signed in at the provider sees protected paths. */
export function createEdgeSignIn(
  compiled: CompiledEdgeSignIn,
  ports: SignInPorts = {},
): ViewerRequestHandler {
  const signIn = new SignIn(compiled, ports);
  return async (event) => signIn.handle(event.Records[0].cf.request);
}

class SignIn {
  readonly #options: CompiledEdgeSignIn;
  readonly #ready: ReadySignIn;
  readonly #secrets: Secrets;
  readonly #provider: Provider;
  readonly #now: () => number;
  readonly #log: (error: unknown) => void;

  constructor(options: CompiledEdgeSignIn, ports: SignInPorts) {
    // oxlint-disable-next-line no-console -- the function's log is its console
    const { clock = systemClock, log = console.error } = ports;
    this.#options = options;
    this.#ready = readySignIn(options);
    this.#log = log;
    this.#secrets = new Secrets(ports);
    this.#provider = new Provider(options.issuer, options.clientId, clock);
    this.#now = () => clock.now() / 1000;
  }

  async handle(request: ViewerRequest): Promise<ViewerRequest | GeneratedResponse> {
    for (const [header] of this.#options.claimHeaders) delete request.headers[header];
    try {
      return await this.#decided(request);
    } catch (error) {
      this.#log(error);
      return refusal(503, "The sign-in is not available at the moment. Try again in a minute.");
    }
  }

  async #decided(request: ViewerRequest): Promise<ViewerRequest | GeneratedResponse> {
    const { uri, method } = request;
    const session = asksForSession(this.#ready, uri) ? await this.#sessionOf(request) : undefined;
    const isNavigation =
      (method === "GET" || method === "HEAD") &&
      asksForPage(request, lambdaEdgeReader, "navigation");
    const decision = decide(this.#ready, { uri, isNavigation, session, now: this.#now() });
    switch (decision.kind) {
      case "open":
        return passed(request);
      case "complete":
        return this.#complete(request);
      case "sign-out":
        return this.#signOut(request);
      case "begin":
        return this.#begin(request);
      case "refresh":
        return this.#refresh(request, decision.session);
      case "unauthorized":
        return refusal(401, "You are not signed in. Load the page again.");
      case "forbidden":
        return forbidden(decision.claim);
      case "pass":
        return this.#passedWith(request, decision.session);
    }
  }

  async #sessionOf(request: ViewerRequest): Promise<Session | undefined> {
    const sealed = cookiesOf(request).get(sessionCookie);
    if (sealed === undefined) return undefined;
    return (await this.#seal()).open<Session>(sealed, this.#sealOptions(request));
  }

  #passedWith(request: ViewerRequest, { claims }: Session): ViewerRequest {
    for (const [name, value] of claimHeaderLines(this.#options.claimHeaders, claims)) {
      request.headers[name] = [{ key: name, value }];
    }
    return passed(request);
  }

  async #begin(request: ViewerRequest): Promise<GeneratedResponse> {
    const seal = await this.#seal();
    const transaction: Transaction = {
      state: generateRandomState(),
      nonce: generateRandomNonce(),
      verifier: generateRandomCodeVerifier(),
      returnTo: ownPath(request),
    };
    const url = await this.#provider.signInUrl(transaction, {
      redirectUri: this.#urlOf(request, this.#options.callbackPath),
      scope: this.#options.scope,
    });
    const value = await seal.close(transaction, transactionSeconds, this.#sealOptions(request));
    return redirect(url, [
      { name: transactionCookieOf(transaction.state), value, seconds: transactionSeconds },
    ]);
  }

  async #complete(request: ViewerRequest): Promise<GeneratedResponse> {
    const seal = await this.#seal();
    const callback = new URL(
      `${this.#urlOf(request, this.#options.callbackPath)}?${request.querystring}`,
    );
    const state = callback.searchParams.get("state") ?? "";
    const name = transactionCookieOf(state);
    const sealed = cookiesOf(request).get(name);
    const transaction =
      sealed === undefined
        ? undefined
        : await seal.open<Transaction>(sealed, this.#sealOptions(request));
    // RFC 9700, 4.7: what was not begun in this browser is not completed in it.
    if (transaction === undefined || transaction.state !== state) {
      return refusal(
        400,
        "This sign-in was not begun in this browser, or took too long. Open the page again.",
      );
    }
    const over: SetCookie = { name, value: "", seconds: 0 };
    try {
      const grant = await this.#provider.exchange(callback, transaction, {
        redirectUri: this.#urlOf(request, this.#options.callbackPath),
        secret: await this.#clientSecret(),
      });
      const session = await this.#sessionCookie(request, grant, seal);
      return redirect(transaction.returnTo, [session, over]);
    } catch (error) {
      if (!(error instanceof RefusedGrant)) throw error;
      return refusal(403, `The provider does not sign you in: ${error.message}.`, [over]);
    }
  }

  async #signOut(request: ViewerRequest): Promise<GeneratedResponse> {
    const signedOut = this.#options.signedOutPath;
    // Here a session ends whether or not the provider can be reached.
    const url = await this.#provider
      .signOutUrl(this.#urlOf(request, signedOut))
      .catch((error: unknown) => {
        this.#log(error);
        return undefined;
      });
    return redirect(url ?? signedOut, [{ name: sessionCookie, value: "", seconds: 0 }]);
  }

  /** Only a response sets a cookie: the page is asked for once more. While the provider is down, a session is used up. */
  async #refresh(
    request: ViewerRequest,
    session: Session,
  ): Promise<ViewerRequest | GeneratedResponse> {
    const { refreshToken = "" } = session;
    try {
      const grant = await this.#provider.refresh(refreshToken, await this.#clientSecret());
      // A provider need not say again who it is.
      const claims = { ...session.claims, ...grant.claims };
      const cookie = await this.#sessionCookie(request, { ...grant, claims }, await this.#seal());
      return redirect(ownPath(request), [cookie]);
    } catch (error) {
      if (error instanceof RefusedGrant) return this.#begin(request);
      this.#log(error);
      if (session.until <= this.#now()) throw error;
      const decision = sufficient(this.#ready, session);
      return decision.kind === "forbidden"
        ? forbidden(decision.claim)
        : this.#passedWith(request, session);
    }
  }

  async #sessionCookie(
    request: ViewerRequest,
    { claims, refreshToken }: Grant,
    seal: Seal,
  ): Promise<SetCookie> {
    const { sessionSeconds, claimHeaders, claims: required } = this.#options;
    const names = [
      "sub",
      ...claimHeaders.map(([, claim]) => claim),
      ...required.map(([name]) => name),
    ];
    const kept = Object.fromEntries(names.map((name) => [name, claims[name]]));
    const session: Session = {
      claims: kept,
      until: Math.floor(this.#now()) + sessionSeconds,
      ...(refreshToken !== undefined && { refreshToken }),
    };
    const seconds = sessionSeconds + (refreshToken === undefined ? 0 : refreshableSeconds);
    const value = await seal.close(session, seconds, this.#sealOptions(request));
    const bytes = sessionCookie.length + value.length;
    if (bytes <= maxCookieBytes) return { name: sessionCookie, value, seconds };
    const excess = `got a session of ${bytes} bytes, and a cookie has ${maxCookieBytes} at most`;
    if (refreshToken === undefined) throw new RefusedGrant(`${excess}: it says too much of you`);
    this.#log(
      `The refresh token of the provider is too long, so that sessions are not refreshed: ${excess}. Have the provider issue shorter ones, or drop offline_access from scopes.`,
    );
    return this.#sessionCookie(request, { claims, refreshToken: undefined }, seal);
  }

  async #seal(): Promise<Seal> {
    return new Seal(await this.#secrets.textOf(this.#options.sessionKeys));
  }

  async #clientSecret(): Promise<string | undefined> {
    const { clientSecret } = this.#options;
    return clientSecret && (await this.#secrets.textOf(clientSecret));
  }

  #sealOptions(request: ViewerRequest): SealOptions {
    return { audience: `${this.#options.clientId} ${hostOf(request)}`, now: this.#now() };
  }

  #urlOf(request: ViewerRequest, path: string): string {
    const host = hostOf(request);
    const isOnThisMachine = /^(?:127\.0\.0\.1|localhost)(?::|$)/.test(host);
    return `${isOnThisMachine ? "http" : "https"}://${host}${path}`;
  }
}

function forbidden(claim: string): GeneratedResponse {
  return refusal(403, `You are signed in, but may not see this: ${claim} does not suffice.`);
}

function hostOf({ headers }: ViewerRequest): string {
  return headers["host"]?.[0]?.value ?? "";
}

/** The origin does not see sessions. */
function passed(request: ViewerRequest): ViewerRequest {
  withoutCookies(
    request.headers,
    (name) => name === sessionCookie || name.startsWith(transactionCookie),
  );
  return request;
}

/** Path and query string on this host; what a browser would take for another host is the start page. */
function ownPath({ uri, querystring }: ViewerRequest): string {
  const path = `${uri}${querystring === "" ? "" : `?${querystring}`}`;
  return /^\/(?![/\\])/.test(path) ? path : "/";
}

function transactionCookieOf(state: string): string {
  return `${transactionCookie}${state.slice(0, 12)}`;
}

function cookiesOf({ headers }: ViewerRequest): ReadonlyMap<string, string> {
  const pairs = (headers["cookie"] ?? []).flatMap(({ value }) => value.split("; "));
  return new Map(
    pairs.map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return [name, value.join("=")];
    }),
  );
}
