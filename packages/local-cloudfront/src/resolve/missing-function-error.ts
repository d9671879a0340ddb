import { CloudAssemblyError, type TemplateProperty } from "cloud-assembly";

/** A function that no template holds, and that `--function` gives. */
export class MissingFunctionError extends CloudAssemblyError {
  /** The path of the association's property. */
  readonly path: string;
  /** The option that gives the function. */
  readonly option: string;

  /** @param missing `code` is as the shell takes it: `"Exported.Arn=FOLDER"`; `otherwise` helps as well. */
  constructor(
    property: TemplateProperty,
    missing: {
      readonly problem: string;
      readonly got: string;
      readonly code: string;
      readonly otherwise?: string;
    },
  ) {
    const { problem, got, code, otherwise } = missing;
    const option = `--function ${code}`;
    const or = otherwise === undefined ? "" : `, or ${otherwise}`;
    super(
      `${property.path} ${problem}: got ${JSON.stringify(got)}. Pass ${option} with its code${or}.`,
    );
    this.path = property.path;
    this.option = option;
  }
}

/**
 * Returns what is read; where functions are missing, the error names all of them at once.
 *
 * @param read throws about the first of them.
 * @param associations each looks for one function.
 * @throws {CloudAssemblyError} as `read` does.
 */
export function namingAllMissingFunctions<Value>(
  read: () => Value,
  associations: () => readonly (() => unknown)[],
): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MissingFunctionError)) throw error;
    const missing = associations().flatMap((find) => missingFunction(find) ?? []);
    const options = [...new Set(missing.map(({ option }) => option))];
    if (options.length < 2) throw error;
    throw new CloudAssemblyError(
      `Functions of the distribution are not in the assembly: got those of ${[...new Set(missing.map(({ path }) => path))].join(", ")}. Pass ${options.join(" ")} with their code, or put them into the same app or template.`,
    );
  }
}

function missingFunction(find: () => unknown): MissingFunctionError | undefined {
  try {
    find();
    return undefined;
  } catch (error) {
    if (error instanceof MissingFunctionError) return error;
    if (error instanceof CloudAssemblyError) return undefined;
    throw error;
  }
}
