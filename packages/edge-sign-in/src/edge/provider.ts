import * as oauth from "oauth4webapi";
import type { Claims } from "protected-paths";
import type { Clock } from "./sign-in-ports.ts";

/** What the provider gave for a code or a refresh token. */
export interface Grant {
  readonly claims: Claims;
  readonly refreshToken: string | undefined;
}

/** What a sign-in began with, and has to end with. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** A grant that the provider refuses: another try would end alike. */
export class RefusedGrant extends Error {}

const oldAfterMs = 60 * 60_000;
const timeoutMs = 2500;

/** An OpenID provider, as a client talks to it. Its metadata is kept for an hour, and longer while it is down. */
export class Provider {
  readonly #issuer: URL;
  readonly #client: oauth.Client;
  readonly #clock: Clock;
  readonly #options: { readonly [oauth.allowInsecureRequests]: boolean };
  #server: { readonly metadata: oauth.AuthorizationServer; readonly readAt: number } | undefined;

  constructor(issuer: string, clientId: string, clock: Clock) {
    this.#issuer = new URL(issuer);
    this.#client = { client_id: clientId };
    this.#clock = clock;
    // Options allow it for the addresses of this machine alone, in tests.
    this.#options = { [oauth.allowInsecureRequests]: this.#issuer.protocol === "http:" };
  }

  /** Returns where a viewer signs in. */
  async signInUrl(
    pending: PendingSignIn,
    { redirectUri, scope }: { readonly redirectUri: string; readonly scope: string },
  ): Promise<string> {
    const { authorization_endpoint: endpoint } = await this.#metadata();
    const url = new URL(endpoint ?? "");
    const parameters = {
      client_id: this.#client.client_id,
      response_type: "code",
      redirect_uri: redirectUri,
      scope,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: "S256",
      // Without it a provider gives no refresh token (OpenID Connect Core, 11).
      ...(scope.split(" ").includes("offline_access") && { prompt: "consent" }),
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return url.href;
  }

  /** Returns where a viewer signs out; undefined where the provider has no such place. */
  async signOutUrl(signedOutUrl: string): Promise<string | undefined> {
    const { end_session_endpoint: endpoint } = await this.#metadata();
    if (endpoint === undefined) return undefined;
    const url = new URL(endpoint);
    url.searchParams.set("client_id", this.#client.client_id);
    url.searchParams.set("post_logout_redirect_uri", signedOutUrl);
    return url.href;
  }

  /**
   * Exchanges the code of an authorization response.
   *
   * @throws {RefusedGrant} when the provider, or what it says, refuses the sign-in
   */
  async exchange(
    callback: URL,
    pending: PendingSignIn,
    { redirectUri, secret }: { readonly redirectUri: string; readonly secret: string | undefined },
  ): Promise<Grant> {
    const server = await this.#metadata();
    return refusing(async () => {
      const parameters = oauth.validateAuthResponse(server, this.#client, callback, pending.state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        this.#client,
        authenticationWith(secret),
        parameters,
        redirectUri,
        pending.verifier,
        this.#requestOptions(),
      );
      const result = await oauth.processAuthorizationCodeResponse(server, this.#client, response, {
        expectedNonce: pending.nonce,
        requireIdToken: true,
      });
      return grantOf(result);
    });
  }

  /** @throws {RefusedGrant} when the provider takes the token no longer */
  async refresh(refreshToken: string, secret: string | undefined): Promise<Grant> {
    const server = await this.#metadata();
    return refusing(async () => {
      const response = await oauth.refreshTokenGrantRequest(
        server,
        this.#client,
        authenticationWith(secret),
        refreshToken,
        this.#requestOptions(),
      );
      const result = await oauth.processRefreshTokenResponse(server, this.#client, response);
      const grant = grantOf(result);
      return { ...grant, refreshToken: grant.refreshToken ?? refreshToken };
    });
  }

  #requestOptions(): { signal: AbortSignal; [oauth.allowInsecureRequests]: boolean } {
    return { ...this.#options, signal: AbortSignal.timeout(timeoutMs) };
  }

  async #metadata(): Promise<oauth.AuthorizationServer> {
    const before = this.#server;
    const now = this.#clock.now();
    if (before !== undefined && now - before.readAt < oldAfterMs) return before.metadata;
    try {
      const response = await oauth.discoveryRequest(this.#issuer, this.#requestOptions());
      const metadata = await oauth.processDiscoveryResponse(this.#issuer, response);
      this.#server = { metadata, readAt: now };
      return metadata;
    } catch (error) {
      if (before === undefined) throw error;
      return before.metadata;
    }
  }
}

function authenticationWith(secret: string | undefined): oauth.ClientAuth {
  return secret === undefined ? oauth.None() : oauth.ClientSecretPost(secret);
}

/** A provider gives an id token with each code, and need not with a refresh. */
function grantOf(result: oauth.TokenEndpointResponse): Grant {
  return {
    claims: { ...oauth.getValidatedIdTokenClaims(result) },
    refreshToken: result.refresh_token,
  };
}

async function refusing(grant: () => Promise<Grant>): Promise<Grant> {
  try {
    return await grant();
  } catch (cause) {
    const isRefusal =
      cause instanceof oauth.AuthorizationResponseError ||
      cause instanceof oauth.OperationProcessingError ||
      (cause instanceof oauth.ResponseBodyError && cause.status < 500);
    throw isRefusal ? new RefusedGrant(cause.message, { cause }) : cause;
  }
}
