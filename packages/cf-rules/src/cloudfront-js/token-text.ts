const WORD = /[A-Za-z_$][\w$]*/y;
const NUMBER =
  /0[bBoO]\d*|0[xX][\da-fA-F]*|0\d|\.\d+(?:[eE][+-]?\d+)?|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/y;
const STRING = /"((?:[^"\\\n]|\\[^])*)"|'((?:[^'\\\n]|\\[^])*)'/y;
const PUNCTUATOR =
  />>>=|===|!==|>>>|\.\.\.|\*\*=|<<=|>>=|=>|==|!=|<=|>=|&&|\|\||\?\?|\+\+|--|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<<|>>|\*\*|[^]/uy;
const SPACE = /(?:\s|\/\/.*|\/\*[^]*?\*\/)*/y;

function matchAt(pattern: RegExp, code: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset;
  return pattern.exec(code);
}

/** Returns the offset of the first token at or after an offset: spaces and comments are none. */
export function nextTokenAt(code: string, offset: number): number {
  return offset + (matchAt(SPACE, code, offset)?.[0].length ?? 0);
}

/** Returns how the runtime writes the token at an offset; undefined at the end of the code. */
export function tokenText(code: string, offset: number): string | undefined {
  const string = matchAt(STRING, code, offset);
  if (string !== null) return string[1] ?? string[2];
  return [WORD, NUMBER, PUNCTUATOR]
    .map((pattern) => matchAt(pattern, code, offset)?.[0])
    .find((text) => text !== undefined);
}

/** Returns the offset just after the token at an offset. */
export function endOfToken(code: string, offset: number): number {
  const string = matchAt(STRING, code, offset)?.[0];
  return offset + (string ?? tokenText(code, offset) ?? "").length;
}

/** Returns the line of an offset, from 1, as the runtime counts: only line feeds end one. */
export function lineAt(code: string, offset: number): number {
  let line = 1;
  for (let index = code.indexOf("\n"); index !== -1 && index < offset; line += 1) {
    index = code.indexOf("\n", index + 1);
  }
  return line;
}

/** What the runtime says of a token that its grammar does not take. */
export function unexpectedToken(code: string, offset: number): string {
  const text = tokenText(code, offset);
  return text === undefined
    ? "SyntaxError: Unexpected end of input"
    : `SyntaxError: Unexpected token "${text}"`;
}

/** What the runtime says of a token that its grammar names as missing. */
export function unsupportedToken(code: string, offset: number): string {
  return `SyntaxError: Token "${tokenText(code, offset) ?? ""}" not supported in this version`;
}

/** Returns the offset just after the block that begins at or after an offset; the end of the code where it does not end. */
export function endOfBlock(code: string, offset: number): number {
  let depth = 0;
  let at = nextTokenAt(code, offset);
  for (let token = tokenText(code, at); token !== undefined; token = tokenText(code, at)) {
    at = endOfToken(code, at);
    if (token === "{") depth += 1;
    if (token === "}") depth -= 1;
    if (depth === 0) return at;
    at = nextTokenAt(code, at);
  }
  return code.length;
}
