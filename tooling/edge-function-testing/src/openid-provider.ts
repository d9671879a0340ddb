import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Configuration } from "oidc-provider";

/** The client that the site is. */
export const clientId = "notes";
export const clientSecret = "a client's secret, by chance";

/** What a provider does otherwise than by default. */
export interface ProviderOptions {
  readonly redirectUri: string;
  readonly signedOutUri?: string;
  /** Seconds. */
  readonly idTokenTtl?: number;
}

/** An OpenID provider on this machine: whoever gives a name is signed in by it. */
export class TestProvider {
  readonly issuer: string;
  /** Whether it answers at all. */
  isDown = false;
  readonly #server: Server;
  #provider: RequestListener | undefined;

  private constructor(server: Server) {
    this.#server = server;
    // Another name for the same machine, so that its cookies are not those of the site.
    this.issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
    server.on("request", (request, response) => {
      if (this.isDown) request.socket.destroy();
      else this.#provider?.(request, response);
    });
  }

  static async start(): Promise<TestProvider> {
    const server = createServer().listen(0, "localhost");
    await once(server, "listening");
    return new TestProvider(server);
  }

  /** Makes the site known; what was issued before counts no longer. */
  register({ redirectUri, signedOutUri, idTokenTtl = 600 }: ProviderOptions): void {
    const configuration: Configuration = {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          token_endpoint_auth_method: "client_secret_post",
          redirect_uris: [redirectUri],
          grant_types: ["authorization_code", "refresh_token"],
          ...(signedOutUri !== undefined && { post_logout_redirect_uris: [signedOutUri] }),
        },
      ],
      cookies: { keys: ["of a test"] },
      conformIdTokenClaims: false,
      claims: { openid: ["sub"], profile: ["name", "role"] },
      findAccount: (_, accountId) => ({
        accountId,
        claims: () => ({ sub: accountId, name: `Ms. ${accountId}`, role: roleOf(accountId) }),
      }),
      ttl: {
        IdToken: idTokenTtl,
        AccessToken: 3600,
        Grant: 86_400,
        Interaction: 600,
        RefreshToken: 86_400,
        Session: 86_400,
      },
    };
    this.#provider = quietly(() => new Provider(this.issuer, configuration).callback());
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}

/** It warns that it is one for development. */
function quietly<Made>(make: () => Made): Made {
  const { warn } = console;
  // oxlint-disable-next-line no-console -- what it writes is no test's affair
  console.warn = () => undefined;
  try {
    return make();
  } finally {
    // oxlint-disable-next-line no-console -- as before
    console.warn = warn;
  }
}

function roleOf(name: string): string {
  return name === "ada" ? "admin" : "guest";
}

/**
 * Signs somebody in on the pages of the provider, as a browser does, and returns where it leads back to.
 *
 * @param cookies of the provider in that browser
 */
export async function signInAt(
  url: string,
  name: string,
  cookies: Map<string, string> = new Map(),
): Promise<string> {
  const { origin } = new URL(url);
  let asked: { readonly url: string; readonly body?: string } = { url };
  for (let step = 0; step < 12; step += 1) {
    const response = await fetch(asked.url, {
      redirect: "manual",
      method: asked.body === undefined ? "GET" : "POST",
      headers: {
        cookie: [...cookies].map((pair) => pair.join("=")).join("; "),
        ...(asked.body !== undefined && { "content-type": "application/x-www-form-urlencoded" }),
      },
      ...(asked.body !== undefined && { body: asked.body }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, cookie = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") cookies.delete(cookie);
      else cookies.set(cookie, value);
    }
    const location = response.headers.get("location");
    if (location !== null) {
      const next = new URL(location, asked.url);
      if (next.origin !== origin) return next.href;
      asked = { url: next.href };
      continue;
    }
    const page = await response.text();
    const [, action = ""] = /<form[^>]* action="([^"]+)"/.exec(page) ?? [];
    const [, prompt = ""] = /name="prompt" value="([^"]+)"/.exec(page) ?? [];
    if (action === "") throw new Error(`The provider shows no form: ${response.status} ${page}`);
    const body = new URLSearchParams({ prompt, login: name, password: "any" }).toString();
    asked = { url: new URL(action, asked.url).href, body };
  }
  throw new Error("The provider leads nowhere.");
}
