import { EdgeSiteError } from "../edge-site-error.ts";

/** The codes by which AWS says that credentials have lapsed. */
const expired = ["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"];
const unknown = ["InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch"];
const denied = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "Forbidden"];

/** Returns the name of what AWS or its SDK has thrown, as in `AccessDenied`. */
export function awsErrorName(error: unknown): string {
  return error instanceof Error ? error.name : String(error);
}

/** Whether AWS has refused a request for want of a permission. */
export function isDenied(error: unknown): boolean {
  return denied.includes(awsErrorName(error));
}

/** Whether a region does not let us in: for want of a permission, or because the account has not switched it on. */
export function isRegionRefused(error: unknown): boolean {
  return isDenied(error) || awsErrorName(error) === "UnrecognizedClientException";
}

/**
 * Returns what AWS has said as an error that a user can act on; an `EdgeSiteError` stays what it is.
 *
 * @param subject What was not done, as in `The site is not published`.
 */
export function awsFailure(subject: string, cause: unknown): EdgeSiteError {
  if (cause instanceof EdgeSiteError) return cause;
  const name = awsErrorName(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  if (expired.includes(name)) {
    return new EdgeSiteError(
      "EXPIRED_CREDENTIALS",
      `The AWS credentials have expired: got ${name} from AWS. Sign in again with "aws sso login" or take new keys, then run this command again.`,
      { cause },
    );
  }
  if (unknown.includes(name)) {
    return new EdgeSiteError(
      "UNKNOWN_CREDENTIALS",
      `AWS does not know these credentials: got ${name}. Look at AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in again with "aws sso login".`,
      { cause },
    );
  }
  const remedy = isDenied(cause)
    ? '"npx edge-site preflight" says which permissions are missing.'
    : "Run the command again to complete it.";
  return new EdgeSiteError("AWS_FAILED", `${subject}: got ${name}: ${full(message)} ${remedy}`, {
    cause,
  });
}

function full(sentence: string): string {
  return /[.!?]$/.test(sentence.trim()) ? sentence.trim() : `${sentence.trim()}.`;
}
