import { relative } from "node:path";
import { styleText } from "node:util";
import type { EdgeFinding, FindingPlace } from "./finding.ts";

const colours = { error: "red", warning: "yellow", info: "cyan" } as const;

/** How findings are written. */
export interface FormatOptions {
  /** @default false */
  readonly colours?: boolean;
}

/**
 * Writes findings for a terminal: what is wrong, where, and what to do.
 *
 * @returns one block of lines a finding, with an empty line between them.
 */
export function formatFindings(
  findings: readonly EdgeFinding[],
  { colours: hasColours = false }: FormatOptions = {},
): string {
  return findings
    .map(({ severity, ruleId, message, remedy, place }) => {
      const head = `${severity} ${ruleId}`;
      return [
        hasColours ? styleText(colours[severity], head, { validateStream: false }) : head,
        ...[message, ...placeLines(place), remedy].map((line) => `  ${line}`),
      ].join("\n");
    })
    .join("\n\n");
}

function placeLines(place: FindingPlace): readonly string[] {
  const { constructPath, logicalId, property, source, templateFile, line } = place;
  const file = relative(process.cwd(), templateFile);
  return [
    `at ${constructPath ?? `${place.stack}/${logicalId}`}, ${property}`,
    ...(source === undefined ? [] : [`in ${source}`]),
    `in ${file}${line === undefined ? "" : `:${line}`}`,
  ];
}
