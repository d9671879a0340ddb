import type { LoggedRequest } from "../access-log/logged-request.ts";
import type { ViewerRequest } from "../edge-location/request/viewer-request.ts";
import type { ViewerProfile } from "../edge-location/request/viewer-profile.ts";
import { emptyHeaders } from "../http/empty-headers.ts";

/** Of a condensed line, which has no address: one of those for documentation (RFC 5737). */
const unknownAddress = "192.0.2.1";

/**
 * Returns the request of a line, with the headers that a log holds: Host, Referer, User-Agent,
 * X-Forwarded-For, and Cookie where the distribution logs cookies.
 *
 * @param domainName of the distribution, for what was requested by the name of the one that is deployed
 * @param viewer of a line that does not say in which country its viewer is
 */
export function viewerRequestOf(
  logged: LoggedRequest,
  domainName: string,
  viewer: ViewerProfile,
): ViewerRequest {
  const headers = emptyHeaders();
  const add = (key: string, value: string | undefined): void => {
    if (value !== undefined) headers[key.toLowerCase()] = [{ key, value }];
  };
  add("Host", logged.host ?? domainName);
  add("Referer", logged.referer);
  add("User-Agent", logged.userAgent);
  add("Cookie", logged.cookie);
  add("X-Forwarded-For", logged.forwardedFor);
  const { querystring, protocol, httpVersion, port, country } = logged;
  return {
    request: {
      clientIp: logged.clientIp ?? viewer.address ?? unknownAddress,
      method: logged.method,
      uri: logged.uri,
      querystring: querystring ?? "",
      headers,
      body: undefined,
    },
    protocol,
    httpVersion,
    rawQueryString: querystring,
    port,
    profile: country === undefined ? viewer : { ...viewer, country },
  };
}
