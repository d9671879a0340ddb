import { punycodeRemedy } from "option-checks";

// RFC 3986, appendix A, and brackets as in "?tag[]=a". No backslash, quote, space, control character or
// raw non-ASCII character is among them.
const pathQueryFragment = /^\/(?:[\w\-.~!$&'()*+,;=:@/?#[\]]|%[\dA-Fa-f]{2})*$/;
const absoluteUrl = /^https?:\/\/(?<host>[^/?#]*)(?<rest>[/?#].*)?$/i;
const octet = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const ipv4 = String.raw`${octet}(?:\.${octet}){3}`;
// A last label that begins with a digit would be read as a number: `https://80/` leads to 0.0.0.80.
const hostName = String.raw`(?:[\w-]+\.)*[A-Za-z][\w-]*\.?`;
const hostAndPort = new RegExp(String.raw`^(?:${hostName}|${ipv4})(?::(?<port>\d{1,5}))?$`);

/** Returns what `isAcceptedLocation` accepts, as a remedy for a location that it does not. */
export function locationRemedy(location: string): string {
  return (
    punycodeRemedy(location) ??
    'Allowed: an absolute http or https URL without user information, or a path that starts with a single "/"; percent-encoded.'
  );
}

/**
 * Returns whether a viewer can follow a location, and reads it as it is meant: an absolute URL, or a path
 * on the same host.
 */
export function isAcceptedLocation(location: string): boolean {
  return isAbsoluteUrl(location) || isPathOnHost(location);
}

/** A second "/" would begin the name of another host. */
function isPathOnHost(location: string): boolean {
  return !location.startsWith("//") && pathQueryFragment.test(location);
}

function isAbsoluteUrl(location: string): boolean {
  const { host = "", rest = "/" } = absoluteUrl.exec(location)?.groups ?? {};
  const port = hostAndPort.exec(host)?.groups;
  if (port === undefined) return false;
  return (
    Number(port["port"] ?? 0) <= 65_535 && pathQueryFragment.test(rest.replace(/^(?=[?#])/, "/"))
  );
}
