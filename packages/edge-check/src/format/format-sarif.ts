import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import packageJson from "../../package.json" with { type: "json" };
import { explainRule } from "../explain/explain-rule.ts";
import { ruleMarkdown } from "../explain/rule-markdown.ts";
import type { EdgeFinding, FindingPlace } from "../finding.ts";
import type { UnreadPart } from "../unread-parts.ts";
import type { CheckReport } from "./check-report.ts";
import { describePart, unreadGroups } from "./describe-unread.ts";
import { repositoryFile, type ReportFile, reviewedFile } from "./report-file.ts";

const levels = { error: "error", warning: "warning", info: "note" } as const;
const notJudged = "not-judged";

/**
 * Writes a report as SARIF 2.1.0, which GitHub's code scanning and editors read. Files are relative to
 * the root of the repository.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function formatSarif({ findings, unread }: CheckReport): string {
  const ruleIds = [...new Set(findings.map(({ ruleId }) => ruleId))];
  const log = {
    $schema:
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "edge-check",
            semanticVersion: packageJson.version,
            informationUri: "https://www.npmjs.com/package/edge-check",
            rules: ruleIds.map((id) => descriptor(id)),
            notifications: [{ id: notJudged, name: "NotJudged" }],
          },
        },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: unreadGroups(unread).flatMap(({ heading, parts }) =>
              parts.map((part) => notification(heading, part)),
            ),
          },
        ],
        results: findings.map((finding) => result(finding, ruleIds.indexOf(finding.ruleId))),
      },
    ],
  };
  return JSON.stringify(log, undefined, 2);
}

function descriptor(id: string) {
  const { refuses, why, sources } = explainRule(id);
  return {
    id,
    shortDescription: { text: refuses },
    fullDescription: { text: why },
    helpUri: sources[0].url,
    help: { text: `${why} ${refuses}`, markdown: ruleMarkdown(id) },
  };
}

function result(finding: EdgeFinding, ruleIndex: number) {
  const { ruleId, severity, message, remedy, place } = finding;
  return {
    ruleId,
    ruleIndex,
    level: levels[severity],
    message: { text: `${message} ${remedy}` },
    locations: [{ ...location(reviewedFile(place)), logicalLocations: [resource(place)] }],
    ...(place.source === undefined
      ? {}
      : {
          relatedLocations: [
            {
              id: 1,
              message: { text: "In the template" },
              ...location(repositoryFile(place.templateFile, place.line)),
            },
          ],
        }),
  };
}

function resource({ constructPath, stack, logicalId, property }: FindingPlace) {
  return {
    name: logicalId,
    fullyQualifiedName: `${constructPath ?? `${stack}/${logicalId}`}/${property}`,
    kind: "resource",
  };
}

function location({ path, line }: ReportFile) {
  const artifactLocation = isAbsolute(path)
    ? { uri: pathToFileURL(path).href }
    : { uri: encodeURI(path), uriBaseId: "%SRCROOT%" };
  const region = line === undefined ? {} : { region: { startLine: line } };
  return { physicalLocation: { artifactLocation, ...region } };
}

function notification(heading: string, part: UnreadPart) {
  return {
    descriptor: { id: notJudged, index: 0 },
    level: "note",
    message: { text: `${heading}: ${describePart(part)}` },
    locations: [location(repositoryFile(part.templateFile))],
  };
}
