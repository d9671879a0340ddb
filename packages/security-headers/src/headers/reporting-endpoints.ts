import { isObject } from "option-checks";
import { checks } from "../security-headers-options-error.ts";

/** Where browsers send reports: addresses by name, as `report-to` names them. */
export type ReportingEndpointsOptions = Readonly<Record<string, string>>;

/** What is said of a name that `reportingEndpoints` cannot have. */
export const endpointRemedy = "Give one name of reportingEndpoints.";
/** What is said of an address that is none for reports. */
export const reportAddressRemedy = "Give an https:// address, or a path of this site.";

/**
 * Returns the text of a Reporting-Endpoints header. A text is checked as a list of endpoints is.
 *
 * @throws {SecurityHeadersOptionsError} when a name is not valid or an address is not HTTPS.
 * @see https://www.w3.org/TR/reporting-1/#header
 */
export function reportingEndpoints(value: unknown, subject: string): unknown {
  if (typeof value === "string") {
    refuseMistakenText(value, subject);
    return value;
  }
  if (!isObject(value)) {
    const remedy = 'Give names and addresses, as in {"csp": "https://reports.example.com/csp"}.';
    throw checks.invalidType(subject, "is not a list of endpoints", value, remedy);
  }
  const endpoints = Object.entries(value);
  if (endpoints.length === 0) {
    throw checks.invalidValue(
      subject,
      "has no endpoint",
      value,
      "Give one, or false for no header.",
    );
  }
  for (const [name, address] of endpoints) refuseMistakenEndpoint(name, address, subject);
  return endpoints.map(([name, address]) => `${name}="${String(address)}"`).join(", ");
}

function refuseMistakenText(text: string, subject: string): void {
  const names = new Set<string>();
  for (const member of text.split(",")) {
    const [, name, address] = /^\s*([^\s="]+)="([^"]*)"\s*$/.exec(member) ?? [];
    if (name === undefined || names.has(name)) {
      const problem =
        name === undefined ? "has a member that browsers cannot read" : `has ${name} twice`;
      const remedy =
        'Write name="address" for each endpoint once, as in csp="https://reports.example.com/csp".';
      throw checks.invalidValue(subject, problem, member.trim(), remedy);
    }
    refuseMistakenEndpoint(name, address, subject);
    names.add(name);
  }
}

function refuseMistakenEndpoint(name: string, address: unknown, subject: string): void {
  const place = `${subject}[${JSON.stringify(name)}]`;
  if (!isEndpointName(name)) {
    const allowed = "Allowed: lower-case letters, digits, - _ . *";
    throw checks.invalidValue(place, "is not a name", name, allowed);
  }
  if (typeof address === "string" && isReportAddress(address)) return;
  throw checks.invalidValue(place, "is not an address for reports", address, reportAddressRemedy);
}

/** Returns whether a text is a key of a structured header: RFC 9651, 3.1.2. */
export function isEndpointName(text: string): boolean {
  return /^[a-z*][a-z\d_.*-]*$/.test(text);
}

/** Returns whether browsers can send reports to an address: HTTPS, or a path of the site. */
export function isReportAddress(address: string): boolean {
  if (/[\s"\\;,]|[^!-~]/.test(address)) return false;
  return /^\/(?!\/)/.test(address) || (address.startsWith("https://") && URL.canParse(address));
}
