const bytesInLine = 16;

/** Returns bytes as lines of offset, hexadecimal digits, and what of them is ASCII. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += bytesInLine) {
    const line = [...bytes.subarray(offset, offset + bytesInLine)];
    const digits = line.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const ascii = line
      .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "."))
      .join("");
    lines.push(
      `${offset.toString(16).padStart(6, "0")}  ${digits.padEnd(bytesInLine * 3 - 1)}  ${ascii}`,
    );
  }
  return lines.join("\n");
}

/** Returns the bytes that a text in base64 stands for. */
export function bytesOfBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
