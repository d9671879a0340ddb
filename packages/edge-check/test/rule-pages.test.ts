import { readdirSync } from "node:fs";
import { expect, describe, it } from "vitest";
import { checkAssembly } from "../src/check-assembly.ts";
import { explainRule } from "../src/explain/explain-rule.ts";
import { ruleMarkdown } from "../src/explain/rule-markdown.ts";
import { ruleCatalogue } from "../src/rules/rule-catalogue.ts";
import { applyExample } from "./example-template.ts";
import { writtenTemplate } from "./written-template.ts";

const today = "2026-11-26";
const ids = Object.keys(ruleCatalogue);

it("each rule has a page, and each page a rule", () => {
  const pages = readdirSync(new URL("../rules", import.meta.url));
  expect(pages.toSorted()).toEqual(ids.map((id) => `${id}.md`).toSorted());
});

describe.each(ids)("the page of %s", (id) => {
  const rule = explainRule(id);
  const found = (example: typeof rule.refused): readonly string[] => {
    using written = writtenTemplate(applyExample(example));
    return checkAssembly(written.file, { today }).map(({ ruleId }) => ruleId);
  };

  it("has an example that this rule refuses, and no other", () => {
    expect(new Set(found(rule.refused))).toEqual(new Set([id]));
  });

  it("has an example that passes", () => {
    expect(found(rule.passes)).toEqual([]);
  });

  it("names a page of AWS", () => {
    const [{ url }] = rule.sources;
    expect(new URL(url).host).toBe("docs.aws.amazon.com");
  });
});

it("a rule is explained in Markdown", () => {
  expect(ruleMarkdown("LE-C-04")).toMatchInlineSnapshot(`
    "**Refuses** a header that is read-only at viewer-request (error).

    \`CDN-Loop\`, \`Content-Length\`, \`Host\`, \`Transfer-Encoding\` and \`Via\` are read-only at viewer-request: a function must return them as they came. CloudFront responds to any change with 502.

    ## Refused

    \`\`\`js title="viewer-request"
    exports.handler = async (event) => {
      const { request } = event.Records[0].cf;
      request.headers.host = [{ value: "www.example.com" }];
      return request;
    };
    \`\`\`

    ## Passes

    \`\`\`js title="origin-request"
    exports.handler = async (event) => {
      const { request } = event.Records[0].cf;
      request.headers.host = [{ value: "www.example.com" }];
      return request;
    };
    \`\`\`

    ## Remedy

    Leave the header as it came in the event. Set \`Host\` at origin-request, where it is writable.

    ## Source

    - [Restrictions on all edge functions](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html)

    The fact behind it, LE-C-04 (documented): viewer-request read-only: CDN-Loop (new), Content-Length, Host, Transfer-Encoding, Via."
  `);
});

it("an id is found in any case, and one that is none with the one that was meant", () => {
  expect(explainRule("le-c-04").id).toBe("LE-C-04");
  expect(() => explainRule("LE-C-4")).toThrow(
    'There is no such rule: got "LE-C-4". Did you mean LE-C-04?',
  );
  expect(() => explainRule("LE-A-11")).toThrow(
    'No rule stands for this fact: got "LE-A-11". viewer-response does not run when viewer-request generated the response. (documented)',
  );
  expect(() => explainRule("headers")).toThrow(
    'There is no such rule: got "headers". `edge-check explain` lists all rules.',
  );
});
