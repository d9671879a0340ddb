import { describe, expect, it } from "vitest";
import { loadTemplate, refusalsOf, type Json } from "../../test/samples/template.ts";
import {} from "../../test/samples/load-with-origin.ts";

describe("origin groups", () => {
  const group = (changes: Json = {}): Json => ({
    Quantity: 1,
    Items: [
      {
        Id: "group",
        FailoverCriteria: { StatusCodes: { Quantity: 2, Items: [500, 503] } },
        Members: { Quantity: 2, Items: [{ OriginId: "site" }, { OriginId: "site" }] },
        ...changes,
      },
    ],
  });

  it("may be the target of a cache behavior", () => {
    const { distribution } = loadTemplate({
      config: { OriginGroups: group() },
      behavior: { TargetOriginId: "group" },
    });
    expect([...distribution.originGroups.values()]).toEqual([
      {
        id: "group",
        primaryOriginId: "site",
        secondaryOriginId: "site",
        failoverStatuses: [500, 503],
      },
    ]);
    expect(distribution.cacheBehaviors[0]?.targetOriginId).toBe("group");
  });

  it("are refused where their members are not two origins", () => {
    const members = (...ids: readonly string[]): Json => ({
      Members: { Quantity: ids.length, Items: ids.map((OriginId) => ({ OriginId })) },
    });
    expect(
      refusalsOf<Json>(
        {
          "one member": members("site"),
          "three members": members("site", "site", "site"),
          "an unknown member": members("site", "other"),
          "the id of an origin": { Id: "site" },
        },
        (changes) => loadTemplate({ config: { OriginGroups: group(changes) } }),
      ),
    ).toMatchInlineSnapshot(`
      {
        "an unknown member": "Distribution.DistributionConfig.OriginGroups.Items[0].Members.Items[1].OriginId is the id of no origin: got "other". Known are "site".",
        "one member": "Distribution.DistributionConfig.OriginGroups.Items[0].Members.Items must be two origins: got [{"OriginId":"site"}]. Name a primary and a secondary origin.",
        "the id of an origin": "Distribution.DistributionConfig.OriginGroups.Items[0].Id is also the id of an origin: got "site". Give the group an id of its own.",
        "three members": "Distribution.DistributionConfig.OriginGroups.Items[0].Members.Items must be two origins: got [{"OriginId":"site"},{"OriginId":"site"},{"OriginId":"site"}]. Name a primary and a secondary origin.",
      }
    `);
  });
});
