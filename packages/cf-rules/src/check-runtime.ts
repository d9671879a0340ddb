import type { AssociationFinding } from "./association-finding.ts";
import type { EdgeFunctionConfiguration } from "./edge-function-configuration.ts";
import type { RuntimeDates } from "./runtimes.ts";

/** Checks whether a function's runtime is one of the edge, and how long it still lives (LE-E-13 to LE-E-17). */
export function checkRuntime(
  { name, runtime }: EdgeFunctionConfiguration,
  today: string,
  runtimes: Readonly<Record<string, RuntimeDates>>,
): readonly AssociationFinding[] {
  if (runtime === undefined) {
    return [];
  }
  const subject = `${name}.Runtime`;
  const dates = Object.hasOwn(runtimes, runtime) ? runtimes[runtime] : undefined;
  const current = Object.keys(runtimes).filter((id) => !isPast(runtimes[id]?.deprecation, today));
  const remedy = `Use ${current.filter((id) => !isPast(runtimes[id]?.blockCreate, today)).join(", ")}.`;
  const finding = (
    factId: string,
    severity: AssociationFinding["severity"],
    what: string,
  ): AssociationFinding => {
    const problem = `${what}: got ${JSON.stringify(runtime)}`;
    return { factId, severity, subject, problem, message: `${subject} ${problem}.`, remedy };
  };
  const blocked = finding("LE-E-16", "error", "can neither be created nor updated any more");
  if (isOlder(runtime, Object.keys(runtimes))) return [blocked];
  if (dates === undefined) {
    return /^(nodejs|python)\d/.test(runtime)
      ? [finding("LE-E-13", "warning", "is not known here")]
      : [finding("LE-E-13", "error", "is not one that runs at the edge")];
  }
  if (isPast(dates.blockUpdate ?? dates.blockCreate, today)) return [blocked];
  return isPast(dates.deprecation, today)
    ? [finding("LE-E-15", "warning", `is deprecated since ${dates.deprecation}`)]
    : [];
}

/** Days as in `2026-11-23` sort as text. */
function isPast(day: string | undefined, today: string): boolean {
  return day !== undefined && day <= today;
}

/** Whether a runtime is older than all that are known of its language: `nodejs12.x`, `python2.7`. */
function isOlder(runtime: string, known: readonly string[]): boolean {
  const [language] = /^(?:nodejs|python)/.exec(runtime) ?? [];
  if (language === undefined) return false;
  return known
    .filter((id) => id.startsWith(language))
    .every((id) => id.localeCompare(runtime, "en", { numeric: true }) > 0);
}
