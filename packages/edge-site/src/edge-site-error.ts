import { CodedError } from "option-checks";

/** Why a command ends. Each code is something that its user can mend. */
export type EdgeSiteErrorCode =
  /** edge.config.ts is absent, does not load, or holds an unknown key or a value that is not valid. */
  | "INVALID_CONFIG"
  /** No stage of that name is in edge.config.ts. */
  | "UNKNOWN_STAGE"
  /** The site's folder is absent or has no document. */
  | "SITE_NOT_BUILT"
  /** The site's folder has something in it that cannot be published. */
  | "REFUSED_SITE_FILE"
  /** Another deploy publishes to the same bucket. */
  | "PUBLISHED_BY_OTHERS"
  /** Another release went live while this one was published. */
  | "SWITCHED_BY_OTHERS"
  /** The stage has no releases. */
  | "NO_RELEASES"
  /** There is no release, or preview, of that name. */
  | "UNKNOWN_RELEASE"
  /** A build has written into the site's folder while it was published. */
  | "SITE_CHANGED"
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
  /** There is no stack to ask. */
  | "NOT_DEPLOYED"
  /** A command does not take this argument. */
  | "INVALID_ARGUMENT"
  /** No AWS credentials were found. */
  | "NO_CREDENTIALS"
  /** AWS takes the credentials no longer. */
  | "EXPIRED_CREDENTIALS"
  /** AWS has never heard of the credentials. */
  | "UNKNOWN_CREDENTIALS"
  /** The stage belongs into another account. */
  | "WRONG_ACCOUNT"
  /** The account has not been prepared for the CDK. */
  | "NOT_BOOTSTRAPPED"
  /** CloudFormation has not finished what it had begun with the stack. */
  | "STACK_NOT_READY"
  /** The stack may not be deleted. */
  | "STACK_PROTECTED"
  /** Lambda@Edge still holds replicas of functions to delete. */
  | "REPLICAS_REMAIN"
  /** The stage can have no canary, or has none. */
  | "NO_CANARY"
  /** Part of the viewers get a canary. */
  | "CANARY_RUNNING"
  /** What would be promoted is not what the canary runs. */
  | "CANARY_DIFFERS"
  /** The CDK CLI has said itself what went wrong. */
  | "CDK_FAILED"
  /** The stack lacks what edge-site writes into it. */
  | "MISSING_OUTPUTS"
  /** AWS has refused a request or could not be reached. */
  | "AWS_FAILED"
  /** The live site does not respond as it is expected to. */
  | "LIVE_CHECK_FAILED"
  /** Something that a deploy needs is missing. */
  | "NOT_READY_TO_DEPLOY";

/** A mistake whose message is shown without a stack. */
export class EdgeSiteError extends CodedError<EdgeSiteErrorCode> {
  override readonly name = "EdgeSiteError";
}
