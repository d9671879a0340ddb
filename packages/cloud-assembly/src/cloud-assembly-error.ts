/**
 * What the author of an app or a template can fix: a missing file, a template that CloudFormation
 * would refuse, a value of the wrong type. The message names file or logical id, property, value and
 * remedy.
 */
export class CloudAssemblyError extends Error {
  override readonly name = "CloudAssemblyError";

  /** The fact behind a refusal, as a consumer of the package names it; absent where none applies. */
  readonly factId: string | undefined;

  constructor(message: string, options: { factId?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.factId = options.factId;
  }
}

/**
 * Returns what is read, or undefined where reading it is refused: a fault in a resource that nothing
 * refers to must not keep others from being found.
 */
export function tryResolve<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CloudAssemblyError) return undefined;
    throw error;
  }
}
