import type { ResultHeaders } from "cf-types";
import { cloudFrontFunctionHeaders } from "edge-handler";
import type { InlineSecurityHeaders } from "./edge/cloudfront-security-headers.ts";
import type { CompiledSecurityHeaders } from "./edge/compiled-security-headers.ts";
import { readySecurityHeaders } from "./edge/ready-security-headers.ts";

/** Returns compiled options as they are in the code of a CloudFront Function: JSON and regular expressions. */
export function inlineConfig(compiled: CompiledSecurityHeaders): InlineSecurityHeaders {
  return readySecurityHeaders(compiled, {
    headersOf: (lines) => cloudFrontFunctionHeaders(lines as ResultHeaders),
    namesOf: (names) => ` ${names.join(" ")} `,
  });
}
