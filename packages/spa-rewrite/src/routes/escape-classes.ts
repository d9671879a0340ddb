// What stands for itself in a class without the flag v, and needs a backslash under v.
// https://tc39.es/ecma262/#prod-ClassSetSyntaxCharacter
const reserved = /[()[{}/|]/;
// https://tc39.es/ecma262/#prod-ClassSetReservedDoublePunctuator
const doubled = /^([&!#$%*+,.:;<=>?@^`~])\1/;

/**
 * Returns a regular expression with a backslash before each character of its classes that needs one under the
 * flag v, with which URLPattern compiles groups: routers and path-to-regexp compile `[a-z-]` without it.
 *
 * @returns `undefined` where it is not valid without the flag either.
 */
export function escapeClasses(source: string): string | undefined {
  if (!isValid(source, "")) return undefined;
  const escaped = source.replaceAll(
    /\\.|\[(\^?)((?:\\.|[^\\\]])*)\]/gsu,
    (found, not: string | undefined, members: string | undefined) =>
      members === undefined ? found : `[${not}${escapeMembers(members)}]`,
  );
  return isValid(escaped, "v") ? escaped : undefined;
}

function escapeMembers(members: string): string {
  let written = "";
  for (let rest = members; rest !== "";) {
    const [found, from = "", to] = /^(\\.|.)(?:-(\\.|.))?/su.exec(rest) ?? [rest];
    // Beside a class of its own, a hyphen is one.
    const hyphen = [from, to].some((each) => each && /^\\[dDsSwW]$/.test(each)) ? "\\-" : "-";
    const read = to === undefined ? from : found;
    written +=
      to === undefined
        ? escapeOne(from, doubled.test(rest))
        : `${escapeOne(from)}${hyphen}${escapeOne(to)}`;
    rest = rest.slice(read.length);
  }
  return written;
}

function escapeOne(character: string, isDoubled = false): string {
  return reserved.test(character) || character === "-" || isDoubled
    ? character.replace(/^(?!\\)/, "\\")
    : character;
}

function isValid(source: string, flag: "" | "v"): boolean {
  try {
    new RegExp(source, flag);
    return true;
  } catch {
    return false;
  }
}
