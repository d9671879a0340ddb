/** What a browser reports, in the terms of both kinds of reports. */
export interface BrowserReport {
  /** The page's address. */
  readonly documentUrl: string;
  readonly directive: string;
  readonly blocked: string;
  readonly sourceFile: string | undefined;
  readonly line: number | undefined;
  readonly isEnforced: boolean;
  /** The whole policy; empty where the browser does not tell it. */
  readonly policy: string;
}

/**
 * Reads what browsers post to `report-uri` (application/csp-report) or to an endpoint of the Reporting API
 * (application/reports+json); none where it is neither.
 *
 * @see https://www.w3.org/TR/CSP3/#deprecated-serialize-violation
 */
export function readReports(body: Uint8Array): readonly BrowserReport[] {
  const parsed = parse(body);
  const bodies = Array.isArray(parsed)
    ? parsed.map((each) => (isObject(each) ? each["body"] : undefined))
    : [isObject(parsed) ? parsed["csp-report"] : undefined];
  return bodies.filter(isObject).flatMap((report) => {
    const text = (...names: readonly string[]): string | undefined =>
      names.map((name) => report[name]).find(isFilledText);
    const documentUrl = text("document-uri", "documentURL");
    const directive = text("effective-directive", "effectiveDirective", "violated-directive");
    if (documentUrl === undefined || directive === undefined) return [];
    const blocked = text("blocked-uri", "blockedURL") ?? "inline";
    const sourceFile = text("source-file", "sourceFile");
    if (isOfExtension(blocked) || isOfExtension(sourceFile)) return [];
    const line = report["line-number"] ?? report["lineNumber"];
    return {
      documentUrl,
      directive: directive.split(" ")[0] ?? directive,
      blocked,
      sourceFile,
      line: typeof line === "number" && line > 0 ? line : undefined,
      isEnforced: report["disposition"] !== "report",
      policy: text("original-policy", "originalPolicy") ?? "",
    };
  });
}

/** What an extension of the browser does to a page is not the site's affair. */
function isOfExtension(address: string | undefined): boolean {
  return /^[a-z-]+-extension\b/.test(address ?? "");
}

function isFilledText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
