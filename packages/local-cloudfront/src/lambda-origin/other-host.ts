import { headerValue } from "./event-parts.ts";
import type { EndpointRequest } from "./lambda-origin.ts";

/**
 * Returns why an endpoint refuses the Host of a request; undefined where it is its own.
 *
 * @param subject the endpoint as messages name it
 */
export function otherHostReason(
  subject: string,
  { request, domainName }: EndpointRequest,
): string | undefined {
  const host = headerValue(request, "host");
  return host === "" || host.toLowerCase() === domainName.toLowerCase()
    ? undefined
    : `${subject} is asked as ${JSON.stringify(host)}: forward all headers but Host, as the managed policy AllViewerExceptHostHeader does.`;
}
