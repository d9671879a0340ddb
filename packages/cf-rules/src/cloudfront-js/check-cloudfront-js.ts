import { findAbsences } from "./find-absences.ts";
import { parseCloudFrontJs } from "./parse-cloudfront-js.ts";
import type { CheckCloudFrontJsOptions, CloudFrontJsCheck } from "./violation.ts";

/**
 * Says what the runtime of CloudFront Functions would say of a function's code: where it stops parsing, in its
 * own words, and which of the built-ins that the code names it lacks.
 *
 * @param code as deployed
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
export function checkCloudFrontJs(
  code: string,
  { runtime }: CheckCloudFrontJsOptions,
): CloudFrontJsCheck {
  const parsed = parseCloudFrontJs(code, runtime);
  return parsed.kind === "violation"
    ? { violation: parsed.violation, absences: [] }
    : { violation: undefined, absences: findAbsences(code, parsed.program, runtime) };
}
