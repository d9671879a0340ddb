import type { ServerResponse } from "node:http";

/**
 * The page may load and ask what is the inspector's own, and nothing else; no other page may frame,
 * embed or read it. Texts of requests are never HTML: no script could make them so.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Cache-Control": "no-store",
};

/** Sends a value as JSON. */
export function sendJson(outgoing: ServerResponse, status: number, value: unknown): void {
  outgoing.writeHead(status, {
    ...securityHeaders,
    "Content-Type": "application/json; charset=utf-8",
  });
  outgoing.end(JSON.stringify(value));
}

/** Sends a problem, in one sentence. */
export function sendProblem(outgoing: ServerResponse, status: number, problem: string): void {
  sendJson(outgoing, status, { problem });
}
