import type { EdgeFinding } from "../finding.ts";

/** A rule, as README.md lists it. */
export interface RuleDescription {
  /** The severities that it has. */
  readonly severity: EdgeFinding["severity"] | "error, warning" | "error, info";
  /** What it refuses. */
  readonly refuses: string;
}

function error(refuses: string): RuleDescription {
  return { severity: "error", refuses };
}

function warning(refuses: string): RuleDescription {
  return { severity: "warning", refuses };
}

function info(refuses: string): RuleDescription {
  return { severity: "info", refuses };
}

/** All rules by the conformance fact that they stand for. */
export const ruleCatalogue: Readonly<Record<string, RuleDescription>> = {
  "LE-E-01": error("more memory than Lambda has or less than 128 MB, a zipped package above 50 MB"),
  "LE-E-02": warning(
    "on viewer events: a timeout above 5 s, memory above 128 MB, a zipped package above 1 MB",
  ),
  "LE-E-04": error("a timeout above 30 s or below 1 s"),
  "LE-E-07": error("more than 100 functions on a distribution"),
  "LE-E-08": error(
    "arm64, environment variables, layers, a VPC, a dead-letter queue, X-Ray, a container image, provisioned concurrency, ephemeral storage above 512 MB, a key of one's own for the code, runtime management other than Auto",
  ),
  "LE-E-09": warning("reserved concurrency"),
  "LE-E-10": error("code that stays in a bucket of one's own"),
  "LE-E-11": error("a function outside of us-east-1"),
  "LE-E-12": error("`$LATEST`, an alias, or no version at all"),
  "LE-E-13": {
    severity: "error, warning",
    refuses: "a runtime that does not run at the edge; one that is not known here (warning)",
  },
  "LE-E-15": warning("a runtime that is deprecated on the day of the check"),
  "LE-E-16": error("a runtime that can no longer be created or updated"),
  "LE-E-19": error("more than 100 origins"),
  "LE-F-01": warning("a role whose trust policy cannot be seen, since it is imported"),
  "LE-F-02": warning("`lambda:EnableReplication` or `DisableReplication` without its asterisk"),
  "LE-F-05": warning(
    "logs allowed only in `/aws/lambda/<function>`, where no edge function writes",
  ),
  "LE-F-08": warning("logs allowed in one region only"),
  "LE-F-09": error("a role that edgelambda.amazonaws.com cannot assume"),
  "LE-F-18": error("a role that lambda.amazonaws.com cannot assume"),
  "LE-A-08": warning("security headers left to a viewer-response function, which errors pass by"),
  "LE-A-27": error("gRPC on a cache behavior with Lambda@Edge functions"),
  "LE-A-29": error("two functions on one event type of a cache behavior"),
  "LE-A-30": error(
    "a CloudFront Function beside Lambda@Edge on viewer events, or on an origin event",
  ),
  "LE-A-40": {
    severity: "error, warning",
    refuses: "a default root object that starts with a slash; before a custom origin (warning)",
  },
  "LE-B-07": warning("`request.querystring` at origin-request when not all of it is forwarded"),
  "LE-B-20": {
    severity: "error, warning",
    refuses: "IncludeBody on a response event; `request.body` read without IncludeBody (warning)",
  },
  "LE-B-43": error("a custom header of an origin that CloudFront does not take"),
  "LE-B-50": warning("`cloudfront-viewer-*` read at viewer-request"),
  "LE-B-54": error("a handler that returns nothing, in one of its branches or at all"),
  "LE-C-01": error("a disallowed header, in code, config.json or a response headers policy"),
  "LE-C-04": error("a header that is read-only at viewer-request"),
  "LE-C-05": error("a header that is read-only at origin-request"),
  "LE-C-06": error("a header that is read-only at origin-response"),
  "LE-C-07": error("a header that is read-only at viewer-response, or kept by policies"),
  "LE-C-09": warning("response headers built anew, without the read-only ones"),
  "LE-C-11": error("a generated response with a read-only header, as in Content-Length"),
  "LE-C-19": error(
    "a handler that is not in the artefact, or that takes a callback where the runtime has none",
  ),
  "LE-D-03": error("a generated response whose status is not 200 to 599"),
  "LE-D-06": error("status 204 with a body at viewer-request"),
  "LE-D-16": error("a status changed at viewer-response"),
  "LE-D-17": error("a body changed at viewer-response"),
  "LE-D-26": error("a body that is an object"),
  "CF-G-11": warning("a minimum TTL above 0 where the cache key has cookies or Authorization"),
  "CF-H-01": info("a bucket that hides missing files as 403 from a custom error response for 404"),
  "CF-H-14": error("the viewer's Host header sent to an S3 origin, as AllViewer does"),
  "CF-J-06": error("a path pattern above 255 characters, or with a character not allowed"),
  "CF-J-13": error("more than 75 cache behaviors"),
  "CF-P-02": {
    severity: "error, info",
    refuses:
      "a function URL that nothing signs for, or that lacks one of its two permissions; bodies that viewers have to hash (info)",
  },
  "FN-I-07": error("a CloudFront Function that sets a header whose name is not lower-case"),
  "FN-I-15": error("a CloudFront Function above 10,240 bytes"),
  "FN-I-17": error("a CloudFront Function without `handler`"),
  "FN-I-18": error("syntax that cloudfront-js does not parse, in its own words with the line"),
  "FN-I-19": {
    severity: "error, info",
    refuses:
      "what CloudFront Functions lack: timers, fetch, eval, foreign modules; console.log of several values (info)",
  },
  "FN-I-26": error("`for…of` and destructuring, which cloudfront-js does not parse"),
  "FN-I-28": warning("a CloudFront Function that is associated and not published (`AutoPublish`)"),
  "FN-I-31": {
    severity: "error, info",
    refuses:
      "a function that reads a key value store and has none; a store without function (info)",
  },
  "FN-I-38": error("a response of one's own on viewer-response, which lacks Via"),
  "FN-I-44": error("`await` in the arguments of a call"),
  "FN-I-45": {
    severity: "error, warning",
    refuses:
      "built-ins that cloudfront-js lacks; methods by their name where the type is not known (warning)",
  },
  "FN-I-46": error("what cloudfront-js-1.0 lacks, as `const`"),
  "FN-I-47": {
    severity: "error, info",
    refuses:
      "what the CDK's default runtime, cloudfront-js-1.0, lacks; that runtime where the code runs on it (info)",
  },
  "FN-I-48": warning("a read of a key value store without a `catch`"),
  "FN-I-54": warning("a header given as a plain string, which is not set"),
  "FN-I-56": error("two CloudFront Functions of one name"),
};
