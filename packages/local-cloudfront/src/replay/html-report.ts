import { formatDollars } from "cf-rules";
import {
  differing,
  engineNames,
  figuresOf,
  hasPathsOfOthers,
  percent,
  sidesOf,
  whole,
} from "./describe-report.ts";
import { htmlStyle } from "./html-style.ts";
import type {
  CountedText,
  ReplayReport,
  ReportedDifference,
  ReportedSide,
} from "./replay-report.ts";

/** Returns a report as one page that loads nothing, in light and in dark colours. */
export function htmlReport(report: ReplayReport): string {
  const sides = sidesOf(report);
  const { lines, period, isInterrupted, brokenLines } = report;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Replay of access logs</title>
<style>${htmlStyle}</style>
<main>
<h1>Replay of access logs</h1>
<p>${whole(lines.replayed)} of ${whole(lines.read)} lines${period === undefined ? "" : `, ${text(period.from)} to ${text(period.to)}`}.
${isInterrupted ? "<strong>Interrupted: this is the report so far.</strong>" : ""}</p>
<ul>${sides.map(([name, { assembly }]) => `<li>${name} is <code>${text(assembly)}</code></li>`).join("")}</ul>
${hitRatios(report, sides)}
${overview(report)}
${figures(report, sides)}
${sides.map(([name, side]) => cacheKey(name, side)).join("")}
${sides.map(([name, side]) => functions(name, side)).join("")}
${differences(report)}
${sides.map(([name, { refusals }]) => countedTexts(`Refused by ${name}`, refusals)).join("")}
${section(
  "Broken lines",
  brokenLines.map(({ file, line, reason }) => `${file}:${line}: ${reason}`),
  lines.broken,
)}
${section("Not in a log, and not replayed", report.notInTheLog)}
${section("Assumed", report.assumptions)}
</main>
</html>
`;
}

type Sides = ReturnType<typeof sidesOf>;

function hitRatios({ log }: ReplayReport, sides: Sides): string {
  const bars = [
    ["log", log.hitRatio] as const,
    ...sides.map(([name, side]) => [name, side.hitRatio] as const),
  ];
  return `<h2>Hit ratio</h2><table class="bars">${bars.map(([name, ratio]) => bar(name, ratio)).join("")}</table>`;
}

/** Which share of the requests differs, and in what. */
function overview({ a, differences, differingRequests = 0 }: ReplayReport): string {
  if (differences === undefined) return "";
  const bars = differences.map(({ what, requests }) => bar(what, requests / a.requests));
  return `<h2>${differing(differingRequests)}</h2><table class="bars">${bars.join("")}</table>`;
}

/** A row of a chart: its length is a share of the whole width. */
function bar(name: string, ratio: number | undefined): string {
  const width = ((ratio ?? 0) * 100).toFixed(1);
  return `<tr><th scope="row">${text(name)}</th><td><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="10" class="rest"/><rect width="${width}" height="10"/></svg></td><td>${percent(ratio)}</td></tr>`;
}

function figures(report: ReplayReport, sides: Sides): string {
  const rows = figuresOf(report).map(
    ([name, ...values]) =>
      `<tr><th scope="row">${breakable(text(name))}</th>${values.map((value) => `<td>${text(value)}</td>`).join("")}</tr>`,
  );
  const names = ["log", ...sides.map(([name]) => name)];
  return `<h2>Figures</h2>${scrolled("Figures")}<table><thead><tr><td></td>${names.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function cacheKey(
  name: string,
  { cacheKey: { hitRatio, without, unexaminedParts } }: ReportedSide,
): string {
  if (without.length === 0) return "";
  const bars = without.map((each) => bar(`without the ${each.part}`, each.hitRatio));
  const further =
    unexaminedParts > 0 ? `<p>${unexaminedParts} further parts were not examined.</p>` : "";
  return `<h2>What the cache key of ${name} costs</h2><table class="bars">${bar("as it is", hitRatio)}${bars.join("")}</table>${further}`;
}

function functions(name: string, { functions, monthCost }: ReportedSide): string {
  if (functions.length === 0) return "";
  const rows = functions.map(
    (each, index) =>
      `<tr><th scope="row">${text(each.name)} at ${each.eventType} ${engineNames[each.engine]}</th><td>${whole(each.invocations)}</td><td>${whole(each.failures)}</td><td>${text(formatDollars(monthCost.functions[index]?.cost ?? 0))}</td></tr>`,
  );
  const failures = functions.flatMap(({ failureExamples }) => failureExamples);
  return `<h2>Functions of ${name}</h2>${scrolled(`Functions of ${name}`)}<table><thead><tr><td></td><th scope="col">invocations</th><th scope="col">failed</th><th scope="col">a month</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>${countedTexts(`What failed in ${name}`, failures)}`;
}

function differences({ logDifferences, differences }: ReplayReport): string {
  const ofLog =
    logDifferences.requests > 0
      ? `<h2>A has another status than the log</h2>${difference(logDifferences, ["log", "A"])}`
      : "";
  if (differences === undefined) return ofLog;
  const each = differences.map((one) => difference(one, ["A", "B"])).join("");
  return each === "" ? ofLog : `${ofLog}<h2>What differs between A and B</h2>${each}`;
}

function difference(
  { what, requests, examples }: ReportedDifference,
  [from, to]: readonly [string, string],
): string {
  const rows = examples.map(
    ({ path, before = "(none)", after = "(none)", requests }) =>
      `<tr><td>${whole(requests)}</td><td class="text">${text(path)}</td><td class="text">${text(before)}</td><td class="text">${text(after)}</td></tr>`,
  );
  return `<details open><summary>${text(what)}: ${whole(requests)} requests</summary>${scrolled(what)}<table class="examples"><thead><tr><th scope="col">requests</th><th scope="col" class="text">${hasPathsOfOthers(what) ? "as at path" : "path"}</th><th scope="col" class="text">${from}</th><th scope="col" class="text">${to}</th></tr></thead><tbody>${rows.join("")}</tbody></table></div></details>`;
}

/** The beginning of what scrolls by itself where it is too wide, with the keyboard, too. */
function scrolled(label: string): string {
  return `<div class="scroll" role="region" tabindex="0" aria-label="${text(label)}">`;
}

function countedTexts(title: string, texts: readonly CountedText[]): string {
  return section(
    title,
    texts.map(({ text, requests }) => `${whole(requests)} × ${text}`),
  );
}

function section(title: string, sentences: readonly string[], count = sentences.length): string {
  if (sentences.length === 0) return "";
  const further =
    count > sentences.length ? `<p>… and ${whole(count - sentences.length)} more</p>` : "";
  return `<h2>${text(title)}</h2><ul>${sentences.map((sentence) => `<li>${text(sentence)}</li>`).join("")}</ul>${further}`;
}

/** As in `FunctionGeneratedResponse`, which may break between its words. */
function breakable(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "<wbr>");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function text(plain: string): string {
  return plain.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
