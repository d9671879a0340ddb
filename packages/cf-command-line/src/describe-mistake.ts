const remedy = /[.?]$/;

/**
 * Returns one line on a mistake in the arguments, made of the several that the parser of the command
 * line writes. Where these name no remedy, the help is one.
 *
 * @param commandName by which the command was called
 */
export function describeMistake(commandName: string, parserMessage: string): string {
  const [problem = "", suggestion] = parserMessage
    .trim()
    .replace(/^error: /, "")
    .split("\n");
  const sentence = `${problem.charAt(0).toUpperCase()}${problem.slice(1)}`;
  if (suggestion !== undefined) return `${sentence}: ${suggestion.replace(/^\(D(.*)\)$/, "d$1")}`;
  return remedy.test(sentence) ? sentence : `${sentence}: ${commandName} --help lists the options.`;
}
