import type { IncomingHttpHeaders } from "node:http";

/** Why a request is not from the inspector's own page, as one sentence. */
export type CallerProblem = string;

/**
 * Tells the inspector's own page from others. A page of another site can make a browser send
 * requests here: by a form, by `fetch`, or by a name of its own that it lets point to this machine
 * (DNS rebinding). It cannot choose Host, Origin or Sec-Fetch-Site.
 *
 * @param port the one that the inspector listens on
 * @returns undefined where all is well
 */
export function checkCaller(headers: IncomingHttpHeaders, port: number): CallerProblem | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  const { host = "", origin } = headers;
  if (!hosts.includes(host.toLowerCase())) {
    return `Host is not this inspector's: got ${JSON.stringify(host)}. Use http://${hosts[0]}.`;
  }
  if (origin !== undefined && origin !== `http://${host.toLowerCase()}`) {
    return `Origin is another site's: got ${JSON.stringify(origin)}. Only the inspector's own page may ask.`;
  }
  return undefined;
}

/**
 * Whether a browser sent the request for another site's page, other than to open it as a page of
 * its own. Clients that are no browsers say nothing of it.
 */
export function isCrossSite(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none";
}
