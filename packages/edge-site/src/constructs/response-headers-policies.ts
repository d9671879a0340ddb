import { CfnResource, Names } from "aws-cdk-lib";
import { type IResponseHeadersPolicy, ResponseHeadersPolicy } from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";
import type { PlacedFunction } from "../artefact/placed-functions.ts";

/** What is the same of all policies. */
export interface PolicyOptions {
  /** Whether search engines may list the site. */
  readonly isListed: boolean;
}

const notListed: Readonly<Record<string, string>> = { "X-Robots-Tag": "noindex" };

/**
 * Makes the response headers policies of the functions that offer one: with them no response goes out
 * bare, not even one that no function sees (LE-A-08, LE-A-10, LE-A-11).
 *
 * @returns The policy of a path pattern: that of a function that its cache behavior runs, else of the first
 *   function that offers one, else none.
 */
export function responseHeadersPolicies(
  scope: Construct,
  functions: readonly PlacedFunction[],
  { isListed }: PolicyOptions,
): (pathPattern: string) => IResponseHeadersPolicy | undefined {
  const extra = isListed ? {} : notListed;
  const made = functions.flatMap(({ responseHeadersPolicy, pathPatterns }, index) =>
    responseHeadersPolicy === undefined
      ? []
      : {
          policy: policyOf(scope, `Headers${index}`, (name) =>
            withCustomHeaders(responseHeadersPolicy(name), extra),
          ),
          pathPatterns,
        },
  );
  if (made.length === 0 && !isListed) {
    const bare = policyOf(scope, "Headers", (name) => withCustomHeaders({ Name: name }, extra));
    return () => bare;
  }
  return (pathPattern) =>
    (made.find(({ pathPatterns }) => pathPatterns.includes(pathPattern)) ?? made[0])?.policy;
}

/**
 * Returns CloudFront's own policy of security headers in the place of those of the functions: what no function sees
 * is not bare, though it has other values.
 */
export function managedHeadersPolicy(
  functions: readonly PlacedFunction[],
): (pathPattern: string) => IResponseHeadersPolicy | undefined {
  const isOffered = functions.some((each) => each.responseHeadersPolicy !== undefined);
  return () => (isOffered ? ResponseHeadersPolicy.SECURITY_HEADERS : undefined);
}

/** The parts of a `ResponseHeadersPolicyConfig` that are changed. */
interface CustomHeadersPolicy {
  readonly Name?: string;
  readonly CustomHeadersConfig?: { readonly Items: readonly object[] };
}

function withCustomHeaders(
  config: CustomHeadersPolicy,
  headers: Readonly<Record<string, string>>,
): object {
  const added = Object.entries(headers).map(([Header, Value]) => ({
    Header,
    Value,
    Override: true,
  }));
  if (added.length === 0) return config;
  const Items = [...(config.CustomHeadersConfig?.Items ?? []), ...added];
  return { ...config, CustomHeadersConfig: { Items } };
}

function policyOf(
  scope: Construct,
  id: string,
  configOf: NonNullable<PlacedFunction["responseHeadersPolicy"]>,
): IResponseHeadersPolicy {
  const resource = new CfnResource(scope, id, { type: "AWS::CloudFront::ResponseHeadersPolicy" });
  const name = Names.uniqueResourceName(resource, { maxLength: 128 });
  resource.addPropertyOverride("ResponseHeadersPolicyConfig", configOf(name));
  return ResponseHeadersPolicy.fromResponseHeadersPolicyId(scope, `${id}Policy`, resource.ref);
}
