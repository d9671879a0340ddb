import { type TestFunctions, deployFunctions, refusedFunction } from "aws-test-double";
import { describe, expect, it } from "vitest";

describe("the test double refuses a CloudFront Function as CloudFront does", () => {
  const properties = {
    Name: "notes-a",
    AutoPublish: true,
    FunctionCode: "function handler(event) { return event.request; }",
    FunctionConfig: { Comment: "", Runtime: "cloudfront-js-2.0" },
  };
  const made = {
    templateCode: "",
    code: "",
    liveCode: "",
    comment: "",
    runtime: "cloudfront-js-2.0",
    storeArns: [],
    version: 1,
  };
  const reasonOf = (changes: object, functions: TestFunctions = new Map()) => {
    const A = { Type: "AWS::CloudFront::Function", Properties: { ...properties, ...changes } };
    return refusedFunction("notes", { Resources: { A } }, functions)?.reason;
  };

  it("takes one that is in order, and its own again", () => {
    const own = { ...made, stackName: "notes" };
    expect(reasonOf({})).toBeUndefined();
    expect(reasonOf({}, new Map([["notes-a", own]]))).toBeUndefined();
    expect(reasonOf({ FunctionCode: "é".repeat(5120) })).toBeUndefined();
  });

  it.each([
    [{ Name: "a".repeat(65) }, "#/Name"],
    [{ Name: "a.b" }, "#/Name"],
    [{ AutoPublish: "true" }, "#/AutoPublish"],
    [{ FunctionCode: "é".repeat(5121) }, "less than or equal to 10240"],
    [{ FunctionConfig: { Comment: "", Runtime: "cloudfront-js-3.0" } }, "enum value set"],
    [{ FunctionConfig: { Runtime: "cloudfront-js-2.0" } }, "required key"],
  ])("%j", (changes, reason) => {
    expect(reasonOf(changes)).toContain(reason);
  });

  it("refuses a name that another stack of the account, or another function of this one, has", () => {
    const taken = { ...made, stackName: "other" };
    expect(reasonOf({}, new Map([["notes-a", taken]]))).toContain("already exists");
    const A = { Type: "AWS::CloudFront::Function", Properties: properties };
    expect(refusedFunction("notes", { Resources: { A, B: A } }, new Map())).toMatchObject({
      logicalId: "B",
    });
  });

  it("runs no code that is not published", () => {
    const functions: TestFunctions = new Map();
    const template = (changes: object) => ({
      Resources: {
        A: { Type: "AWS::CloudFront::Function", Properties: { ...properties, ...changes } },
      },
    });
    deployFunctions("notes", template({}), functions);
    deployFunctions("notes", template({ AutoPublish: false, FunctionCode: "new" }), functions);
    expect(functions.get("notes-a")).toMatchObject({
      code: "new",
      liveCode: properties.FunctionCode,
    });
  });
});
