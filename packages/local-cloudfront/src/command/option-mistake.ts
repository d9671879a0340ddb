const remedy = /[.?]$/;

/**
 * Returns one line on a mistake in the command's options, made of what the parser of the command
 * line says: that has several, and where it names no remedy, there is the help.
 *
 * @param commandName by which the command was called
 */
export function optionMistake(commandName: string, parserMessage: string): string {
  const [problem = "", suggestion] = parserMessage
    .trim()
    .replace(/^error: /, "")
    .split("\n");
  const sentence = `${problem.charAt(0).toUpperCase()}${problem.slice(1)}`;
  if (suggestion !== undefined) return `${sentence}: ${suggestion.replace(/^\(D(.*)\)$/, "d$1")}`;
  return remedy.test(sentence) ? sentence : `${sentence}: ${commandName} --help lists the options.`;
}
