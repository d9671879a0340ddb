/**
 * What a person can mend: a wrong option, a template that CloudFront would refuse, a missing file.
 * The message is one sentence or two: subject, problem, value, remedy. It is shown without a stack.
 */
export class LocalCloudFrontError extends Error {
  override readonly name = "LocalCloudFrontError";

  /** The conformance fact behind a refusal, as in `LE-A-29`; absent where none applies. */
  readonly factId: string | undefined;

  constructor(message: string, options: { factId?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.factId = options.factId;
  }
}
