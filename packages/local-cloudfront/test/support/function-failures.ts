import type { FunctionFailure, LocalCloudFront } from "../../src/index.ts";
import type { TestResponse } from "./start-test-cloudfront.ts";

/** Returns the sentence on CloudFront's error page. */
export function sentenceOf(body: string): string {
  const [, sentence = "no error page"] = /<HR noshade size="1px">\n(.*)\n<BR/.exec(body) ?? [];
  return sentence.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&amp;", "&");
}

/** Returns why a function of the latest request failed; undefined where none did. */
export function failureOf(cloudfront: LocalCloudFront): FunctionFailure | undefined {
  const steps = cloudfront.traces().at(-1)?.steps ?? [];
  return steps
    .flatMap((step) =>
      "failure" in step && typeof step.failure === "object" ? [step.failure] : [],
    )
    .at(-1);
}

/** Returns what the latest request's functions are warned of. */
export function warningsOf(cloudfront: LocalCloudFront): readonly string[] {
  const steps = cloudfront.traces().at(-1)?.steps ?? [];
  return steps.flatMap((step) => ("run" in step ? step.run.warnings : []));
}

/** What the viewer of the latest request saw, and which fact decided. */
export interface Refusal {
  readonly status: number;
  readonly xCache: string;
  readonly sentence: string;
  readonly factId: string | undefined;
}

/** Returns how the latest request was refused. */
export function refusalOf(
  { status, xCache, body }: TestResponse,
  cloudfront: LocalCloudFront,
): Refusal {
  return { status, xCache, sentence: sentenceOf(body), factId: failureOf(cloudfront)?.factId };
}

const failedValidation = "The Lambda function result failed validation: ";

/** The sentence for a header that a function must leave alone. */
export const readOnlySentence = `${failedValidation}The function tried to add, delete, or change a read-only header.`;

/** The sentence for a header that a function must not add. */
export const disallowedSentence = `${failedValidation}The function tried to add a blacklisted header.`;

/** The sentence for a body that is too large, or none. */
export const bodySentence = `${failedValidation}The body is not a string, is not an object, or exceeds the maximum size.`;
