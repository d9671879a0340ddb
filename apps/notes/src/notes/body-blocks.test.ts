import { describe, expect, it } from "vitest";
import { bodyBlocks, excerpt } from "./body-blocks.ts";

describe("bodyBlocks", () => {
  it("parts paragraphs at blank lines and keeps their line breaks", () => {
    expect(bodyBlocks("One\nand a half\n\n  \nTwo")).toEqual([
      { kind: "paragraph", text: "One\nand a half" },
      { kind: "paragraph", text: "Two" },
    ]);
  });

  it("reads lines with a hyphen or an asterisk as a list", () => {
    expect(bodyBlocks("- flour\n* water")).toEqual([{ kind: "list", items: ["flour", "water"] }]);
  });

  it("leaves a paragraph alone that has one hyphen", () => {
    expect(bodyBlocks("Buy:\n- flour")).toEqual([{ kind: "paragraph", text: "Buy:\n- flour" }]);
  });

  it("finds nothing in an empty body", () => {
    expect(bodyBlocks(" \n ")).toEqual([]);
  });
});

describe("excerpt", () => {
  it("is one line, in which a list reads as a sentence", () => {
    expect(excerpt("Mix\nthese:\n\n- flour\n- water\n\nFold.")).toBe(
      "Mix these: flour, water. Fold.",
    );
  });

  it("leaves list items alone that are sentences already", () => {
    expect(excerpt("- Stop.\n- Really?")).toBe("Stop. Really?");
  });

  it("ends after 240 characters", () => {
    expect(excerpt("a".repeat(1000))).toHaveLength(240);
  });
});
