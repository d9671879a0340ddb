import { Parser } from "acorn";
import type { AnyNode, Options, Program } from "acorn";
import { translateParserError } from "./acorn-errors.ts";
import { refusalsOf } from "./syntax-rules.ts";
import type { SyntaxFinding } from "./syntax-finding.ts";
import { refusalsOfRuntime1 } from "./syntax-rules-1.0.ts";
import { lineAt } from "./token-text.ts";
import type { CloudFrontJsRuntime, CloudFrontJsViolation } from "./violation.ts";

/** A function's code that the runtime parses, or where it stops. */
export type ParsedCloudFrontJs =
  | { readonly kind: "program"; readonly program: Program }
  | { readonly kind: "violation"; readonly violation: CloudFrontJsViolation };

const options: Options = {
  ecmaVersion: "latest",
  // A module is strict, as functions are, and may import.
  sourceType: "module",
  allowAwaitOutsideFunction: false,
  allowReserved: false,
};

/** What the parser calls for each node that it has read, also where it stops later. */
interface FinishingParser {
  finishNode(node: AnyNode, type: string): AnyNode;
  parse(): Program;
}

type FinishingParserClass = new (options: Options, input: string) => FinishingParser;

/** Parses a function's code as the runtime does: what the runtime refuses first is the violation. */
export function parseCloudFrontJs(code: string, runtime: CloudFrontJsRuntime): ParsedCloudFrontJs {
  const scope = { code, runtime };
  const found: SyntaxFinding[] = [];
  // The parser's types leave out what plugins override, and its constructor.
  const Base = Parser as unknown as FinishingParserClass;
  class CloudFrontJsParser extends Base {
    override finishNode(node: AnyNode, type: string): AnyNode {
      const finished = super.finishNode(node, type);
      found.push(...refusalsOf(finished, scope));
      if (runtime === "cloudfront-js-1.0") found.push(...refusalsOfRuntime1(finished, scope));
      return finished;
    }
  }
  try {
    const program = new CloudFrontJsParser(options, code).parse();
    if (found.length === 0) return { kind: "program", program };
  } catch (error) {
    if (!(error instanceof SyntaxError) || !("pos" in error) || typeof error.pos !== "number") {
      throw error;
    }
    const message = error.message.replace(/ \(\d+:\d+\)$/, "");
    found.push({
      ...translateParserError(code, { message, offset: error.pos }),
      remedy: "Correct the syntax.",
      factId: "FN-I-26",
    });
  }
  const [first] = found.toSorted((a, b) => a.offset - b.offset);
  if (first === undefined) throw new TypeError("A parser that fails names where.");
  return { kind: "violation", violation: { ...first, line: lineAt(code, first.offset) } };
}
