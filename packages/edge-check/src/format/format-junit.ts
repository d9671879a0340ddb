import XMLBuilder from "fast-xml-builder";
import type { EdgeFinding } from "../finding.ts";
import { ruleCatalogue } from "../rules/rule-catalogue.ts";
import { stops } from "../stops.ts";
import type { CheckReport } from "./check-report.ts";
import { describePart, unreadGroups } from "./describe-unread.ts";
import { reviewedFile } from "./report-file.ts";

const builder = new XMLBuilder({ attributeNamePrefix: "@", format: true, ignoreAttributes: false });

/**
 * Writes a report as JUnit XML. A finding that stops is a failed test, any other a passed one with its text;
 * a rule that found nothing is a passed test, and what could not be judged a skipped one.
 */
export function formatJunit({ findings, unread, failOn = "error" }: CheckReport): string {
  const found = new Set(findings.map(({ ruleId }) => ruleId));
  const passed = Object.entries(ruleCatalogue).filter(([id]) => !found.has(id));
  const skipped = unreadGroups(unread).flatMap(({ heading, parts }) =>
    parts.map((part) => ({
      "@classname": part.stack,
      "@name": `${part.functionName ?? part.subject} is judged`,
      skipped: { "@message": `${heading}: ${describePart(part)}` },
    })),
  );
  const failures = findings.filter((finding) => stops(finding, failOn)).length;
  const counts = {
    "@name": "edge-check",
    "@tests": passed.length + findings.length + skipped.length,
    "@failures": failures,
    "@errors": 0,
    "@skipped": skipped.length,
  };
  const testcase = [
    ...findings.map((finding) => findingCase(finding, stops(finding, failOn))),
    ...passed.map(([id, { refuses }]) => ({ "@classname": "rules", "@name": `${id} ${refuses}` })),
    ...skipped,
  ];
  const suites = { testsuites: { ...counts, testsuite: { ...counts, testcase } } };
  const document = { "?xml": { "@version": "1.0", "@encoding": "UTF-8" }, ...suites };
  return withoutControls(builder.build(document)).trimEnd();
}

function findingCase(finding: EdgeFinding, isFailure: boolean): Readonly<Record<string, unknown>> {
  const { ruleId, severity, message, remedy, place } = finding;
  const { path, line } = reviewedFile(place);
  const text = `${severity} ${ruleId}: ${message}\n${remedy}\n${path}${line === undefined ? "" : `:${line}`}`;
  return {
    "@classname": place.constructPath ?? `${place.stack}/${place.logicalId}`,
    "@name": `${ruleId} ${place.property}`,
    "@file": path,
    ...(line === undefined ? {} : { "@line": line }),
    ...(isFailure
      ? { failure: { "@message": message, "@type": severity, "#text": text } }
      : { "system-out": text }),
  };
}

/** XML has no way to write most control characters. https://www.w3.org/TR/xml/#charsets */
function withoutControls(xml: string): string {
  return xml.replaceAll(
    /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu,
    "\u{fffd}",
  );
}
