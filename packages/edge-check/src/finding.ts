/** Where in an assembly a mistake is. */
export interface FindingPlace {
  /** The stack's name, or the template's file name where there is no assembly. */
  readonly stack: string;
  readonly logicalId: string;
  /** Within the resource, as in `Properties.Timeout`. */
  readonly property: string;
  /** As in `Site/Rewrite/Function/Resource`; undefined in a template that no CDK app wrote. */
  readonly constructPath: string | undefined;
  /** The line that made the construct, as in `lib/site.ts:12`, where the assembly has stack traces. */
  readonly source: string | undefined;
  /** Absolute path of the template. */
  readonly templateFile: string;
  /** The template's line of the property, or of what comes nearest to it. */
  readonly line: number | undefined;
}

/** One thing that CloudFront would refuse, or that would not work once it is deployed. */
export interface EdgeFinding {
  /** The conformance fact behind it, as in `LE-E-08`; README.md lists all of them. */
  readonly ruleId: string;
  /** An error is refused by CloudFront or fails each request; a warning may be weighed. */
  readonly severity: "error" | "warning" | "info";
  /** What is wrong, value included, in a sentence. */
  readonly message: string;
  /** What to do instead, in a sentence. */
  readonly remedy: string;
  readonly place: FindingPlace;
}
