/** Why a command of infra ends. Each code is something that its user can mend. */
export type InfraErrorCode =
  /** edge.config.ts is absent, does not load, or holds an unknown key or a value that is not valid. */
  | "INVALID_CONFIG"
  /** No stage of that name is in edge.config.ts. */
  | "UNKNOWN_STAGE"
  /** The site's folder is absent or has no document. */
  | "SITE_NOT_BUILT"
  /** No package of that name is installed. */
  | "UNKNOWN_PACKAGE"
  /** The package has no artefact in its exports. */
  | "NOT_AN_EDGE_FUNCTION"
  /** The package's artefact is not there yet. */
  | "PACKAGE_NOT_BUILT"
  /** The bundle is not the one that its manifest describes. */
  | "BUNDLE_MISMATCH"
  /** A function's options cannot work on the site. */
  | "SYNTH_CHECK_FAILED"
  /** CloudFront would refuse what was synthesized, or it would not work at the edge. */
  | "REFUSED_BY_RULES"
  /** There is no assembly to deploy. */
  | "NOT_SYNTHESIZED"
  /** No AWS credentials were found. */
  | "NO_CREDENTIALS"
  /** The CDK CLI has said itself what went wrong. */
  | "CDK_FAILED"
  /** The site's files could not be published. */
  | "NOT_PUBLISHED";

/** A mistake that is told in a sentence or two and shown without a stack. */
export class InfraError extends Error {
  override readonly name = "InfraError";
  readonly code: InfraErrorCode;

  constructor(code: InfraErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
