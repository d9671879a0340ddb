import type { EventHeader, GeneratedResponse } from "cf-types";
import { refusalHeaders } from "protected-paths";

/** A cookie that a response sets; one without a value goes. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  readonly seconds: number;
}

/** Returns a redirect that nobody keeps. */
export function redirect(location: string, cookies: readonly SetCookie[] = []): GeneratedResponse {
  return {
    status: "302",
    statusDescription: "Found",
    headers: {
      "cache-control": [{ key: "Cache-Control", value: "no-store" }],
      location: [{ key: "Location", value: location }],
      ...(cookies.length > 0 && { "set-cookie": cookies.map(cookieLine) }),
    },
  };
}

const statusDescriptions = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  503: "Service Unavailable",
} as const;

/** Returns a response that says in a sentence why a request is refused. */
export function refusal(
  status: keyof typeof statusDescriptions,
  sentence: string,
  cookies: readonly SetCookie[] = [],
): GeneratedResponse {
  return {
    status: String(status),
    statusDescription: statusDescriptions[status],
    headers: {
      ...refusalHeaders(),
      // RFC 9110, 11.6.1: a 401 names a way in. Browsers know none of this name, and ask nothing.
      ...(status === 401 && {
        "www-authenticate": [{ key: "WWW-Authenticate", value: "OpenID" }],
      }),
      ...(cookies.length > 0 && { "set-cookie": cookies.map(cookieLine) }),
    },
    body: `${sentence}\n`,
  };
}

/** `__Host-` demands Secure, Path=/ and no Domain: no other host can set or read it. */
function cookieLine({ name, value, seconds }: SetCookie): EventHeader {
  return {
    key: "Set-Cookie",
    value: `${name}=${value}; Path=/; Max-Age=${seconds}; Secure; HttpOnly; SameSite=Lax`,
  };
}
