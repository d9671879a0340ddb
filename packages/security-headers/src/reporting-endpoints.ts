import { invalidType, invalidValue } from "./security-headers-options-error.ts";

/** Where browsers send reports: addresses by name, as `report-to` names them. */
export type ReportingEndpointsOptions = Readonly<Record<string, string>>;

/**
 * Returns the text of a Reporting-Endpoints header. A text is returned as it is.
 *
 * @throws {SecurityHeadersOptionsError} when a name is not valid or an address is not HTTPS.
 * @see https://www.w3.org/TR/reporting-1/#header
 */
export function reportingEndpoints(value: unknown, subject = "reportingEndpoints"): unknown {
  if (typeof value === "string") return value;
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw invalidType(
      subject,
      "is not a list of endpoints",
      value,
      'Give names and addresses, as in {"csp": "https://reports.example.com/csp"}.',
    );
  }
  const members = Object.entries(value).map(([name, address]) => {
    const place = `${subject}[${JSON.stringify(name)}]`;
    // A key of a structured header: RFC 9651, 3.1.2.
    if (!/^[a-z*][a-z\d_.*-]*$/.test(name)) {
      throw invalidValue(
        place,
        "is not a name",
        name,
        "Allowed: lower-case letters, digits, - _ . *",
      );
    }
    if (typeof address !== "string" || !isReportAddress(address)) {
      throw invalidValue(
        place,
        "is not an address for reports",
        address,
        "Give an https:// address, or a path of this site.",
      );
    }
    return `${name}="${address}"`;
  });
  if (members.length === 0) {
    throw invalidValue(subject, "has no endpoint", value, "Give one, or false for no header.");
  }
  return members.join(", ");
}

function isReportAddress(address: string): boolean {
  if (/[\s"\\;,]|[^!-~]/.test(address)) return false;
  return /^\/(?!\/)/.test(address) || (address.startsWith("https://") && URL.canParse(address));
}
