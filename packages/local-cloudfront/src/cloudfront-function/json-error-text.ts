const TOKEN =
  // oxlint-disable-next-line no-control-regex -- JSON forbids them in strings
  /\s*(?:[{}[\]:,]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true\b|false\b|null\b)/y;

/** Returns what the runtime's `JSON.parse` says of a text that is no JSON. */
export function jsonErrorText(text: string): string {
  const offset = lastGoodOffset(text);
  if (/,\s*$/.test(text.slice(0, offset)) && /[\]}]/.test(text.charAt(offset))) {
    return `Trailing comma at position ${offset - 1}`;
  }
  return offset >= text.length
    ? `Unexpected end of input at position ${text.length}`
    : `Unexpected token at position ${offset}`;
}

/** Where the longest beginning of a text ends that some JSON has, spaces after it included. */
function lastGoodOffset(text: string): number {
  const open: ("{" | "[")[] = [];
  let expects: "value" | "value or ]" | "key or }" | "key" | ":" | ", or end" = "value";
  let offset = 0;
  for (;;) {
    offset += /^\s*/.exec(text.slice(offset))?.[0].length ?? 0;
    TOKEN.lastIndex = offset;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return isCutOff(text.slice(offset)) ? text.length : offset;
    const [first = ""] = token;
    if (expects === ":") {
      if (first !== ":") return offset;
      expects = "value";
    } else if (expects === ", or end") {
      const container = open.at(-1);
      if (first === "," && container !== undefined) expects = container === "{" ? "key" : "value";
      else if (container !== undefined && first === (container === "{" ? "}" : "]")) open.pop();
      else return offset;
    } else if (expects === "key" || expects === "key or }") {
      if (first === "}" && expects === "key or }") {
        open.pop();
        expects = ", or end";
      } else if (first === '"') expects = ":";
      else return offset;
    } else if (first === "{" || first === "[") {
      open.push(first);
      expects = first === "{" ? "key or }" : "value or ]";
    } else if (first === "]" && expects === "value or ]") {
      open.pop();
      expects = ", or end";
    } else if (/[}\],:]/.test(first)) return offset;
    else expects = ", or end";
    offset += token.length;
  }
}

/** Says whether a rest that is no token is the beginning of a string: only those run on to the end. */
function isCutOff(rest: string): boolean {
  return rest === "" || /^"(?:[^"\\]|\\.)*$/.test(rest);
}
